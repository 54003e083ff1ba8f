"""All ledgers counted anew, many at a time and on several processes: one reads and counts, this one writes.

A process imports this before it is set up, so nothing here may import a model.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, date, datetime
from functools import lru_cache, partial
from operator import attrgetter
from typing import Any, NamedTuple

from django.db import connection, transaction

from xinqiao.matters.processes import side_by_side

#: So many matters are read and counted together.
TOGETHER = 400


class Counts(NamedTuple):
    """What some matters are counted as: rows as the database takes them, the last entries read, how many matters."""

    after: int
    upto: int | None
    facts: Sequence[tuple[Any, ...]]
    followed: Sequence[tuple[int, int]]


def rebuild(now: datetime, processes: int = 1) -> Iterator[int]:
    """Counts every matter anew as of what was recorded until now. Gives how many matters are done, now and then.

    Each set of matters is replaced in one transaction, so that figures are never without them. What is entered
    meanwhile, the follower reads afterwards. With more than one of `processes` each sees what is committed. Raises
    BrokenProcessPool when a process ends by itself.
    """
    from xinqiao.matters.queries import today  # noqa: PLC0415  see above
    from xinqiao.matters.reading import spans  # noqa: PLC0415
    from xinqiao.targets.jobs import begin_anew  # noqa: PLC0415
    from xinqiao.targets.receptions import count_receptions  # noqa: PLC0415

    begun = begin_anew(now)
    done = 0
    with side_by_side(processes) as run:
        parts = (partial(count_span, *span, now) for span in spans(TOGETHER))
        for counts in run(parts):
            _replace(counts)
            done += len(counts.followed)
            yield done
    count_receptions(today(now))
    begun()


def count_span(after: int, upto: int | None, until: datetime) -> Counts:
    """What the matters with these row ids are counted as; nothing is written."""
    from xinqiao.intake import queries as intake  # noqa: PLC0415  see above
    from xinqiao.law.errors import LawError  # noqa: PLC0415
    from xinqiao.matters.clockwork import held  # noqa: PLC0415
    from xinqiao.matters.reading import Span, recorded  # noqa: PLC0415
    from xinqiao.targets.following import changes, counted  # noqa: PLC0415

    arrived, form = intake.arrived(after, upto), row_of(connection.vendor)
    facts: list[tuple[Any, ...]] = []
    followed: list[tuple[int, int]] = []
    with held():
        for matter, ledger in recorded(Span(after, upto)).items():
            try:
                seen = list(counted(ledger, arrived.get(matter, {}), until))
            except LawError:
                continue  # the follower says so in its log
            facts += (form(matter, *known) for known in changes({}, seen).made)
            if seen:
                followed.append((matter, seen[-1].seq))
    return Counts(after, upto, facts, followed)


def row_of(vendor: str) -> Callable[..., tuple[Any, ...]]:
    """What makes a row of facts as this database takes it, in the order of `Fact`'s columns without its id."""
    from xinqiao.targets.following import COLUMNS  # noqa: PLC0415  see above

    plain, told = vendor != "sqlite", attrgetter(*COLUMNS)

    def row(matter: int, fact: Any, since: datetime, until: datetime) -> tuple[Any, ...]:
        values = told(fact)
        if plain:
            return (matter, "", *values, since, until)
        days = [str(value) if value.__class__ is date else value for value in values]
        return (matter, "", *days, _moment(since), _moment(until))

    return row


@lru_cache(maxsize=4096)
def _moment(moment: datetime) -> str:
    """As Django writes it for SQLite."""
    return str(moment.astimezone(UTC).replace(tzinfo=None))


def _replace(counts: Counts) -> None:
    from xinqiao.matters.reading import Span  # noqa: PLC0415  see above
    from xinqiao.targets.following import COLUMNS  # noqa: PLC0415
    from xinqiao.targets.models import Fact, Followed  # noqa: PLC0415

    span = Span(counts.after, counts.upto)
    with transaction.atomic():
        for model in (Fact, Followed):
            model.objects.filter(span.of("matter_id")).delete()
        columns = ("matter_id", "source", *COLUMNS, "known_from", "known_to")
        _insert(Fact._meta.db_table, columns, counts.facts)
        _insert(Followed._meta.db_table, ("matter_id", "seq"), counts.followed)


def _insert(table: str, columns: Iterable[str], rows: Sequence[tuple[Any, ...]]) -> None:
    """The rows in one go: by COPY where there is one."""
    named = ", ".join(f'"{column}"' for column in columns)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f'COPY "{table}" ({named}) FROM STDIN') as copy:
                for row in rows:
                    copy.write_row(row)
        elif rows:
            places = ", ".join(["%s"] * len(rows[0]))
            cursor.executemany(f'INSERT INTO "{table}" ({named}) VALUES ({places})', rows)  # noqa: S608
