"""A place words a text itself: in both languages, versioned, as plain text; and the default comes back."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, transaction
from django.template import Context, Template
from django.utils import translation

from xinqiao.audit import queries as audit
from xinqiao.audit.kinds import AuditAction
from xinqiao.rules.refusals import Refused
from xinqiao.texts import actions, queries
from xinqiao.texts.models import TextVersion
from xinqiao.texts.values import MAX_CHARACTERS, TextKey

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
MA_LIN = 7
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nothing_remembered() -> Iterator[None]:
    """Words are remembered for some seconds; the tests roll back."""
    queries.forget()
    yield
    queries.forget()


def words(zh: str = "今天停止接访。", en: str = "No reception today.", seen: int = 0) -> int:
    number = actions.word(
        TextKey.HOME_NOTICE, zh=zh, en=en, seen=seen, by_account=MA_LIN, now=NOW
    )  # fmt: skip
    queries.forget()  # the test's transaction never commits
    return number


def shown(source: str, language: str = "zh-hans") -> str:
    with translation.override(language):
        return Template("{% load texts %}" + source).render(Context())


def test_until_a_place_words_it_the_default_stands_there() -> None:
    assert queries.text("home_notice", "zh-hans") == ""
    assert shown('{% place_text "footer" %}').count("<p>") == 2
    assert "query code" in shown('{% place_text "footer" %}', "en")
    assert "查询码" in shown('{% place_text "footer" %}')


def test_the_words_stand_on_the_page_in_its_language() -> None:
    words()
    assert shown('{% place_text "home_notice" %}') == "<p>今天停止接访。</p>"
    assert shown('{% place_text "home_notice" %}', "en") == "<p>No reception today.</p>"


def test_words_are_plain_text() -> None:
    words(zh="<script>alert(1)</script>\n第二行\n\n第二段", en="x")
    html = shown('{% place_text "home_notice" %}')
    assert "<script>" not in html and "&lt;script&gt;" in html
    assert html.count("<p>") == 2 and html.count("<br>") == 1


def test_each_wording_is_kept_and_the_newest_counts() -> None:
    assert [words(), words(zh="改了。", en="Changed.", seen=1)] == [1, 2]
    assert [one.zh for one in queries.history(TextKey.HOME_NOTICE)] == ["改了。", "今天停止接访。"]
    assert queries.text("home_notice", "en") == "Changed."


def test_empty_words_bring_the_default_back() -> None:
    words()
    words(zh="", en="", seen=1)
    assert queries.text("home_notice", "zh-hans") == ""
    assert queries.newest(TextKey.HOME_NOTICE).number == 2


@pytest.mark.parametrize(
    ("zh", "en", "seen", "code"),
    [
        ("只有中文。", "", 0, "text_one_language"),
        ("", "English alone.", 0, "text_one_language"),
        ("字" * (MAX_CHARACTERS + 1), "x", 0, "place_text_too_long"),
        ("", "", 0, "nothing_changed"),
        ("好。", "Good.", 3, "changed_meanwhile"),
    ],
)
def test_what_is_refused_changes_nothing(zh: str, en: str, seen: int, code: str) -> None:
    with pytest.raises(Refused) as refused:
        words(zh, en, seen)
    assert refused.value.refusal.code == code
    assert queries.history(TextKey.HOME_NOTICE) == []
    assert audit.entries(action=AuditAction.ADMINISTERED) == []


def test_the_audit_names_the_versions_and_not_the_words() -> None:
    words()
    (entry,) = audit.entries(action=AuditAction.ADMINISTERED)
    assert (entry.account_id, entry.object_kind) == (MA_LIN, "text")
    assert entry.detail == {"what": "word_text", "code": "home_notice", "before": 0, "after": 1}


def test_the_database_refuses_to_change_a_wording() -> None:
    words()
    with pytest.raises(DatabaseError), transaction.atomic():
        TextVersion.objects.update(zh="改")
