"""The referral board of a person: what to send and where to, objections, disputes, what must come back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import F, QuerySet

from xinqiao.desk.words import Names
from xinqiao.desk.work.lists import due_of
from xinqiao.insight.classifying import referrals
from xinqiao.matters import queries as matters
from xinqiao.matters.queries import Filters, Line, Told
from xinqiao.rules.facts import Facts
from xinqiao.rules.persons import Person
from xinqiao.rules.states import CLOSED, Kind, State
from xinqiao.rules.suggesting import Suggested, suggest
from xinqiao.rules.units import UnitKind, Units
from xinqiao.rules.wall import walled_units

PAGE = 50
_MOST = 30  # rows of the smaller parts
_SAMPLE = 600  # reports that are looked at for holders that are reported
#: The board does not tell what is handled together.
_LINE = tuple(name for name in Line.__dataclass_fields__ if name != "carried_by")
_PING_PONG = 2  # so many objections are told in words


@dataclass(frozen=True, kw_only=True)
class Row:
    """A matter on the board. `seen` is its last entry as shown; `suggested` the unit with the reasons, if any."""

    line: Line
    due: date | datetime | None
    seen: int
    objections: int
    suggested: Suggested | None = None
    objection: Told | None = None
    referrer: str = ""
    heir: str = ""

    @property
    def ping_pong(self) -> bool:
        """Whether it has been sent back more than once."""
        return self.objections >= _PING_PONG


@dataclass(frozen=True, kw_only=True)
class Board:
    """The parts of the board; `more` says whether there is another page of what is to be sent."""

    to_send: Sequence[Row]
    page: int
    more: bool
    objections: Sequence[Row]
    disputes: Sequence[Row]
    with_deciders: Sequence[Row]
    gone: Sequence[Row]
    walled: Sequence[Row]


def sends(person: Person, units: Units) -> frozenset[str]:
    """The petition offices in which the person works: only they send matters on (art. 22)."""
    return frozenset(
        code
        for code in person.units()
        if code in units and units[code].kind is UnitKind.PETITION_OFFICE
    )


def board(person: Person, names: Names, number: int, now: datetime) -> Board:
    """Everything on the person's board; nothing that does not exist for them."""
    offices, own = sends(person, names.units), person.units()
    waiting = matters.worklist(person, Filters(queue="to_refer"), now).filter(holder__in=offices)
    start = (number - 1) * PAGE
    listed = _read(waiting[start : start + PAGE + 1])
    in_scope = matters.scope(person, now).order_by("next_due", "id")
    disputed = in_scope.filter(state=State.DISPUTED)
    return Board(
        to_send=_with_suggestions(listed[:PAGE], person, names.units, now),
        page=number,
        more=len(listed) > PAGE,
        objections=_with_objections(in_scope.filter(state=State.OBJECTED, holder__in=own)),
        disputes=_with_objections(disputed.filter(holder__in=own)),
        with_deciders=_with_objections(disputed.exclude(holder__in=own)) if offices else [],
        gone=_gone(in_scope, names.units, matters.today(now)) if offices else [],
        walled=_walled(in_scope, names.units) if offices else [],
    )


# -- reading ----------------------------------------------------------------------------------------------------------

Read = tuple[Line, Facts, int]


def _read(found: QuerySet[Any]) -> list[Read]:
    """Lines with the facts that routing looks at, and the number of the last entry."""
    rows = list(found.values(*_LINE, "facts", "last_seq"))
    lines = [Line(**{name: row[name] for name in _LINE}) for row in rows]
    return [
        (line, _facts(line, row["facts"]), row["last_seq"])
        for line, row in zip(lines, rows, strict=True)
    ]


def _facts(line: Line, stored: Mapping[str, Any]) -> Facts:
    return Facts(
        state=State(line.state),
        kind=Kind(line.kind) if line.kind else None,
        category=line.category,
        region=line.region,
        holder=line.holder,
        handler=line.handler,
        referrer=stored["referrer"],
        objections=stored["objections"],
        reported_units=frozenset(stored["reported_units"]),
    )


def _row(read: Read, **more: Any) -> Row:
    line, facts, seen = read
    return Row(
        line=line,
        due=due_of(line),
        seen=seen,
        objections=facts.objections,
        referrer=facts.referrer,
        **more,
    )


# -- what is to be sent, and where to --------------------------------------------------------------------------------


def _with_suggestions(
    listed: Sequence[Read], person: Person, units: Units, now: datetime
) -> list[Row]:
    known = referrals.past(person, {line.category for line, _, _ in listed}, now)
    objected = matters.entries_of(
        [line.id for line, facts, _ in listed if facts.objections], "object"
    )
    found = []
    for read in listed:
        line, facts, _ = read
        before = referrals.before(facts, objected.get(line.id, []), known)
        found.append(_row(read, suggested=suggest(facts, units, matters.today(now), before)))
    return found


# -- objections, disputes, holders that are gone or named ------------------------------------------------------------


def _with_objections(found: QuerySet[Any]) -> list[Row]:
    """Each with the last objection and its reason."""
    listed = _read(found[:_MOST])
    said = matters.entries_of([line.id for line, _, _ in listed], "object")
    return [_row(read, objection=_last(said.get(read[0].id, []))) for read in listed]


def _last(entries: Sequence[Told]) -> Told | None:
    return entries[-1] if entries else None


def _gone(in_scope: QuerySet[Any], units: Units, today: date) -> list[Row]:
    """Open matters whose holder exists no longer and has a successor (art. 24)."""
    heirs = {
        unit.code: heir
        for unit in units.by_code.values()
        if not unit.exists_on(today)
        and (heir := units.successor_of(unit.code, today)) not in (None, unit.code)
    }
    # Who holds a matter is involved in it: asked so, an index leads from the few units to their matters.
    held = in_scope.filter(involvements__unit__in=list(heirs), involvements__unit=F("holder"))
    found = held.exclude(state__in=CLOSED)[:_MOST]
    return [_row(read, heir=heirs[read[0].holder] or "") for read in _read(found)]


def _walled(in_scope: QuerySet[Any], units: Units) -> list[Row]:
    """Open reports whose holder turned out to be reported: it cannot see them, so they are recalled (art. 30)."""
    reports = in_scope.filter(kind=Kind.REPORT).exclude(state__in=CLOSED)
    listed = _read(reports.exclude(facts__reported_units=[])[:_SAMPLE])
    return [_row(read) for read in listed if read[1].holder in walled_units(read[1], units)][:_MOST]
