"""Rating origin: ratings from the unit's own network, and ratings alike that came in bursts."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import timedelta
from itertools import groupby

from xinqiao.rules.integrity import Sign
from xinqiao.targets.integrity.peers import judge
from xinqiao.targets.integrity.values import Finding, Rated, Seen


def own_network(
    sign: Sign, rated: Iterable[Rated], groups: Mapping[str, str] | None = None
) -> list[Finding]:
    """Units rated from their own network far more than others; ratings whose network is not known are left out."""
    seen = (Seen(unit=one.unit, case=one.case, marked=one.own) for one in rated if one.network)
    return judge(sign, "own_network", seen, groups)


def bursts(
    sign: Sign, rated: Iterable[Rated], groups: Mapping[str, str] | None = None
) -> list[Finding]:
    """Units of whose ratings far more came alike in bursts than of others'."""
    return judge(sign, "bursts", _in_bursts(sign, list(rated)), groups)


def _in_bursts(sign: Sign, rated: Sequence[Rated]) -> Iterator[Seen]:
    """Each rating: alike with some from one network within a while, or with more from wherever in a shorter one."""
    limits = sign.limits
    near, far = (timedelta(minutes=limits[name]) for name in ("burst_minutes", "anywhere_minutes"))
    by_unit: defaultdict[str, list[Rated]] = defaultdict(list)
    for one in rated:
        by_unit[one.unit].append(one)
    for unit in sorted(by_unit):
        own = by_unit[unit]
        known = [one for one in own if one.network]
        marked = _together(known, limits["burst"], near, by_network=True)
        marked |= _together(own, limits["anywhere"], far, by_network=False)
        for one in own:
            yield Seen(unit=unit, case=one.case, marked=id(one) in marked)


def _together(
    rated: Iterable[Rated], least: float, within: timedelta, *, by_network: bool
) -> set[int]:
    """The ratings (by identity) that stand with so many alike within this time."""

    def alike(one: Rated) -> tuple[str, str]:
        return one.marks, one.network if by_network else ""

    found: set[int] = set()
    ordered = sorted(rated, key=lambda one: (alike(one), one.at))
    for _, group in groupby(ordered, alike):
        run, start = list(group), 0
        for end, last in enumerate(run):
            while last.at - run[start].at > within:
                start += 1
            if end - start + 1 >= least:
                found.update(id(one) for one in run[start : end + 1])
    return found
