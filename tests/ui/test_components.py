"""What the components put on the page, and how a screen reader gets it."""

import re
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.paginator import Paginator
from django.template import Context, Template, TemplateSyntaxError
from django.test import RequestFactory
from django.utils import translation

import xinqiao
from xinqiao.ui.templatetags.ui import icon_names

PACKAGE = Path(xinqiao.__file__).parent


@pytest.fixture(autouse=True)
def _english() -> Any:
    with translation.override("en"):
        yield


def drawn(source: str, **facts: Any) -> str:
    facts.setdefault("request", RequestFactory().get("/desk/work/?unit=housing&page=2"))
    return Template("{% load ui %}" + source).render(Context(facts))


def test_a_refused_action_stays_reachable_and_says_why() -> None:
    html = drawn('{% action "Object" refusal="The window has closed." article="23" %}')
    why = re.search(r'aria-describedby="(why-\d+)"', html)
    assert why and f'id="{why[1]}"' in html
    assert 'aria-disabled="true"' in html and " disabled" not in html  # stays in the tab order
    assert "The window has closed." in html and "(Article 23)" in html


def test_two_refusals_on_one_page_have_ids_of_their_own() -> None:
    html = drawn('{% action "A" refusal="x" %}{% action "B" refusal="y" %}')
    ids = re.findall(r'id="(why-\d+)"', html)
    assert len(set(ids)) == 2


def test_an_action_that_changes_something_is_a_form_with_its_token() -> None:
    html = drawn(
        '{% action "Accept" "/m/1/accept" method="post" name="procedure" value="simple" %}',
        csrf_token="tok",
    )
    assert '<form class="xq-action" method="post" action="/m/1/accept">' in html
    assert 'value="tok"' in html and 'name="procedure" value="simple"' in html


def test_words_of_people_are_escaped_everywhere() -> None:
    bad = "<script>alert(1)</script>"
    html = drawn(
        "{% page_header bad lead=bad %}{% endpage_header %}{% note 'info' bad %}{{ bad }}{% endnote %}"
        "{% fact bad %}{{ bad }}{% endfact %}{% empty bad %}{{ bad }}{% endempty %}"
        "{% timeline_entry bad by=bad %}{{ bad }}{% endtimeline_entry %}{% copy_code bad bad %}"
        "{% action bad bad refusal=bad %}{% nav_item bad bad %}{% qr bad bad %}"
        "{% confirm bad url=bad label=bad cancel=bad %}{{ bad }}{% endconfirm %}",
        bad=bad,
    )
    assert "<script" not in html
    assert "&lt;script&gt;" in html and "&amp;lt;" not in html  # and escaped once only


def test_a_time_is_short_to_read_and_full_on_hover() -> None:
    html = drawn("{% when at %}", at=datetime(2026, 2, 10, 2, 0, 5, tzinfo=UTC))
    assert ">2026-02-10 10:00<" in html
    assert 'title="Tuesday 10 February 2026, 10:00:05 Beijing time"' in html
    assert 'datetime="2026-02-10T10:00:05+08:00"' in html
    with translation.override("zh-hans"):
        assert "2026年2月10日 星期二" in drawn("{% when day %}", day=date(2026, 2, 10))


def test_a_clock_badge_names_its_last_day_for_those_who_do_not_hover() -> None:
    html = drawn(
        "{% due_badge due now=now %}", due=date(2026, 2, 13), now=datetime(2026, 2, 10, tzinfo=UTC)
    )
    assert "xq-clock-amber" in html and "3 days left" in html
    assert '<span class="visually-hidden"> · due Friday 13 February 2026</span>' in html
    assert drawn("{% due_badge due %}", due=None).strip() == ""


def test_the_stepper_marks_the_page_one_is_on() -> None:
    html = drawn("{% stepper steps 2 %}", steps=["What", "Where", "Who"])
    assert "Step 2 of 3: Where" in html
    assert html.count('aria-current="step"') == 1


def test_pages_keep_the_filters() -> None:
    html = drawn("{% pagination page %}", page=Paginator(range(100), 10).get_page(2))
    assert 'href="?unit=housing&amp;page=3"' in html
    assert re.search(r'aria-current="page"[^>]*href="\?unit=housing&amp;page=2"', html)
    assert drawn("{% pagination page %}", page=Paginator(range(3), 10).get_page(1)).strip() == ""


def test_navigation_marks_where_one_is() -> None:
    assert 'aria-current="page"' in drawn('{% nav_item "Work" "/desk/work/" %}')
    assert 'aria-current="true"' in drawn('{% nav_item "Desk" "/desk/" %}')
    assert "aria-current" not in drawn('{% nav_item "Home" "/" %}')


def test_a_qr_code_is_drawn_without_inline_style() -> None:
    html = drawn('{% qr "https://petitions.example/q/1" "Look up" %}')
    assert 'role="img" aria-label="Look up"' in html and "<svg" in html and "style=" not in html


def test_an_icon_not_in_the_sprite_is_said_at_once() -> None:
    with pytest.raises(TemplateSyntaxError, match=r"icons\.txt"):
        drawn('{% icon "unicorn" %}')


def test_every_icon_named_in_a_template_is_in_the_sprite() -> None:
    quoted = r'"[\w-]+"'
    places = [
        rf"{{% icon ({quoted})",
        rf"icon_name=({quoted})",
        rf'{{% empty "[^"]*" ({quoted})',
        rf'{{% nav_item "[^"]*" "[^"]*" ({quoted})',
    ]
    pattern = re.compile("|".join(places))
    named = {
        name.strip('"')
        for path in PACKAGE.rglob("templates/**/*.html")
        for groups in pattern.findall(path.read_text(encoding="utf-8"))
        for name in groups
        if name
    }
    assert len(named) > 20
    assert named <= icon_names()


def test_no_template_has_inline_script_or_style() -> None:
    inline = re.compile(
        r"<script(?![^>]*(?:\bsrc=|type=\"application/json\"))|<style|\sstyle=|\son\w+=\"|javascript:|hx-on|hx-vals=['\"]js:",
        re.IGNORECASE,
    )
    found = {
        str(path.relative_to(PACKAGE)): match[0]
        for path in PACKAGE.rglob("templates/**/*.html")
        if (match := inline.search(path.read_text(encoding="utf-8")))
    }
    assert found == {}
