"""Signs that were found: who sees them, what was said to them, what they are read from; and nobody's name in any."""

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.db import IntegrityError, models, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.support.city_database import City
from xinqiao.directory import queries as directory
from xinqiao.rules.refusals import Refused
from xinqiao.targets import models as tables
from xinqiao.targets.integrity import actions, jobs, queries
from xinqiao.targets.integrity.gathering import Gathered
from xinqiao.targets.integrity.networks import mark_of
from xinqiao.targets.integrity.queries import Wanted
from xinqiao.targets.integrity.values import Case, Finding, Strength
from xinqiao.targets.models import RatingOrigin, Sign, SignAnswer, SignCase
from xinqiao.targets.values import Place, Scale

if TYPE_CHECKING:
    from tests.desk.at_work import Desk

FIRST, END = date(2025, 11, 1), date(2026, 11, 1)


@pytest.fixture
def desk(city: City) -> "Desk":
    from tests.desk.at_work import Desk  # noqa: PLC0415  settings must load first

    return Desk(city)


def finding(
    unit: str, *cases: Case, sign: str = "reopening", part: str = "again", **more: Any
) -> Finding:
    facts = {
        "n": 40,
        "k": 12,
        "rate": 30.0,
        "peers": 6.0,
        "days": 60,
        "bars": [[6.0, False], [30.0, True]],
    }
    if sign == "bunching":
        facts |= {"by_day": [[0, 9], [-1, 1]], "last": 3, "window": 12, "jump": 4.0}
    return Finding(
        sign=sign, part=part, unit=unit, p=0.0001, q=0.002, facts=facts, cases=cases,
        **{"strength": Strength.LOOK, **more},
    )  # fmt: skip


def keeps(*found: Finding) -> list[int]:
    """Keeps these; gives their numbers."""
    actions.keep(found, FIRST, END, timezone.now())
    return list(Sign.objects.order_by("id").values_list("id", flat=True))


def seen_by(desk: "Desk", name: str, **wanted: Any) -> list[str]:
    found = queries.listed(desk.city.person(name, timezone.now()), Wanted(**wanted), timezone.now())
    return [one.unit for one in found]


# -- who sees what -----------------------------------------------------------------------------------------------------


def test_a_unit_sees_its_own_signs_and_the_offices_above_see_theirs(desk: "Desk") -> None:
    keeps(finding("city-housing"), finding("county-housing", sign="refused", part="rate"))
    assert seen_by(desk, "lina") == ["city-housing"]
    assert seen_by(desk, "heping") == ["county-housing"]
    assert set(seen_by(desk, "wangmin")) == {"city-housing", "county-housing"}
    assert seen_by(desk, "dingxia") == ["county-housing"]
    assert seen_by(desk, "sunli") == seen_by(desk, "malin") == []


def test_a_list_is_narrowed(desk: "Desk") -> None:
    keeps(
        finding("city-housing", strength=Strength.STRONG),
        finding("county-housing", sign="refused", part="rate"),
    )
    assert seen_by(desk, "wangmin", strong=True) == ["city-housing"]
    assert seen_by(desk, "wangmin", sign="refused") == ["county-housing"]
    assert seen_by(desk, "wangmin", unit="city-labour") == []
    assert seen_by(desk, "wangmin", past=True) == []


def test_cases_are_those_of_the_viewers_scope(desk: "Desk") -> None:
    """County housing has a sign that rests on a matter of city housing, too: it sees its own case alone."""
    own = desk.registers(by="dingxia", unit="county-petition").matter
    desk.takes(own, "transfer", by="dingxia", to_unit="county-housing")
    others = desk.refers(to="city-housing").matter
    sign = keeps(finding("county-housing", Case(own, 2), Case(others, 2)))[0]

    def cases(name: str) -> set[int]:
        return {
            one.id
            for one in queries.cases(desk.city.person(name, timezone.now()), sign, timezone.now())
        }

    assert cases("heping") == {own}
    assert cases("wangmin") == {own, others}


def test_a_reported_unit_never_meets_a_case(desk: "Desk") -> None:
    """A case that became a report on city housing since: nobody sees the sign until it is made anew."""
    report = desk.reports(reported_units=["city-housing"]).matter
    claim = desk.refers(to="city-housing").matter
    sign = keeps(finding("city-housing", Case(claim, 2), Case(report, 1)))[0]
    now = timezone.now()
    for name in ("lina", "chenbo", "wangmin", "zhaogang", "wutao"):
        person = desk.city.person(name, now)
        assert queries.one(person, sign, now) is None
        assert queries.listed(person, Wanted(), now) == []
        assert (
            queries.beside(
                "settled_rate", Place(scale=Scale.UNIT, code="city-housing"), person, now
            )
            == []
        )
        assert desk.log_in(name).get(f"/desk/targets/signs/{sign}/").status_code == 404
    keeps(finding("city-housing", Case(claim, 2)))
    assert seen_by(desk, "lina") == ["city-housing"]


def test_signs_stand_beside_the_indicators_of_their_place(desk: "Desk") -> None:
    keeps(finding("city-housing"), finding("county-housing"))
    now = timezone.now()

    def beside(name: str, indicator: str, scale: Scale, code: str) -> set[str]:
        place, person = Place(scale=scale, code=code), desk.city.person(name, now)
        return {one.unit for one in queries.beside(indicator, place, person, now)}

    assert beside("wangmin", "settled_rate", Scale.REGION, "340800") == {
        "city-housing",
        "county-housing",
    }
    assert beside("wangmin", "settled_rate", Scale.REGION, "340811") == {"county-housing"}
    assert beside("wangmin", "settled_rate", Scale.UNIT, "city-housing") == {"city-housing"}
    assert beside("wangmin", "satisfaction", Scale.REGION, "340800") == set()
    assert beside("lina", "settled_rate", Scale.REGION, "340800") == {"city-housing"}


# -- what is kept ------------------------------------------------------------------------------------------------------


def test_the_same_again_changes_nothing_and_what_is_gone_stands_no_longer(desk: "Desk") -> None:
    matter = desk.refers().matter
    again = finding("city-housing", Case(matter, 2))
    first, second = keeps(again, finding("county-housing")), keeps(again)
    assert first == second
    assert SignCase.objects.count() == 1
    assert seen_by(desk, "wangmin") == ["city-housing"]
    assert seen_by(desk, "wangmin", past=True) == ["county-housing"]
    keeps(again, finding("county-housing"))
    assert len(seen_by(desk, "wangmin")) == 2


def test_an_answer_is_added_and_never_changed(desk: "Desk") -> None:
    sign = keeps(finding("city-housing"))[0]
    now, head = timezone.now(), desk.city.person("chenbo", timezone.now())
    actions.answer(sign, "explained", "三件都是补充了新的事实。", by=head, now=now)
    office = desk.city.person("wangmin", now)
    actions.answer(sign, "confirmed", "抽查五件，两件没有解决就办结。", by=office, now=now)
    assert [(one.unit, one.outcome) for one in queries.answers(sign)] == [
        ("city-housing", "explained"), ("city-petition", "confirmed"),
    ]  # fmt: skip
    line = queries.one(head, sign, now)
    assert line is not None and line.outcome == "confirmed"
    assert seen_by(desk, "wangmin", unanswered=True) == []
    for change in (
        lambda: SignAnswer.objects.update(words=""),
        lambda: SignAnswer.objects.all().delete(),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()


@pytest.mark.parametrize(
    ("name", "outcome", "words", "code"),
    [
        ("chenbo", "explained", "  \n", "field_missing"),
        ("chenbo", "false", "不是这样。", "field_wrong"),
        ("sunli", "explained", "与我无关。", "not_found"),
        ("malin", "explained", "管理员。", "not_found"),
    ],
)
def test_an_answer_that_cannot_be(
    desk: "Desk", name: str, outcome: str, words: str, code: str
) -> None:
    sign = keeps(finding("city-housing"))[0]
    person = desk.city.person(name, timezone.now())
    with pytest.raises(Refused) as refused:
        actions.answer(sign, outcome, words, by=person, now=timezone.now())
    assert refused.value.refusal.code == code
    assert not SignAnswer.objects.exists()


# -- pages -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_pages_say_what_was_found_and_what_else_explains_it(
    desk: "Desk", language: str
) -> None:
    matter = desk.refers(to="city-housing")
    sign, other = keeps(
        finding("city-housing", Case(matter.matter, 2)),
        finding("city-housing", sign="bunching", part="limit"),
    )
    client = desk.log_in("lina")
    listed = client.get(
        reverse("desk:signs"), headers={"accept-language": language}
    ).content.decode()
    assert listed.count("data-row") == 2
    shown = client.get(reverse("desk:sign", args=[sign])).content.decode()
    assert matter.number in shown and "<svg" in shown and "30.0" in shown
    assert "<svg" in client.get(reverse("desk:sign", args=[other])).content.decode()


def test_an_answer_from_the_page(desk: "Desk") -> None:
    sign = keeps(finding("city-housing"))[0]
    client, address = desk.log_in("chenbo"), reverse("desk:sign", args=[sign])
    empty = client.post(address, {"outcome": "explained", "words": ""})
    assert empty.status_code == 422
    done = client.post(address, {"outcome": "corrected", "words": "已重新办理三件。"}, follow=True)
    assert "已重新办理三件。" in done.content.decode()


def test_lists_and_cases_leave_as_files(desk: "Desk") -> None:
    sign = keeps(finding("city-housing", Case(desk.refers().matter, 2)))[0]
    client = desk.log_in("lina")
    for address in (reverse("desk:signs"), reverse("desk:sign", args=[sign])):
        answer = client.get(f"{address}?as=xlsx")
        assert answer.status_code == 200
        assert b"".join(answer).startswith(b"PK")  # type: ignore[arg-type]


def test_others_find_nothing(desk: "Desk") -> None:
    sign = keeps(finding("city-housing"))[0]
    assert desk.log_in("sunli").get(reverse("desk:sign", args=[sign])).status_code == 404
    assert desk.log_in("malin").get(reverse("desk:signs")).status_code == 403
    assert Client().get(reverse("desk:signs")).status_code == 302


# -- what it is read from ----------------------------------------------------------------------------------------------


def gathered() -> Gathered:
    today = timezone.localdate()
    return Gathered(
        first=today - timedelta(days=200), end=today + timedelta(days=1), units=directory.units()
    )


def test_what_the_signs_look_at_is_read_from_the_ledgers_without_reports(desk: "Desk") -> None:
    receipt = desk.refers(9, to="city-housing")
    desk.takes(
        receipt.matter,
        "decline",
        by="lina",
        decline_reason="not_within_petition_work",
        reason="属于法院职权。",
    )
    report = desk.reports(reported_units=["city-labour"]).matter
    read = gathered()
    (one,) = read.decided()
    assert (one.unit, one.refused, one.overturned, one.case.matter) == (
        "city-housing", True, False, receipt.matter,
    )  # fmt: skip
    arrived = {one.case.matter for one in read.arrived()}
    assert receipt.matter in arrived and report not in arrived


def test_a_letter_has_the_date_of_its_postmark(desk: "Desk") -> None:
    posted = timezone.localdate() - timedelta(days=30)
    desk.receives(2, channel="letter", postmark_on=posted)
    (one,) = [one for one in gathered().arrived() if one.channel == "letter"]
    assert one.own_date == posted and one.unit == "city-petition"
    assert (one.registered - one.own_date).days >= 28


def test_a_job_on_a_small_place_finds_nothing_and_may_run_twice(desk: "Desk") -> None:
    desk.accepts(30)
    assert jobs.look(timezone.now()) == jobs.look(timezone.now()) == 0
    assert jobs.months(date(2026, 3, 15)) == (date(2025, 3, 1), date(2026, 3, 1))


# -- from where ratings come -------------------------------------------------------------------------------------------


def test_a_mark_tells_the_same_network_within_a_year_and_holds_no_address() -> None:
    now = timezone.now()
    assert (
        mark_of("203.0.113.7", now) == mark_of("203.0.113.200", now) != mark_of("203.0.114.7", now)
    )
    assert mark_of("2001:db8:1:2::5", now) == mark_of("2001:db8:1:9::7", now) != ""
    assert mark_of("203.0.113.7", now) != mark_of("203.0.113.7", now + timedelta(days=366))
    assert mark_of("0.0.0.0", now) == mark_of("nonsense", now) == mark_of("", now) == ""
    assert "203" not in mark_of("203.0.113.7", now) or len(mark_of("203.0.113.7", now)) == 16


def test_origins_are_forgotten(desk: "Desk") -> None:
    matter, now = desk.refers().matter, timezone.now()
    RatingOrigin.objects.create(
        matter_id=matter, seq=3, network="a" * 16, at=now - timedelta(days=401)
    )
    RatingOrigin.objects.create(
        matter_id=matter, seq=4, network="a" * 16, at=now - timedelta(days=399)
    )
    assert actions.forget_origins(now) == 1
    assert RatingOrigin.objects.get().seq == 4


# -- nobody's name -----------------------------------------------------------------------------------------------------


def test_no_column_names_or_scores_a_person() -> None:
    """The one account is that of the member of staff who answered."""
    persons = {
        "petitioner",
        "person",
        "name",
        "phone",
        "address",
        "account",
        "id_number",
        "score",
        "label",
        "party",
    }
    found = {
        f"{table.__name__}.{field.name}"
        for table in (Sign, SignCase, SignAnswer, RatingOrigin)
        for field in table._meta.get_fields()
        if isinstance(field, models.Field) and set(field.name.split("_")) & persons
    }
    assert found == {"SignAnswer.account"}
    related = {
        field.related_model._meta.label
        for table in (Sign, SignCase, SignAnswer, RatingOrigin)
        for field in table._meta.get_fields()
        if isinstance(field, models.ForeignKey)
    }
    assert related == {"matters.Matter", "targets.Sign"}
    assert {"Sign", "SignCase", "SignAnswer", "RatingOrigin"} <= set(tables.__all__)
