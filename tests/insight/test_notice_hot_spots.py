"""A hot spot is noticed: several people on several matters; merged at night; warned of once; nobody is kept."""

from datetime import timedelta
from random import Random

import pytest
from django.utils import timezone

from tests.desk.at_work import Desk
from tests.insight.plants import ALERTS, Plant, looks, neighbour, reads
from xinqiao.insight.models import Reading, Spot, Warned
from xinqiao.insight.spots import actions, queries
from xinqiao.insight.spots.precision import precision
from xinqiao.insight.spots.values import Filters, SpotLine
from xinqiao.intake.values import Receipt
from xinqiao.matters import queries as matters
from xinqiao.matters.models import Matter
from xinqiao.people.models import Party
from xinqiao.people.values import PersonInput
from xinqiao.rules.states import Kind

pytestmark = pytest.mark.django_db


def seen_by(desk: Desk, username: str) -> list[SpotLine]:
    return queries.listed(desk.city.person(username), Filters(), timezone.now())


def test_four_neighbours_are_a_hot_spot_with_its_warnings(desk: Desk) -> None:
    plant = Plant.smells(desk)
    row = plant.spot
    assert (row.contacts, row.matters, row.people, row.best, row.tier) == (4, 4, 4, 4, "alert")
    assert row.sure == pytest.approx(0.95)
    assert {(one.tier, one.users, one.people) for one in Warned.objects.all()} == {
        ("watch", 2, 2), ("alert", ALERTS.users, 3),
    }  # fmt: skip
    (line,) = seen_by(desk, "wangmin")
    assert "金鳞湖化工厂" in line.place
    assert (line.people, line.tier, line.rule, line.open) == (
        4,
        "alert",
        (ALERTS.users, int(ALERTS.days)),
        4,
    )
    assert (line.region, line.category) == ("340811101", "housing.property")


def test_one_voice_is_none_however_often(desk: Desk) -> None:
    plant = Plant(desk)
    reads([plant.writes(days, 1) for days in (9, 7, 5, 3)])
    assert looks() == 0
    assert not Spot.objects.exists()


def test_one_voice_is_none_with_a_card_at_the_counter_and_without_one_in_a_letter(
    desk: Desk,
) -> None:
    called = {"name": "张建国", "phone": "13855512345"}
    card = PersonInput(**called, id_number="340811197001011231")
    came = desk.registers(9, petitioners=[card])
    wrote = desk.registers(3, petitioners=[PersonInput(**called)])
    cluster = reads([came, wrote])
    assert looks() == 0
    son = PersonInput(name="张小军", phone="13855512345")
    reads([desk.registers(2, petitioners=[son])], cluster=cluster)
    looks()
    assert Spot.objects.get(stands=True).people == 2, "who shares a telephone is somebody else"


def test_a_letter_that_many_sign_is_one_matter_and_none(desk: Desk) -> None:
    together = [neighbour(number) for number in range(3)]
    reads([desk.registers(5, petitioners=together)])
    looks()
    assert not Spot.objects.exists()


def test_no_warning_comes_of_many_names_below_one_letter(desk: Desk) -> None:
    """Three signed; one more perhaps writes about the same: two matters, and nothing sure enough for a warning."""
    signed = desk.registers(20, petitioners=[neighbour(number) for number in range(3)])
    perhaps = Plant(desk).writes(2, 9)
    reads([perhaps], cluster=reads([signed]), likely=0.3)
    looks()
    row = Spot.objects.get(stands=True)
    assert (row.matters, row.people, row.tier) == (2, 4, "")
    assert not Warned.objects.exists()


def test_many_names_count_once_a_second_letter_bears_them_out(desk: Desk) -> None:
    signed = desk.registers(9, petitioners=[neighbour(number) for number in range(3)])
    second = Plant(desk).writes(2, 9)
    reads([second], cluster=reads([signed]))
    looks()
    row = Spot.objects.get(stands=True)
    assert (row.tier, row.tier_on) == ("alert", row.last_on), (
        "since the second letter, not since the first"
    )


def test_looking_twice_or_late_changes_nothing(desk: Desk) -> None:
    plant = Plant.smells(desk)
    before = Spot.objects.values().get(), list(Warned.objects.values())
    looks()
    after = Spot.objects.values().get(), list(Warned.objects.values())
    for one in (before[0], after[0]):
        one.pop("looked_at")
    assert before == after
    reads([plant.writes(1, 9)], cluster=plant.spot.cluster)
    looks()
    assert (plant.spot.people, Warned.objects.count()) == (5, 2)


def test_two_become_one_at_night_and_nothing_said_is_lost(desk: Desk) -> None:
    plant = Plant.smells(desk)
    reads([plant.writes(days, 20 + number) for number, days in enumerate((8, 6, 3))])
    looks()
    first, second = Spot.objects.order_by("cluster")
    Reading.objects.filter(cluster=second.cluster).update(cluster=first.cluster)
    looks()
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.people, first.stands, second.stands, second.into_id) == (7, True, False, first.pk)
    person, now = desk.city.person("wangmin"), timezone.now()
    old = queries.one(person, second.pk, now)
    assert old is not None
    assert old.id == first.pk, "an old address leads on"
    sheet = queries.sheet(person, first.pk, now)
    assert sheet is not None
    assert len(sheet.warnings) == 4, "what was told of either stays"


def test_an_earlier_letter_that_turns_out_to_belong_to_it_loses_nothing(desk: Desk) -> None:
    """Somebody wrote long before. At night that letter turns out to be about the plant: the spot goes on at once."""
    plant = Plant(desk)
    alone = reads([plant.writes(30, 50)])
    later = reads([plant.writes(days, number) for number, days in enumerate((20, 12, 9, 4))])
    looks()
    spot, wang_min = plant.spot.pk, desk.city.person("wangmin")
    actions.judge(spot, "true", "现场核查属实。", by=wang_min, now=timezone.now())
    Reading.objects.filter(cluster=later).update(cluster=alone)
    looks()
    assert [(one.id, one.people, one.outcome) for one in seen_by(desk, "wangmin")] == [
        (spot, 5, "true")
    ]
    assert Warned.objects.count() == 2, "no warning is given twice"


def test_two_that_an_earlier_letter_makes_one_go_on_as_the_older(desk: Desk) -> None:
    plant = Plant(desk)
    alone = reads([plant.writes(40, 50)])
    for some in (range(3), range(20, 23)):
        reads([plant.writes(30 - number / 2, number) for number in some])
    looks()
    first, second = Spot.objects.order_by("cluster")
    Reading.objects.update(cluster=alone)
    looks()
    assert (plant.spot.pk, plant.spot.people) == (first.pk, 7)
    assert Spot.objects.get(pk=second.pk).into_id == first.pk


def test_what_became_part_of_one_goes_along_with_it(desk: Desk) -> None:
    plant = Plant.smells(desk)
    for some in (range(20, 23), range(40, 43)):
        reads([plant.writes(30 - number / 2, number) for number in some])
    looks()
    first, second, third = Spot.objects.order_by("cluster")
    for lose, keep in ((third, second), (second, first)):
        Reading.objects.filter(cluster=lose.cluster).update(cluster=keep.cluster)
        looks()
    assert set(Spot.objects.filter(into=first).values_list("pk", flat=True)) == {
        second.pk,
        third.pk,
    }
    found = queries.one(desk.city.person("wangmin"), third.pk, timezone.now())
    assert found is not None
    assert (found.id, found.people) == (first.pk, 10)


def test_readings_made_anew_find_their_spot_again(desk: Desk) -> None:
    plant = Plant.smells(desk)
    spot, rows = plant.spot.pk, list(Reading.objects.values())
    Reading.objects.all().delete()
    looks()
    assert not Spot.objects.filter(stands=True).exists()
    for row in rows:
        Reading.objects.create(**row | {"number": row["number"] + 1, "cluster": row["cluster"] + 1})
    looks()
    assert (plant.spot.pk, plant.spot.people, Warned.objects.count()) == (spot, 4, 2)


# -- scope and wall -----------------------------------------------------------------------------------------------


def test_counts_are_over_what_somebody_may_see(desk: Desk) -> None:
    """Two of the five were sent to the housing department: its head sees a spot of two, and nothing of the rest."""
    plant = Plant.smells(desk, (20, 12, 9, 4, 2))
    for receipt in plant.receipts[:2]:
        desk.takes(receipt.matter, "transfer", by="wangmin", days=1, to_unit="city-housing")
    assert [one.people for one in seen_by(desk, "wangmin")] == [5]
    (part,) = seen_by(desk, "chenbo")
    assert (part.people, part.contacts, part.tier, part.whole) == (2, 2, "watch", False)
    sheet = queries.sheet(desk.city.person("chenbo"), part.id, timezone.now())
    assert sheet is not None
    assert len(sheet.matters) == 2
    assert [one.tier for one in sheet.warnings] == ["watch"]


def test_a_spot_of_which_one_matter_is_seen_does_not_exist(desk: Desk) -> None:
    plant = Plant.smells(desk)
    desk.takes(plant.receipts[0].matter, "transfer", by="wangmin", days=1, to_unit="city-housing")
    assert seen_by(desk, "chenbo") == []
    assert queries.one(desk.city.person("chenbo"), plant.spot.pk, timezone.now()) is None


def test_who_neither_heads_nor_coordinates_sees_none(desk: Desk) -> None:
    plant = Plant.smells(desk)
    for receipt in plant.receipts:
        desk.takes(receipt.matter, "transfer", by="wangmin", days=1, to_unit="city-housing")
    assert seen_by(desk, "lina") == [], "an officer has the matters, not the hot spots"
    assert len(seen_by(desk, "chenbo")) == 1
    assert seen_by(desk, "malin") == []
    assert seen_by(desk, "zhoujun") == []


def test_a_report_is_never_among_them(desk: Desk) -> None:
    """One becomes a report after it was read: it is counted no more, before the worker looks and after."""
    plant = Plant.smells(desk)
    Matter.objects.filter(pk=plant.receipts[0].matter).update(kind=Kind.REPORT)
    (line,) = seen_by(desk, "wangmin")
    assert (line.people, line.contacts) == (3, 3)
    looks()
    assert plant.spot.people == 3
    sheet = queries.sheet(desk.city.person("wangmin"), line.id, timezone.now())
    assert sheet is not None
    assert plant.receipts[0].number not in {one.number for one in sheet.matters}


def test_what_became_a_report_is_read_off_no_warning(desk: Desk) -> None:
    """Five wrote within a fortnight, two of them become reports: no warning tells that there were more than three."""
    plant = Plant.smells(desk, (12, 11, 10, 3, 2))
    for receipt in plant.receipts[1:3]:
        Matter.objects.filter(pk=receipt.matter).update(kind=Kind.REPORT)
        Reading.objects.filter(matter=receipt.matter).update(cluster=None)
    looks()
    (line,) = seen_by(desk, "wangmin")
    assert (line.people, line.whole) == (3, True)
    sheet = queries.sheet(desk.city.person("wangmin"), line.id, timezone.now())
    assert sheet is not None
    told = [(one.tier, one.people, one.on) for one in sheet.warnings]
    assert told == [("alert", 3, line.last_on)], "as these three reach it"
    assert line.tier_on == line.last_on


def test_what_rises_now_is_not_crowded_out_by_what_was_hot_years_ago(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two spots are looked through. Three old ones were hotter than the new one, and one of the old was handed over."""
    plant = Plant(desk)
    for spot in range(3):
        reads([plant.writes(700 + number, 10 * spot + number) for number in range(5)])
    reads([plant.writes(days, 90 + days) for days in (9, 6, 3)])
    looks()
    old, *_others, new = Spot.objects.order_by("cluster")
    actions.judge(old.pk, "known", "已在办理。", by=desk.city.person("wangmin"), now=timezone.now())
    monkeypatch.setattr(queries, "MOST", 2)
    wanted = Filters(lately=timezone.localdate() - timedelta(days=30))
    found = queries.listed(desk.city.person("wangmin"), wanted, timezone.now())
    assert {one.id for one in found} == {new.pk, old.pk}


def test_what_is_hot_elsewhere_takes_no_place_of_ones_own(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The housing department has the smaller of two spots; the larger does not exist for it, and hides nothing."""
    plant = Plant.smells(desk)
    own = [plant.writes(days, 60 + days) for days in (6, 3)]
    reads(own)
    for receipt in own:
        desk.takes(receipt.matter, "transfer", by="wangmin", days=1, to_unit="city-housing")
    looks()
    monkeypatch.setattr(queries, "MOST", 1)
    assert [one.contacts for one in seen_by(desk, "wangmin")] == [4]
    assert [one.contacts for one in seen_by(desk, "chenbo")] == [2]


# -- what was said of it --------------------------------------------------------------------------------------------


def test_a_false_alarm_that_was_taken_apart_still_counts_as_one(desk: Desk) -> None:
    """Wang Min finds two different plants and says so; afterwards the matters are told apart, and the spot is gone."""
    plant = Plant.smells(desk)
    wang_min = desk.city.person("wangmin")
    actions.judge(plant.spot.pk, "false", "是两家不同的企业。", by=wang_min, now=timezone.now())
    for one in Reading.objects.all():
        Reading.objects.filter(number=one.number).update(cluster=one.number)
    looks()
    assert not Spot.objects.filter(stands=True).exists()
    assert found_right(desk, "wangmin") == {"alert": (1, 1, 0.0), "watch": (1, 1, 0.0)}
    assert found_right(desk, "dingxia") == {"alert": (0, 0, None), "watch": (0, 0, None)}


def found_right(desk: Desk, username: str) -> dict[str, tuple[int, int, float | None]]:
    now = timezone.now()
    day = timezone.localdate(now)
    rows = precision(desk.city.person(username), day - timedelta(days=90), day, now)
    return {one.tier: (one.given, one.judged, one.share) for one in rows}


def test_what_was_done_about_a_part_is_done_about_the_whole(desk: Desk) -> None:
    """The second spot was judged before it became part of the first: no alert waits for anybody any more."""
    plant, wang_min = Plant.smells(desk), desk.city.person("wangmin")
    reads([plant.writes(days, 20 + number) for number, days in enumerate((8, 6, 3))])
    looks()
    first, second = Spot.objects.order_by("cluster")
    actions.judge(second.pk, "true", "现场核查属实。", by=wang_min, now=timezone.now())
    assert queries.new_alerts(wang_min, timezone.now()) == 1
    Reading.objects.filter(cluster=second.cluster).update(cluster=first.cluster)
    looks()
    assert [one.outcome for one in seen_by(desk, "wangmin")] == ["true"]
    assert queries.new_alerts(wang_min, timezone.now()) == 0


def test_a_later_word_that_one_may_not_read_hides_no_own_one(desk: Desk) -> None:
    plant = Plant.smells(desk, (20, 12, 9, 4, 2))
    for receipt in plant.receipts[2:]:
        desk.takes(receipt.matter, "transfer", by="wangmin", days=1, to_unit="city-housing")
    spot, now = plant.spot.pk, timezone.now()
    assert queries.new_alerts(desk.city.person("chenbo"), now) == 1
    actions.judge(spot, "known", "已在办理。", by=desk.city.person("chenbo"), now=now)
    actions.judge(spot, "true", "五人反映属实。", by=desk.city.person("wangmin"), now=now)
    assert [one.outcome for one in seen_by(desk, "chenbo")] == ["known"]
    assert queries.new_alerts(desk.city.person("chenbo"), now) == 0


LOOKOUTS = (
    "wangmin",
    "zhaogang",
    "dingxia",
    "chenbo",
    "zhoujun",
    "heping",
    "xujing",
    "fengrui",
    "wutao",
)


@pytest.mark.parametrize("seed", range(3))
def test_under_each_role_the_numbers_are_those_of_a_scan(desk: Desk, seed: int) -> None:
    """Letters are sent here and there, one is a report: each sees what counting by hand among their matters gives."""
    dice, plant = Random(seed), Plant(desk)
    spots = [
        [plant.writes(dice.uniform(1, 25), dice.randrange(6)) for _ in range(5)] for _ in range(2)
    ]
    for letters in spots:
        reads(letters)
        for receipt in letters:
            to = dice.choice(["", "city-housing", "city-labour"])
            if to:
                desk.takes(receipt.matter, "transfer", by="wangmin", days=0.5, to_unit=to)
    Matter.objects.filter(pk=spots[0][0].matter).update(kind=Kind.REPORT)
    looks()
    for username in LOOKOUTS:
        person, now = desk.city.person(username), timezone.now()
        own = set(matters.scope(person, now).exclude(kind=Kind.REPORT).values_list("pk", flat=True))
        by_hand = []
        for letters in spots:
            mine = [one for one in letters if one.matter in own]
            phones = {_phone(one) for one in mine}
            if len(mine) > 1 and len(phones) > 1:
                by_hand.append((len(mine), len(phones)))
        shown = [(one.contacts, one.people) for one in seen_by(desk, username)]
        assert sorted(shown) == sorted(by_hand), username


def _phone(receipt: Receipt) -> str:
    (party,) = Party.objects.filter(contact_id=receipt.contact)
    return str(party.petitioner.phone_index)
