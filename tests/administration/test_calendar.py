"""Next year's days off: checked, looked at, published into the home, and taken up by what runs already."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.administration.cast import NOW, bai_xue, changes, ma_lin
from tests.desk.at_work import Desk
from tests.support.city_database import City
from xinqiao.administration.actions import calendars
from xinqiao.intake.actions import receive
from xinqiao.intake.values import ContactInput
from xinqiao.law.calendar import read_notice
from xinqiao.matters import clockwork
from xinqiao.matters.jobs import recompute_open
from xinqiao.rules.refusals import Refused

#: Received on 2 March 2026: to be registered and referred by 17 March, a Tuesday.
DUE = date(2026, 3, 17)
YEAR = timezone.localdate().year


def text(year: int = 2026, off: tuple[date, ...] = (DUE,), work: tuple[date, ...] = ()) -> str:
    return calendars.written(year, "示例通知", off, work)


def publish(city: City, notice: str, seen: str | None = None, year: int = 2026) -> None:
    now_seen = calendars.seen() if seen is None else seen
    calendars.publish(notice, year, seen_files=now_seen, by=ma_lin(city), now=NOW)


def letter(city: City) -> None:
    receive(
        ContactInput(unit="city-petition", channel="letter", received_at=NOW, subject="电梯", body="坏了"),
        by=city.person("wangmin"), now=NOW,
    )  # fmt: skip


def test_a_notice_is_foreseen_published_and_taken_up(city: City, home: Path) -> None:
    letter(city)
    assert clockwork.calendar().is_working_day(DUE)
    draft = calendars.draft(text(), 2026, by=ma_lin(city), now=NOW)
    assert DUE in draft.added
    assert (draft.foreseen.open, draft.foreseen.moved) == (1, 1)
    assert clockwork.calendar().is_working_day(DUE), "a draft changes nothing"
    publish(city, text())
    assert clockwork.calendar().is_day_off(DUE)
    assert recompute_open(NOW) == draft.foreseen.moved
    assert changes()[0]["what"] == "publish_notice"


def test_a_notice_that_moves_no_date_says_so(city: City, home: Path) -> None:
    letter(city)
    other = clockwork.calendar()
    days = tuple(day for day in other.days_off if day.year == 2026)
    work = tuple(day for day in other.make_up_workdays if day.year == 2026)
    draft = calendars.draft(text(off=days, work=work), 2026, by=ma_lin(city), now=NOW)
    assert (draft.added, draft.removed, draft.foreseen.moved) == ((), (), 0)


def test_the_earlier_notice_is_kept(city: City, home: Path) -> None:
    publish(city, text())
    publish(city, text(off=(date(2026, 3, 18),)))
    (kept,) = (home / "calendar" / "earlier").iterdir()
    assert read_notice(kept).days_off == {DUE}
    assert clockwork.calendar().is_working_day(DUE)
    assert changes()[0]["before"] == changes()[1]["after"]


def test_two_administrators_at_once_the_second_is_told(city: City, home: Path) -> None:
    seen = calendars.seen()
    publish(city, text())
    with pytest.raises(Refused) as refused:
        publish(city, text(off=(date(2026, 3, 18),)), seen)
    assert refused.value.refusal.code == "changed_meanwhile"
    assert clockwork.calendar().is_day_off(DUE)


@pytest.mark.parametrize(
    ("notice", "year", "code"),
    [
        (text(off=()), 2026, "rules_unusable"),
        (text(off=(date(2027, 1, 1),)), 2026, "rules_unusable"),
        (text(work=(DUE,)), 2026, "rules_unusable"),
        (text(work=(date(2026, 3, 18),)), 2026, "rules_unusable"),
        ("year = ", 2026, "rules_unusable"),
        (text(2030, (date(2030, 1, 1),)), 2030, "year_too_far"),
    ],
    ids=["nothing off", "another year", "off and worked", "worked on a Wednesday", "no TOML", "too far"],
)  # fmt: skip
def test_a_notice_that_cannot_be_used_changes_nothing(
    city: City, home: Path, notice: str, year: int, code: str
) -> None:
    with pytest.raises(Refused) as refused:
        publish(city, notice, year=year)
    assert refused.value.refusal.code == code
    assert not (home / "calendar").exists()
    assert changes() == []


def test_only_the_top_office_publishes(city: City, home: Path) -> None:
    for by in (bai_xue(city), city.person("zhaogang")):
        with pytest.raises(Refused) as refused:
            calendars.publish(text(), 2026, seen_files="", by=by, now=NOW)
        assert refused.value.refusal.code == "settings_of_the_top"


def test_a_folder_that_cannot_be_written_is_said(city: City, home: Path) -> None:
    (home / "calendar").write_text("a file where the folder should be")
    with pytest.raises(Refused) as refused:
        publish(city, text(), "")
    assert refused.value.refusal.code == "rules_not_written"
    assert changes() == []


# -- by the pages ----------------------------------------------------------------------------------------------------


def sends(client: Client, **given: Any) -> Any:
    form = {
        "year": "2026",
        "source": "示例通知",
        "days_off": "2026-03-16 至 2026-03-17",
        "make_up": "",
        "seen": "",
    }
    return client.post(reverse("desk:admin-notice"), form | given)


def test_the_page_asks_twice_and_then_publishes(desk: Desk, home: Path) -> None:
    client = desk.log_in("malin")
    asked = sends(client).content.decode()
    assert "放假2天" in asked and "没有正在办理的事项因此改变期限" in asked
    assert not (home / "calendar").exists()
    assert sends(client, sure="yes").status_code == 302
    assert clockwork.calendar().is_day_off(DUE)
    shown = client.get(reverse("desk:admin-year", args=[2026])).content.decode()
    assert "示例通知" in shown and "xq-day-holiday" in shown


def test_a_notice_that_was_entered_is_corrected_by_the_page(desk: Desk, home: Path) -> None:
    client = desk.log_in("malin")
    sends(client, sure="yes")
    form = client.get(reverse("desk:admin-notice")).context["form"]
    given = {"days_off": "2026-03-18", "seen": form["seen"].value(), "sure": "yes"}
    assert sends(client, **given).status_code == 302
    assert clockwork.calendar().is_working_day(DUE)
    late = sends(client, **given)
    assert late.status_code == 409 and "已被他人修改" in late.content.decode()


@pytest.mark.parametrize(
    "days", ["2026-13-01", "昨天", "2026-03-17 ~ 2026-03-01", "2026-01-01 ~ 2026-12-31", ""]
)
def test_days_that_are_none_are_named_and_what_was_typed_stays(
    desk: Desk, home: Path, days: str
) -> None:
    answer = sends(desk.log_in("malin"), days_off=days)
    assert answer.status_code == 422
    assert "示例通知" in answer.content.decode()


@pytest.mark.parametrize(
    "days", ["2026年3月17日", "2026/3/17，2026.3.18", "2026-03-17\n2026-03-18~2026-03-20"]
)
def test_days_are_read_as_people_paste_them(desk: Desk, home: Path, days: str) -> None:
    sends(desk.log_in("malin"), days_off=days, sure="yes")
    assert clockwork.calendar().is_day_off(DUE)


def test_a_file_fills_in_the_form_and_publishes_nothing(desk: Desk, home: Path) -> None:
    client, address = desk.log_in("malin"), reverse("desk:admin-notice")
    good = SimpleUploadedFile("2026.toml", text().encode())
    assert "2026-03-17" in client.post(address, {"file": good}).content.decode()
    bad = client.post(address, {"file": SimpleUploadedFile("x.toml", b"\xff\xfe")})
    assert bad.status_code == 422 and "TOML" in bad.content.decode()
    assert not (home / "calendar").exists()


def test_years_that_are_not_kept(desk: Desk) -> None:
    client = desk.log_in("malin")
    for year, status in ((2004, 404), (2005, 200), (YEAR, 200), (YEAR + 1, 200), (9999, 404)):
        assert client.get(reverse("desk:admin-year", args=[year])).status_code == status, year
