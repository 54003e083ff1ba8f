"""Signs of integrity: worked examples to follow by hand, planted fraud, clean years, and what always holds."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xinqiao.rules.integrity import beside, signs
from xinqiao.targets.integrity import (
    bunching,
    perfunctory,
    rating_origin,
    refused,
    registration,
    relabelling,
    reopening,
)
from xinqiao.targets.integrity.peers import judge, tally
from xinqiao.targets.integrity.planting.figures import measure
from xinqiao.targets.integrity.planting.kinds import KINDS
from xinqiao.targets.integrity.values import (
    Above,
    Answer,
    Arrived,
    Case,
    Closed,
    Decided,
    Done,
    Finding,
    Rated,
    Repeated,
    Seen,
    Strength,
)

DUE = date(2026, 3, 31)
#: Ten units of a hundred things each.
UNITS = [f"unit{n}" for n in range(10)]
HUNDRED = range(100)


def only(found: Sequence[Finding]) -> Finding:
    (one,) = found
    return one


def day(n: int) -> date:
    return date(2026, 1, 1) + timedelta(days=n)


def case(unit: str, n: int) -> Case:
    return Case(matter=1000 * UNITS.index(unit) + n, seq=2)


# -- the data of the signs ---------------------------------------------------------------------------------------------


def test_every_sign_says_in_both_languages_what_it_means_and_what_else_explains_it() -> None:
    assert len(signs()) == 7
    facts = {"n": 40, "k": 12, "rate": 30.0, "peers": 6.0, "jump": 3.1}
    for one in signs().values():
        for lang in ("zh", "en"):
            assert one.label(lang) and one.means(lang) and one.otherwise(lang)
            for part in one.parts:
                assert "12" in one.says(part, {**facts, **one.whole_limits}, lang)
        assert one.beside and one.article.isdigit()


def test_every_indicator_with_a_sign_exists() -> None:
    from xinqiao.rules.indicators import indicators  # noqa: PLC0415

    known = set(indicators())
    assert {name for one in signs().values() for name in one.beside} <= known
    assert beside("on_time_answer") == ["bunching", "perfunctory"]


# -- each sign by a worked example -------------------------------------------------------------------------------------


def answers_at(unit: str, days_left: Sequence[int]) -> list[Done]:
    return [
        Done(unit=unit, case=case(unit, n), due=DUE, done=DUE - timedelta(days=left))
        for n, left in enumerate(days_left)
    ]


def even(n: int) -> int:
    """Evenly from eleven days before the limit to twelve after it."""
    return 11 - n % 24


def test_answers_that_pile_up_in_the_last_three_days_are_shown_with_those_days() -> None:
    rows = [one for unit in UNITS[1:] for one in answers_at(unit, [even(n) for n in range(96)])]
    piled = [even(n) if n % 2 else n // 2 % 3 for n in range(96)]
    found = only(bunching.limit(signs()["bunching"], [*rows, *answers_at("unit0", piled)]))
    assert (found.unit, found.sign, found.strength) == ("unit0", "bunching", Strength.STRONG)
    assert found.facts["n"] == 96
    assert len(found.cases) == found.facts["k"] == sum(0 <= left < 3 for left in piled)
    assert dict(found.facts["by_day"])[0] == piled.count(0)
    assert found.facts["jump"] > 2


def test_who_is_quick_without_a_jump_at_the_limit_is_no_sign() -> None:
    rows = [one for unit in UNITS[1:] for one in answers_at(unit, [even(n) for n in range(96)])]
    around = [
        even(n) if n % 2 else (n // 2) % 6 - 3 for n in range(96)
    ]  # three days before and three after
    assert bunching.limit(signs()["bunching"], [*rows, *answers_at("unit0", around)]) == []


def test_the_jump_of_an_even_year_is_nothing_and_that_of_an_empty_side_is_large() -> None:
    flat = bunching.jump([even(n) for n in range(240)], 12)
    assert flat.size == pytest.approx(0, abs=1e-9)
    cut = bunching.jump([left for left in (even(n) for n in range(240)) if left >= 0], 12)
    assert cut.size > 2 and cut.p < 0.001


def test_contacts_registered_weeks_after_their_date_are_shown() -> None:
    rows = [
        Arrived(
            unit=unit, case=case(unit, n), channel="letter", own_date=day(n),
            registered=day(n + (20 if unit == "unit3" and n % 3 == 0 else 8 if n % 25 == 0 else 2)),
        )
        for unit in UNITS
        for n in HUNDRED
    ]  # fmt: skip
    found = only(registration.late(signs()["registration"], rows))
    assert (found.unit, found.facts["k"], found.facts["n"]) == ("unit3", 36, 100)
    assert found.facts["rate"] == 36.0
    assert 4 <= found.facts["peers"] <= 4.2


def test_a_letter_is_late_by_letters_and_a_call_by_calls() -> None:
    """Who gets nearly all its contacts by post is not held against those who are rung up."""
    rows = []
    for unit in UNITS:
        letters = 90 if unit == "unit0" else 30
        for n in HUNDRED:
            slow = n < letters and n % 3 == 0  # a third of all letters, everywhere
            rows.append(
                Arrived(
                    unit=unit, case=case(unit, n), channel="letter" if n < letters else "call",
                    own_date=day(n), registered=day(n + (9 if slow else 0)),
                )
            )  # fmt: skip
    assert registration.late(signs()["registration"], rows) == []


def test_what_is_known_above_and_unknown_here_is_shown() -> None:
    rows = [
        Above(unit=unit, case=case(unit, n), known=n % (2 if unit == "unit5" else 10) != 0)
        for unit in UNITS
        for n in HUNDRED
    ]
    found = only(registration.unknown(signs()["registration"], rows))
    assert (found.unit, found.facts["k"], found.part) == ("unit5", 50, "unknown")


OLD = "石塘路18号路灯坏了没人修，晚上老人出门摔倒，已经三个月。"
SAME = "石塘路18号路灯坏了没人修，老人晚上出门摔倒，已经四个月了。"
ANOTHER = "开发商逾期交房一年，合同写明的违约金一直不给。"


def test_repeats_registered_as_first_are_found_by_their_words() -> None:
    rows = [
        Repeated(
            unit=unit, case=case(unit, n), as_first=n % (3 if unit == "unit2" else 20) == 0, text=SAME, earlier=(OLD,)
        )
        for unit in UNITS
        for n in HUNDRED
    ]  # fmt: skip
    found = only(relabelling.first(signs()["relabelling"], rows))
    assert (found.unit, found.facts["k"]) == ("unit2", 34)


def test_another_matter_of_the_same_petitioner_is_a_first_one() -> None:
    rows = [
        Repeated(
            unit=unit, case=case(unit, n), as_first=n % (2 if unit == "unit2" else 20) == 0, text=ANOTHER,
            earlier=(OLD,),
        )
        for unit in UNITS
        for n in HUNDRED
    ]  # fmt: skip
    assert relabelling.first(signs()["relabelling"], rows) == []


def test_matters_that_come_back_within_sixty_days_are_shown_and_open_days_wait() -> None:
    rows = [
        Closed(
            unit=unit, case=case(unit, n), day=day(n),
            again=day(n + (60 if unit == "unit1" else 61)) if n % 2 == 0 else None,
        )
        for unit in UNITS
        for n in HUNDRED
    ]  # fmt: skip
    sign = signs()["reopening"]
    found = only(reopening.again(sign, rows, day(400)))
    assert (found.unit, found.facts["k"], found.facts["n"]) == ("unit1", 50, 100)
    assert reopening.again(sign, rows, day(60)) == []  # nobody's sixty days are over


def _telling(n: int) -> str:
    """Six characters that stand in no other petition of a unit."""
    return "".join(chr(start + 6 * n) for start in range(0x9000, 0x9006))


def _answers(of_unit0: str) -> list[Answer]:
    rows = []
    for unit in UNITS:
        for n in range(40):
            spot = f"{chr(0x4E00 + 40 * UNITS.index(unit) + n)}{chr(0x5E00 + 7 * n)}{chr(0x6E00 + 11 * n)}湾{n}号"
            own = f"{spot}的沟渠{chr(0x7000 + 13 * n)}{chr(0x7800 + 17 * n)}已在{n}日内修好，{chr(0x8000 + 5 * n)}回访"
            said = of_unit0 if unit == "unit0" and n % 2 else own
            asked = f"{spot}{_telling(n)}的沟渠堵塞了很久，请派人来修"
            rows.append(Answer(unit=unit, case=case(unit, n), petition=asked, answer=said))
    return rows


STOCK = "相关工作正在有序推进之中下一步将加大力度强化措施压实责任"


def test_one_answer_for_different_matters_is_shown() -> None:
    found = only(perfunctory.copies(signs()["perfunctory"], _answers(STOCK)))
    assert (found.unit, found.facts["k"], found.facts["n"]) == ("unit0", 20, 40)


def test_answers_that_touch_nothing_of_what_was_asked_are_shown() -> None:
    found = only(perfunctory.passes_by(signs()["perfunctory"], _answers(STOCK)))
    assert (found.unit, found.facts["k"]) == ("unit0", 20)


def test_one_answer_to_many_who_asked_the_same_is_no_copy() -> None:
    rows = [
        replace(
            one,
            petition="公交线路突然取消，上班要走四十分钟，请恢复"
            if one.unit == "unit0"
            else one.petition,
        )
        for one in _answers("公交线路自下月起恢复，首末班时间与原来相同")
    ]
    assert perfunctory.copies(signs()["perfunctory"], rows) == []


NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def _ratings(**of_unit4: Any) -> list[Rated]:
    rows = []
    for unit in UNITS:
        for n in HUNDRED:
            one = Rated(
                unit=unit, case=case(unit, n), at=NOON + timedelta(hours=9 * n), marks=f"marks {n % 3}",
                network=f"{unit} {n}",
            )  # fmt: skip
            rows.append(replace(one, **of_unit4) if unit == "unit4" and n % 3 == 0 else one)
    return rows


def test_ratings_from_the_own_network_are_shown() -> None:
    sign = signs()["rating_origin"]
    found = only(rating_origin.own_network(sign, _ratings(own=True)))
    assert (found.unit, found.facts["k"]) == ("unit4", 34)
    assert (
        rating_origin.own_network(sign, [replace(one, network="") for one in _ratings(own=True)])
        == []
    )


def test_ratings_alike_from_one_network_at_a_time_are_a_burst_and_over_weeks_none() -> None:
    sign = signs()["rating_origin"]
    alike = {"network": "one", "marks": "satisfied"}
    found = only(rating_origin.bursts(sign, _ratings(**alike, at=NOON)))
    assert (found.unit, found.facts["k"]) == ("unit4", 34)
    assert rating_origin.bursts(sign, _ratings(**alike)) == []


def test_two_neighbours_are_no_burst_and_three_are() -> None:
    sign = signs()["rating_origin"]
    one = Rated(unit="unit0", case=case("unit0", 0), at=NOON, marks="satisfied", network="village")
    after = replace(one, case=case("unit0", 1), at=NOON + timedelta(minutes=120))
    third = replace(one, case=case("unit0", 2), at=NOON + timedelta(minutes=60))
    marked = [seen.marked for seen in rating_origin._in_bursts(sign, [one, after])]
    assert marked == [False, False]
    assert all(seen.marked for seen in rating_origin._in_bursts(sign, [one, after, third]))


def _decided(unit: str, n: int, *, refused: bool, category: str = "land") -> Decided:
    return Decided(
        unit=unit,
        case=case(unit, n),
        category=category,
        refused=refused,
        overturned=refused and n % 5 == 0,
    )


def test_a_unit_that_refuses_more_of_the_same_fields_is_shown() -> None:
    rows = [
        _decided(unit, n, refused=n % (2 if unit == "unit6" else 8) == 0)
        for unit in UNITS
        for n in HUNDRED
    ]
    found = only(refused.rate(signs()["refused"], rows))
    assert (found.unit, found.facts["k"]) == ("unit6", 50)


def test_a_unit_of_a_field_that_belongs_elsewhere_is_none() -> None:
    """Half of labour goes to arbitration wherever it comes; one unit has nothing but labour."""
    rows = []
    for unit in UNITS:
        for n in HUNDRED:
            labour = unit == "unit6" or n < 30
            rows.append(
                _decided(
                    unit, n, refused=n % (2 if labour else 12) == 0, category="labour" if labour else "land"
                )
            )  # fmt: skip
    assert refused.rate(signs()["refused"], rows) == []


def test_refusals_that_do_not_stand_are_shown() -> None:
    rows = [
        replace(_decided(unit, n, refused=True), overturned=n % (2 if unit == "unit7" else 20) == 0)
        for unit in UNITS
        for n in HUNDRED
    ]
    assert only(refused.overturned(signs()["refused"], rows)).unit == "unit7"


# -- what always holds -------------------------------------------------------------------------------------------------

SEEN = st.lists(
    st.builds(
        Seen,
        unit=st.sampled_from(UNITS),
        case=st.builds(Case, st.integers(1, 500), st.integers(1, 9)),
        marked=st.booleans(),
        kind=st.sampled_from(["", "letter"]),
    ),
    max_size=400,
)


@given(SEEN)
def test_a_tally_counts_each_thing_once(seen: list[Seen]) -> None:
    counted = tally(seen)
    assert sum(one.n for one in counted) == len(seen)
    assert sum(one.k for one in counted) == sum(one.marked for one in seen)


@given(SEEN, st.randoms(use_true_random=False))
@settings(max_examples=40)
def test_chances_are_chances_and_the_order_of_things_means_nothing(
    seen: list[Seen], chance: Any
) -> None:
    sign = replace(
        signs()["reopening"],
        limits={**signs()["reopening"].limits, "least": 1, "look": 1.0, "times": 0},
    )
    found = judge(sign, "again", seen)
    mixed = list(seen)
    chance.shuffle(mixed)
    assert [(one.unit, one.p, one.q) for one in judge(sign, "again", mixed)] == [
        (one.unit, one.p, one.q) for one in found
    ]
    for one in found:
        assert 0 <= one.p <= 1 and one.p <= one.q + 1e-12 <= 1 + 1e-9
        assert len(one.cases) == one.facts["k"] <= one.facts["n"]
        assert {seen.unit for seen in seen if seen.case in one.cases and seen.marked} >= {one.unit}


def test_one_more_marked_case_never_makes_a_unit_less_striking() -> None:
    def chance(more: int) -> float:
        rows = [
            Seen(unit=unit, case=case(unit, n), marked=n < (5 + more if unit == "unit0" else 5))
            for unit in UNITS
            for n in HUNDRED
        ]
        sign = replace(
            signs()["reopening"], limits={**signs()["reopening"].limits, "look": 1.0, "times": 0}
        )
        return next(one.p for one in judge(sign, "again", rows) if one.unit == "unit0")

    chances = [chance(more) for more in range(0, 40, 4)]
    assert chances == sorted(chances, reverse=True)


def test_too_few_units_or_cases_are_no_measure() -> None:
    sign = signs()["reopening"]
    rows = [
        Seen(unit=unit, case=case(unit, n), marked=unit == "unit0")
        for unit in UNITS[:7]
        for n in HUNDRED
    ]
    assert judge(sign, "again", rows) == []
    small = [
        Seen(unit=unit, case=case(unit, n), marked=unit == "unit0")
        for unit in UNITS
        for n in range(19)
    ]
    assert judge(sign, "again", small) == []


def test_units_of_one_kind_are_held_against_that_kind() -> None:
    """Offices see twice as much coming back as departments do: none of them is a sign."""
    names = [f"office{n}" for n in range(9)] + [f"department{n}" for n in range(9)]
    rows = [
        Seen(
            unit=unit,
            case=Case(matter=n, seq=2),
            marked=n % (4 if unit.startswith("office") else 20) == 0,
        )
        for unit in names
        for n in HUNDRED
    ]
    groups = {unit: unit.rstrip("0123456789") for unit in names}
    assert judge(signs()["reopening"], "again", rows, groups) == []


# -- planted fraud, and clean years ------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", KINDS)
def test_planted_fraud_is_found_and_a_clean_year_is_quiet(name: str) -> None:
    """Small figures of fixed seeds; `xinqiao targets integrity --selftest` gives those of many."""
    figures = measure(range(300_000, 300_008), [name], strengths=(0.0, 0.7))[name]
    assert figures.found[0.7].hits >= 7
    assert figures.found[0.0].hits == 0, "nothing was planted, and it was found"
    assert figures.clean_units.hits <= 2
    assert figures.clean_units.of > 100


def test_planting_touches_one_unit_alone() -> None:
    for kind in KINDS.values():
        chance = np.random.default_rng(5)
        rows = kind.clean(chance)
        unit = max(
            {one.unit for one in rows}, key=lambda name: sum(one.unit == name for one in rows)
        )
        planted = kind.plant(rows, unit, 0.6, chance)
        assert [one for one in planted if one.unit != unit] == [
            one for one in rows if one.unit != unit
        ]
        assert list(planted) != list(rows), kind.part
