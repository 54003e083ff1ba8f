"""Facts written by hand, for sums that can be checked on paper, and random ones, for what must always hold."""

from collections.abc import Iterable
from dataclasses import asdict, fields
from datetime import UTC, date, datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from xinqiao.rules.conditions import When
from xinqiao.rules.counting import Counted, What

#: Of the figure; the year that is looked at is the one before.
AS_OF = date(2027, 3, 1)
MOMENT = datetime(2027, 3, 1, 4, tzinfo=UTC)
WHEN = When(as_of=AS_OF, begins=date(2026, 1, 1), ends=date(2027, 1, 1))
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
UNITS = ("city-government", "city-housing", "county-housing", "town", "nobody")
REGIONS = ("340800", "340811", "340811101", "340825", "")
MARKS = (
    "", "satisfied", "basically_satisfied", "dissatisfied", "upheld", "changed", "remanded", "adopted", "partly",
    "confirmed",
)  # fmt: skip


def day(text: str) -> date:
    """The day of 2026, or of another year: "3-15", "2027-2-1"."""
    parts = [int(part) for part in text.split("-")]
    return date(*parts) if len(parts) == 3 else date(2026, *parts)


def fact(what: What | str, on: str, **values: Any) -> Counted:
    """A fact of the housing department; days as texts."""
    known = {name: day(value) if _is_day(name) else value for name, value in values.items()}
    standing = {
        "unit": "city-housing",
        "region": "340811",
        "category": "housing",
        "channel": "letter",
    }
    return Counted(what=What(what), seq=1, day=day(on), **(standing | known))


def _is_day(name: str) -> bool:
    return name in ("start", "due", "done", "settled", "again")


def row(one: Counted, **known: datetime) -> Any:
    """The row of a fact, known for ever unless told otherwise."""
    from xinqiao.targets.models import Fact  # noqa: PLC0415  settings must load first

    return Fact(**asdict(one), **({"known_from": LONG_AGO} | known))


def store(facts: Iterable[Counted], **known: datetime) -> None:
    """Puts facts into the database in use."""
    from xinqiao.targets.models import Fact  # noqa: PLC0415  settings must load first

    Fact.objects.bulk_create([row(one, **known) for one in facts])


def _near(first: date, last: date) -> st.SearchStrategy[date]:
    """Days in which neighbours meet: few enough that limits are met to the day."""
    return st.integers(0, (last - first).days // 9).map(lambda n: first + timedelta(days=9 * n))


_DAYS = _near(date(2025, 10, 1), date(2027, 3, 10))
_MAYBE = st.none() | _DAYS


def any_fact(whats: Iterable[What] = tuple(What)) -> st.SearchStrategy[Counted]:
    """Any fact at all, likely or not: engines have to agree on every one."""
    return st.builds(
        Counted,
        what=st.sampled_from(list(whats)),
        seq=st.integers(1, 9),
        unit=st.sampled_from(UNITS),
        region=st.sampled_from(REGIONS),
        category=st.sampled_from(("housing", "housing.property", "labour.wages", "")),
        channel=st.sampled_from(("letter", "visit", "online", "call", "")),
        day=_DAYS,
        **{name: _MAYBE for name in ("start", "due", "done", "settled", "again")},
        level=st.sampled_from(("", "city", "province", "nation")),
        mark=st.sampled_from(MARKS),
        persons=st.integers(1, 12),
        **{name: st.booleans() for name in ("first", "designated", "skipped", "extended")},
    )


assert {one.name for one in fields(Counted)} >= {"start", "due", "done", "settled", "again"}
