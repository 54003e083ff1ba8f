"""Questions to the queues of a place: the last year again, and as it might be. Needs the extra `analytics`."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from xinqiao.law.calendar import Calendar
from xinqiao.targets.capacity.fitting import Fitted, fit, jobs_of
from xinqiao.targets.capacity.playing import Tally, play
from xinqiao.targets.capacity.values import Case, Impossible, Outcome, Played, Question, Span, Year
from xinqiao.targets.capacity.workdays import Workdays

RUNS = 10
MOST_GROWTH = 5.0
_BEFORE, _AFTER = timedelta(days=400), timedelta(days=400)


@dataclass(frozen=True, kw_only=True)
class _Unit:
    """A unit fitted, with what it works on at a time before and after, and its runs."""

    code: str
    fitted: Fitted
    cases: Sequence[Case]
    officers: tuple[int, int]
    at_once: tuple[int, int]
    replayed: Sequence[Tally]
    asked: Sequence[Tally]


def ask(
    year: Year, question: Question, calendar: Calendar, *, runs: int = RUNS, fitted_on: Year | None = None
) -> Played:  # fmt: skip
    """What the on-time answers of a year would have been.

    Units are fitted on the year itself, or on another one (`fitted_on`). Raises Impossible for what cannot be asked.
    """
    officers = _moved(year, question)
    days = Workdays(calendar, year.first - 2 * _BEFORE, year.end + _AFTER)
    cases = _by_unit(year.cases)
    learned = _by_unit(fitted_on.cases) if fitted_on else cases
    units = [
        _play(code, own, learned.get(code, own), year, fitted_on or year, question, officers, days, runs)
        for code, own in sorted(cases.items())
        if any(year.counts(one.due) for one in own)
    ]  # fmt: skip
    outcomes = [_outcome(one, runs) for one in units]
    outcomes.sort(key=lambda one: (one.asked.mean - one.replayed.mean, one.unit))
    return Played(question=question, whole=_whole(units, runs), units=outcomes, runs=runs)


def _play(
    code: str, own: Sequence[Case], learned: Sequence[Case], year: Year, fitted_on: Year, question: Question,
    officers: Mapping[str, int], days: Workdays, runs: int,
) -> _Unit:  # fmt: skip
    unit = fit(jobs_of(learned, days, [fitted_on.counts(one.due) for one in learned]))
    if learned is not own:
        jobs = jobs_of(own, days, [year.counts(one.due) for one in own])
        unit = Fitted(jobs=jobs, at_once=unit.at_once, worked=unit.worked, waited=unit.waited)
    before, after = max(1, year.officers.get(code, 1)), max(1, officers.get(code, 1))
    at_once = max(1, round(unit.at_once * after / before))
    replayed = [play(unit, unit.at_once, 0.0, f"{code}-{run}") for run in range(runs)]
    same = at_once == unit.at_once and not question.growth
    asked = replayed
    if not same:
        asked = [play(unit, at_once, question.growth, f"{code}-{run}") for run in range(runs)]
    counted = [one for one in own if year.counts(one.due)]
    return _Unit(
        code=code, fitted=unit, cases=counted, officers=(before, after), at_once=(unit.at_once, at_once),
        replayed=replayed, asked=asked,
    )  # fmt: skip


def _moved(year: Year, question: Question) -> Mapping[str, int]:
    """How many officers each unit has afterwards."""
    if not -1 <= question.growth <= MOST_GROWTH:
        raise Impossible("growth_out_of_range")
    after = {code: max(1, number) for code, number in year.officers.items()}
    for move in question.moves:
        for unit in (move.giver, move.taker):
            if unit not in after:
                raise Impossible("unit_not_here", unit)
        if move.giver == move.taker:
            raise Impossible("same_unit", move.giver)
        if not 0 < move.officers < after[move.giver]:
            raise Impossible("too_few_officers", move.giver)
        after[move.giver] -= move.officers
        after[move.taker] += move.officers
    return after


def _by_unit(cases: Sequence[Case]) -> Mapping[str, Sequence[Case]]:
    found: defaultdict[str, list[Case]] = defaultdict(list)
    for one in cases:
        found[one.unit].append(one)
    return found


def _outcome(unit: _Unit, runs: int) -> Outcome:
    return _told(unit.code, [unit], unit.officers, unit.at_once, unit.fitted.waited, runs)


def _whole(units: Sequence[_Unit], runs: int) -> Outcome:
    officers = (sum(one.officers[0] for one in units), sum(one.officers[1] for one in units))
    at_once = (sum(one.at_once[0] for one in units), sum(one.at_once[1] for one in units))
    return _told("", units, officers, at_once, any(one.fitted.waited for one in units), runs)


def _told(
    code: str, units: Sequence[_Unit], officers: tuple[int, int], at_once: tuple[int, int], waited: bool, runs: int
) -> Outcome:  # fmt: skip
    cases = [one for unit in units for one in unit.cases]
    replayed = [_sum([unit.replayed[run] for unit in units]) for run in range(runs)]
    asked = [_sum([unit.asked[run] for unit in units]) for run in range(runs)]
    return Outcome(
        unit=code, cases=len(cases), seen=sum(one.in_time for one in cases) / (len(cases) or 1),
        replayed=_span(replayed), asked=_span(asked), wait=_wait(replayed), wait_asked=_wait(asked),
        officers=officers, at_once=at_once, waited=waited,
    )  # fmt: skip


def _sum(tallies: Sequence[Tally]) -> Tally:
    return Tally(
        cases=sum(one.cases for one in tallies),
        in_time=sum(one.in_time for one in tallies),
        waited=sum(one.waited for one in tallies),
    )


def _span(tallies: Sequence[Tally]) -> Span:
    """The rate over all runs, and between what all runs but the lowest and the highest twentieth lie."""
    rates = sorted(one.in_time / one.cases for one in tallies if one.cases)
    if not rates:
        return Span(mean=0.0, low=0.0, high=0.0)
    cut = len(rates) // 20
    return Span(mean=sum(rates) / len(rates), low=rates[cut], high=rates[-1 - cut])


def _wait(tallies: Sequence[Tally]) -> float:
    return sum(one.waited for one in tallies) / (sum(one.cases for one in tallies) or 1)
