"""What rises in a field and a place is found, kept, and shown to whom all of it exists for."""

from collections.abc import Iterable
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.desk.at_work import Desk
from tests.insight.plants import reads
from xinqiao.insight.models import Rise
from xinqiao.insight.spots import rises
from xinqiao.insight.spots.surveying import Found, allowed, look_for_rises
from xinqiao.intake.values import Receipt
from xinqiao.matters.models import Matter
from xinqiao.people.values import PersonInput
from xinqiao.rules.states import Kind

pytestmark = pytest.mark.django_db


def writes(desk: Desk, ago: Iterable[float], **fields: str) -> list[Receipt]:
    """So many people write so many days ago, each about something of their own."""
    receipts = []
    for number, days in enumerate(ago):
        who = PersonInput(name="居民", phone=f"13{abs(hash((number, days))) % 10**9:09d}")
        receipts.append(desk.registers(days, petitioners=[who], fields=fields))
        reads(receipts[-1:])
    return receipts


def rising(desk: Desk) -> list[Receipt]:
    """One letter every nine days for half a year, and nine in the last week."""
    writes(desk, range(10, 200, 9))
    return writes(desk, [1 + 0.6 * n for n in range(9)])


def test_a_rise_is_found_kept_and_ends(desk: Desk) -> None:
    rising(desk)
    now = timezone.now()
    assert look_for_rises(now) >= 1
    row = Rise.objects.filter(by="count", stands=True).first()
    assert row is not None
    assert (row.category, row.observed) == ("housing.property", 9)
    assert row.expected < 2
    assert row.q < 0.01
    kept = Rise.objects.count()
    look_for_rises(now)
    assert Rise.objects.count() == kept, "the same again is the same one"
    look_for_rises(now + timedelta(days=20))
    assert not Rise.objects.filter(by="count", stands=True).exists()
    assert Rise.objects.count() == kept, "what was found stays written"


def test_a_quiet_past_gives_nothing(desk: Desk) -> None:
    writes(desk, range(1, 200, 9))
    assert look_for_rises(timezone.now()) == 0


def test_with_too_short_a_past_nothing_is_said(desk: Desk) -> None:
    writes(desk, [1 + 0.6 * n for n in range(9)])
    assert look_for_rises(timezone.now()) == 0


def test_one_who_writes_again_and_again_raises_nothing(desk: Desk) -> None:
    writes(desk, range(10, 200, 9))
    again = desk.registers(6)
    reads([again])
    for days in (5, 4, 3, 2, 1):
        reads([desk.receives(days, matter=again.matter)])
    assert look_for_rises(timezone.now()) == 0


def test_who_does_not_see_all_of_it_sees_no_number(desk: Desk) -> None:
    receipts, now = rising(desk), timezone.now()
    look_for_rises(now)
    for username, there in (
        ("wangmin", True),
        ("dingxia", True),
        ("chenbo", False),
        ("lina", False),
    ):
        found = rises.standing(desk.city.person(username), "", now)
        assert bool([one for one in found if one.by == "count"]) is there, username
    assert rises.standing(desk.city.person("wangmin"), "340825", now) == []
    Matter.objects.filter(pk=receipts[0].matter).update(kind=Kind.REPORT)
    assert rises.standing(desk.city.person("wangmin"), "", now) == [], (
        "a report is behind no number"
    )


def test_many_comparisons_are_allowed_for() -> None:
    one = Found("count", "c", ("r",), timezone.localdate(), timezone.localdate(), 4, 1.0, 0.01, 300)
    (_found, q), *_rest = allowed([one] + [Found(*_fields(one, 0.5))] * 9)
    assert q == pytest.approx(0.1)


def _fields(one: Found, p: float) -> list[object]:
    return [getattr(one, name) if name != "p" else p for name in Found.__dataclass_fields__]


def test_the_page_tells_the_chance_by_itself_and_with_all_others_allowed_for(desk: Desk) -> None:
    rising(desk)
    look_for_rises(timezone.now())
    Rise.objects.filter(by="count").update(p=0.00071, q=0.0227)
    Rise.objects.filter(by="scan").delete()
    page = desk.log_in("wangmin").get("/desk/hotspots/").content.decode()
    assert "p = 0.0007 · q = 0.0227" in page


def test_a_rise_opens_to_the_matters_that_were_counted(desk: Desk) -> None:
    receipts, now = rising(desk), timezone.now()
    writes(desk, [0.001])  # today, after what was counted
    look_for_rises(now)
    row = Rise.objects.filter(by="count", stands=True).first()
    assert row is not None
    address = reverse("desk:rise", args=[row.pk])
    wang_min = desk.log_in("wangmin")
    assert address in wang_min.get("/desk/hotspots/").content.decode()
    page = wang_min.get(address).content.decode()
    assert {one.matter_number in page for one in receipts} == {True}
    assert page.count("data-row") == row.observed == 9
    assert desk.log_in("chenbo").get(address).status_code == 404, (
        "not all of it exists for the department"
    )
    assert desk.log_in("lina").get(address).status_code == 403
    Rise.objects.update(stands=False)
    assert wang_min.get(address).status_code == 404
