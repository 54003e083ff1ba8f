"""Closing and reopening: matters that came back within sixty days of being closed."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta

from xinqiao.rules.integrity import Sign
from xinqiao.targets.integrity.peers import judge
from xinqiao.targets.integrity.values import Closed, Finding, Seen


def again(
    sign: Sign, closed: Iterable[Closed], today: date, groups: Mapping[str, str] | None = None
) -> list[Finding]:
    """Units whose closed matters came back far more often than others'. Only those whose days are over are counted."""
    return judge(sign, "again", _seen(sign, closed, today), groups)


def _seen(sign: Sign, closed: Iterable[Closed], today: date) -> Iterator[Seen]:
    days = timedelta(days=sign.limits["days"])
    for one in closed:
        if one.day + days < today:
            back = one.again is not None and one.again <= one.day + days
            yield Seen(unit=one.unit, case=one.case, marked=back)
