"""Local provisions: stricter ones count from their day on, a looser one is refused with the article."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.administration.cast import NOW, TODAY, bai_xue, changes, ma_lin
from tests.desk.at_work import Desk
from tests.support.city_database import City
from xinqiao.administration.actions import provisions
from xinqiao.administration.actions.provisions import Provision
from xinqiao.intake.actions import receive
from xinqiao.intake.values import ContactInput
from xinqiao.law.limits import Owner, Unit
from xinqiao.matters import clockwork
from xinqiao.matters.jobs import recompute_open
from xinqiao.rules.refusals import Refused

LATER = TODAY + timedelta(days=30)


def provision(starts: date = TODAY, **amounts: int) -> Provision:
    return Provision(
        title_zh="示例市信访工作“实施”细则", title_en='Example City "rules"', starts=starts, article="3",
        amounts=amounts or {"register_and_refer": 8},
    )  # fmt: skip


def publish(city: City, what: Provision, seen: str | None = None) -> str:
    now_seen = provisions.seen() if seen is None else seen
    return provisions.publish(what, seen_files=now_seen, by=ma_lin(city), now=NOW)


def days(name: str, day: date) -> int:
    return clockwork.law_on(day).edition(day).limits[name].figure


def test_a_stricter_limit_counts_from_its_day_on(city: City, home: Path) -> None:
    publish(city, provision(LATER))
    assert days("register_and_refer", LATER - timedelta(days=1)) == 15
    assert days("register_and_refer", LATER) == 8
    assert changes()[0]["after"] == "register_and_refer 8"


def test_it_is_foreseen_which_open_matters_move(city: City, home: Path) -> None:
    letter = ContactInput(
        unit="city-petition", channel="letter", received_at=NOW, subject="电梯", body="坏了"
    )
    receive(letter, by=city.person("wangmin"), now=NOW)
    draft = provisions.draft(provision(), by=ma_lin(city), now=NOW)
    assert [(before.figure, after.figure) for before, after in draft.changes] == [(15, 8)]
    later = provisions.draft(provision(LATER), by=ma_lin(city), now=NOW)
    assert (draft.foreseen.moved, later.foreseen.moved) == (1, 0)
    publish(city, provision())
    assert recompute_open(NOW) == 1


@pytest.mark.parametrize("name", ["handle", "object", "urgent_report", "simple_handle"])
def test_a_looser_limit_of_an_office_is_refused_with_its_article(
    city: City, home: Path, name: str
) -> None:
    limit = clockwork.law_on(TODAY).edition(TODAY).limits[name]
    with pytest.raises(Refused) as refused:
        publish(city, provision(**{name: limit.figure + 1}))
    refusal = refused.value.refusal
    assert (refusal.code, refusal.article) == ("local_duty_longer", limit.article)
    assert not (home / "provisions").exists()


def test_a_petitioners_window_only_grows(city: City, home: Path) -> None:
    with pytest.raises(Refused) as refused:
        publish(city, provision(request_review=29))
    assert (refused.value.refusal.code, refused.value.refusal.article) == (
        "local_window_shorter",
        "35",
    )
    publish(city, provision(request_review=45))
    assert days("request_review", TODAY) == 45


def test_every_limit_takes_what_is_no_looser_and_nothing_else(city: City, home: Path) -> None:
    """One step to either side of each figure of the regulation: only the side that the law leaves open."""
    for limit in clockwork.law_on(TODAY).edition(TODAY).limits.values():
        if limit.unit is Unit.SET:
            continue
        loose, strict = (-1, 1) if limit.owner is Owner.PETITIONER else (1, -1)
        provisions.draft(provision(**{limit.id: limit.figure + strict}), by=ma_lin(city), now=NOW)
        with pytest.raises(Refused):
            provisions.draft(
                provision(**{limit.id: limit.figure + loose}), by=ma_lin(city), now=NOW
            )


def test_the_next_provision_goes_on_from_the_last(city: City, home: Path) -> None:
    assert publish(city, provision(register_and_refer=8)) != publish(
        city, provision(LATER, register_and_refer=5)
    )
    assert (days("register_and_refer", TODAY), days("register_and_refer", LATER)) == (8, 5)
    with pytest.raises(Refused) as refused:
        publish(city, provision(LATER, register_and_refer=9))
    assert refused.value.refusal.code == "local_duty_longer"
    assert clockwork.faults() == []


def test_the_past_stays_as_it_was(city: City, home: Path) -> None:
    with pytest.raises(Refused) as refused:
        publish(city, provision(TODAY - timedelta(days=1)))
    assert refused.value.refusal.code == "provision_in_the_past"


def test_two_administrators_at_once_the_second_is_told(city: City, home: Path) -> None:
    seen = provisions.seen()
    publish(city, provision())
    with pytest.raises(Refused) as refused:
        publish(city, provision(handle=50), seen)
    assert refused.value.refusal.code == "changed_meanwhile"


def test_only_the_top_office_publishes(city: City, home: Path) -> None:
    for by in (bai_xue(city), city.person("zhaogang")):
        with pytest.raises(Refused) as refused:
            provisions.publish(provision(), seen_files="", by=by, now=NOW)
        assert refused.value.refusal.code == "settings_of_the_top"


# -- by the pages ----------------------------------------------------------------------------------------------------


def test_the_page_lists_every_limit_with_its_article(desk: Desk, home: Path) -> None:
    client, address = desk.log_in("malin"), reverse("desk:admin-provisions")
    html = client.get(address).content.decode()
    assert html.count("《信访工作条例》第") >= 12
    old = client.get(address, {"reading": "R2005.2005-05-01"}).content.decode()
    assert "《信访条例》第33条" in old
    english = client.get(address, headers={"accept-language": "en"}).content.decode()
    assert "15 days" in english


def test_the_two_regulations_side_by_side(desk: Desk, home: Path) -> None:
    client = desk.log_in("malin")
    given = {"left": "R2005.2005-05-01", "right": "R2022.2022-05-01"}
    rows = client.get(reverse("desk:admin-compare"), given).context["rows"]
    assert [row["name"] for row in rows if row["differs"]], "the window to object is new"
    same = client.get(reverse("desk:admin-compare"), given | {"left": given["right"]})
    assert not any(row["differs"] for row in same.context["rows"])


def test_the_page_refuses_in_words_and_publishes_after_a_second_look(
    desk: Desk, home: Path
) -> None:
    client, address = desk.log_in("malin"), reverse("desk:admin-local")
    tomorrow = timezone.localdate() + timedelta(days=1)
    form = {
        "title_zh": "示例细则",
        "title_en": "Example rules",
        "article": "3",
        "starts": f"{tomorrow}",
        "seen": "",
    }
    loose = client.post(address, form | {"limit_handle": "61"})
    assert loose.status_code == 409
    assert "机关的期限只能缩短" in loose.content.decode() and "第34条" in loose.content.decode()
    asked = client.post(address, form | {"limit_handle": "45"}).content.decode()
    assert "60日" in asked and "45日" in asked
    assert client.post(address, form | {"limit_handle": "45", "sure": "yes"}).status_code == 302
    assert days("handle", tomorrow) == 45
    shown = client.get(reverse("desk:admin-provisions")).content.decode()
    assert "示例细则" in shown or "含地方规定" in shown
