"""Assessment: points with their derivation; better is never fewer points, and leaving a matter open never gains one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xinqiao.rules import assessment
from xinqiao.rules.assessment import Place, Rested, Score, Sign, UnusableScale, default_scale
from xinqiao.rules.targets import Better, Measured

SCALE = default_scale()
_codes = st.sampled_from(sorted(SCALE.indicators))


def scored(code: str, target: int | None, figure: Measured, **more: object) -> Score:
    return assessment.score(SCALE.indicators[code], Rested(target=target, figure=figure, **more))  # type: ignore[arg-type]


def codes(score: Score) -> list[str]:
    return [line.code for line in score.derivation]


def test_at_the_target_all_points() -> None:
    score = scored("total", 1000, Measured(counts=1000))
    assert score.points == score.full == Decimal(10)
    assert codes(score) == ["figure", "reached"]


def test_a_total_eight_percent_above() -> None:
    """1,080 for 1,000 are 8 % away, at 0.25 points each: 2 points off 10."""
    score = scored("total", 1000, Measured(counts=1080))
    assert score.points == Decimal("8.00")
    assert [line.zh for line in score.derivation] == [
        "本年1080，目标1000。",
        "距目标差8%，每1%扣0.25分，应扣2分。",
        "得8.00分（满分10分）。",
    ]
    assert score.derivation[1].en.startswith("8% away from the target")


def test_groups_are_counted_one_by_one_and_the_floor_holds() -> None:
    assert scored("provincial_group_visits", 3, Measured(counts=5)).points == Decimal("8.00")
    at_the_floor = scored("provincial_group_visits", 3, Measured(counts=50))
    assert at_the_floor.points == 0
    assert "floor" in codes(at_the_floor)


def test_a_rate_by_percentage_points() -> None:
    """90 % for 95 % are 5 points of percentage, at 0.6 each: 3 points off 15."""
    score = scored("on_time_answer", 9500, Measured(counts=90, of=100))
    assert score.points == Decimal("12.00")
    assert "90%（100件中90件）" in score.derivation[0].zh


def test_nothing_came_up() -> None:
    score = scored("execution_rate", 9500, Measured(counts=0, of=0))
    assert score.points == score.full
    assert codes(score) == ["nothing"]


def test_a_rank_among_the_allowed_and_behind() -> None:
    def at(rank: int) -> Decimal:
        place = Place(rank=rank, of=10, allowed=5)
        return scored("total", None, Measured(counts=1), place=place).points

    assert at(5) == Decimal(10)
    assert at(6) == Decimal("8.00")
    assert at(10) == Decimal(2)


def test_what_got_worse_beside_it_asks_for_a_look_and_takes_no_point() -> None:
    beside = {"settled_rate": (Measured(counts=9, of=10), Measured(counts=7, of=10))}
    plain = scored("total", 1000, Measured(counts=900))
    looked = scored("total", 1000, Measured(counts=900), companions=beside)
    assert looked.points == plain.points
    assert looked.look
    assert not plain.look
    assert "“化解率”由90%变为70%" in looked.derivation[-1].zh
    better = {"settled_rate": (Measured(counts=7, of=10), Measured(counts=9, of=10))}
    assert not scored("total", 1000, Measured(counts=900), companions=better).look


def test_an_open_sign_asks_for_a_look_and_takes_no_point() -> None:
    sign = Sign(
        code="late_registration", zh="12件来信晚登记。", en="12 letters were registered late."
    )
    score = scored("total", 1000, Measured(counts=900), signs=(sign,))
    assert score.points == score.full
    assert score.look
    assert "12件来信晚登记。请核对" in score.derivation[-1].zh


# -- what must always hold ------------------------------------------------------------------------------------------


@given(
    _codes,
    st.integers(0, 10_000),
    st.integers(0, 300),
    st.integers(0, 300),
    st.integers(1, 40),
)
def test_better_is_never_fewer_points(
    code: str, target: int, counts: int, others: int, more: int
) -> None:  # fmt: skip
    spec = SCALE.indicators[code]
    of = counts + others + more if spec.rate else None
    low = scored(code, target, Measured(counts=counts, of=of))
    high = scored(code, target, Measured(counts=counts + more, of=of))
    if spec.better is Better.MORE:
        assert high.points >= low.points
    else:
        assert high.points <= low.points
    assert spec.floor <= low.points <= spec.full


@dataclass(frozen=True)
class Matter:
    """What became of one matter that had to be answered by now."""

    answered: bool
    in_time: bool
    settled: bool
    rated: bool
    satisfied: bool
    changed: bool
    again: bool


_matters = st.lists(st.builds(Matter, *[st.booleans()] * 7), min_size=1, max_size=12)


def figures(matters: Sequence[Matter]) -> Mapping[str, Measured]:
    """The figures of the table of indicators, counted out for a handful of matters; overdue open ones count against."""
    left = sum(not one.answered for one in matters)
    done = [one for one in matters if one.answered]
    rated = [one for one in done if one.rated]
    return {
        "total": Measured(counts=len(matters)),
        "on_time_answer": Measured(counts=sum(one.in_time for one in done), of=len(matters)),
        "first_once": Measured(counts=sum(one.in_time and not one.again for one in done), of=len(matters)),
        "settled_rate": Measured(counts=sum(one.settled for one in done), of=len(done) + left),
        "rating_participation": Measured(counts=len(rated), of=len(done) + left),
        "satisfaction": Measured(counts=sum(one.satisfied for one in rated), of=len(rated) + left),
        "appeal_changed": Measured(counts=sum(one.changed for one in done) + left, of=len(done) + left),
    }  # fmt: skip


def points(matters: Sequence[Matter], targets: Mapping[str, int]) -> dict[str, Decimal]:
    found = {code: scored(code, targets[code], figure) for code, figure in figures(matters).items()}
    return {code: score.points for code, score in found.items()} | {
        "all": assessment.total(found.values()) or Decimal(0)
    }


@given(_matters, st.data())
def test_leaving_a_matter_open_never_gains_a_point(
    matters: list[Matter], data: st.DataObject
) -> None:
    """Whatever one does with a matter, leaving it open beyond its day scores no more, on any indicator or in all."""
    targets = {code: data.draw(st.integers(0, 10_000)) for code in figures(matters)}
    which = data.draw(st.integers(0, len(matters) - 1))
    closed, open_ = list(matters), list(matters)
    closed[which] = replace(matters[which], answered=True)
    open_[which] = replace(matters[which], answered=False)
    as_closed, as_open = points(closed, targets), points(open_, targets)
    for code, got in as_open.items():
        assert got <= as_closed[code], code


# -- the file -------------------------------------------------------------------------------------------------------


def test_the_scale_of_the_platform_gives_a_hundred_points() -> None:
    assert sum(one.full for one in SCALE.indicators.values()) == 100
    for one in SCALE.indicators.values():
        assert "undesignated" not in one.code  # ranking by it rewards stopping people


@pytest.mark.parametrize(
    ("old", "new"),
    [('code = "total"', 'code = "stops"'), ('code = "total"', 'code = "reopened"'),
     ('floor = "2"', 'floor = "20"'), ('per = "each"', 'per = "point"'),
     ("appeal_days = 10", "appeal_days = 'x'"), ("[[indicator]]", "[[indicator]"),
     ('code = "total"', 'code = "repeat_rate"'), ('deduct = "0.25"', 'deduct = "much"')],
)  # fmt: skip
def test_a_file_that_cannot_be_used_says_so(old: str, new: str) -> None:
    from importlib.resources import files  # noqa: PLC0415

    text = (files("xinqiao.rules") / "assessment.toml").read_text("utf-8")
    assert old in text
    with pytest.raises(UnusableScale):
        assessment.read_scale(text.replace(old, new, 1))
