"""What the signs look at, read from the facts that were counted and from the capabilities that have the rest.

Reports (检举控告) are left out of all of it: no sign may tell that there is one.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property

from django.db.models import QuerySet

from xinqiao.audit import queries as audit
from xinqiao.audit.kinds import AuditAction
from xinqiao.directory import queries as directory
from xinqiao.intake import queries as intake
from xinqiao.matters import queries as matters
from xinqiao.people import queries as people
from xinqiao.rules.counting import What
from xinqiao.rules.entries import CARRIED, SHANGHAI
from xinqiao.rules.integrity import signs
from xinqiao.rules.states import Kind
from xinqiao.rules.units import RANK, Level, Units, within
from xinqiao.targets.integrity.networks import mark_of
from xinqiao.targets.integrity.values import (
    Above,
    Answer,
    Arrived,
    Case,
    Closed,
    Decided,
    Done,
    Rated,
    Repeated,
)
from xinqiao.targets.models import FOREVER, Fact, RatingOrigin

#: The fields in which an answer stands, by the step that gives it.
_ANSWERS = {
    "submit_opinion": ("facts_found", "opinion"),
    "reply": ("answer",),
    "record_answer": ("answer",),
}
_TAKEN, _REFUSED, _PUT_RIGHT = ("accept", "take_up"), ("decline", "guide"), ("revoke", "reopen")
_CONTACTS = ("receive", "add_contact")
#: Earlier contacts of the same petitioner are looked for so far back.
_EARLIER = timedelta(days=2 * 365)
#: So many log-ins are read to know the networks of the units.
_LOG_INS = 200_000


@dataclass(frozen=True, kw_only=True)
class Gathered:
    """All records of the days from `first` until before `end`, each kind read when it is asked for."""

    first: date
    end: date
    units: Units

    @property
    def since(self) -> datetime:
        return datetime.combine(self.first, time(), SHANGHAI)

    @property
    def until(self) -> datetime:
        return datetime.combine(self.end, time(), SHANGHAI)

    def groups(self) -> dict[str, str]:
        """Which units are comparable: those of one kind."""
        return {unit.code: unit.kind.value for unit in self.units.by_code.values()}

    def done(self) -> list[Done]:
        """Answers with their limits."""
        rows = self._facts(What.ANSWER).filter(done__isnull=False)
        return [
            Done(unit=unit, case=Case(matter, seq), due=due, done=done)
            for unit, matter, seq, due, done in rows.values_list(
                "unit", "matter_id", "seq", "due", "done"
            )
            if due is not None and done is not None
        ]

    def closed(self) -> list[Closed]:
        rows = self._facts(What.CLOSED).values_list("unit", "matter_id", "seq", "day", "again")
        return [
            Closed(unit=unit, case=Case(matter, seq), day=day, again=again)
            for unit, matter, seq, day, again in rows
        ]

    def _facts(self, what: What) -> QuerySet[Fact]:
        rows = Fact.objects.filter(
            what=what, known_to=FOREVER, day__gte=self.first, day__lt=self.end
        )
        return (
            rows.filter(source="", matter__isnull=False)
            .exclude(matter__kind=Kind.REPORT)
            .order_by("day", "id")
        )

    # -- contacts ------------------------------------------------------------------------------------------------------

    @cached_property
    def _contacts(self) -> Mapping[tuple[int, int], matters.Taken]:
        taken = matters.taken_between(_CONTACTS, self.since - _EARLIER, self.until)
        return {(one.matter, one.seq): one for one in taken}

    @cached_property
    def _received(self) -> Sequence[intake.Received]:
        """The contacts of the period, and before it those of the petitioners; none on a report."""
        found = intake.received_between(self.since - _EARLIER, self.until)
        return [one for one in found if (one.matter_id, one.seq) in self._contacts]

    def _of_period(self) -> Iterator[tuple[intake.Received, matters.Taken]]:
        for one in self._received:
            if one.received_at >= self.since:
                yield one, self._contacts[one.matter_id, one.seq]

    def arrived(self) -> list[Arrived]:
        """Contacts with a date of their own; what was brought in from elsewhere, or came online, has none."""
        return [
            Arrived(
                unit=taken.unit, case=Case(one.matter_id, one.seq), channel=one.channel,
                own_date=one.postmark_on or _day(one.received_at), registered=_day(one.recorded_at),
            )
            for one, taken in self._of_period()
            if taken.unit and not one.source and one.channel != "online"
        ]  # fmt: skip

    def above(self) -> list[Above]:
        """Visits above about each place: was anything of the same matter received in that place before?"""
        below: defaultdict[int, list[tuple[datetime, str]]] = defaultdict(list)
        for one in self._received:
            below[one.matter_id].append(
                (one.received_at, self._contacts[one.matter_id, one.seq].unit)
            )
        made = []
        for one, taken in self._of_period():
            office = (
                self.units.petition_office_of(taken.region, _day(one.received_at))
                if taken.region
                else None
            )
            if one.channel != "visit" or not one.level or office is None:
                continue
            if RANK[Level(one.level)] > RANK[self.units[office].level]:
                known = any(
                    at < one.received_at and self._lies(unit, office)
                    for at, unit in below[one.matter_id]
                )
                made.append(Above(unit=office, case=Case(one.matter_id, one.seq), known=known))
        return made

    def _lies(self, unit: str, office: str) -> bool:
        return unit in self.units and within(self.units[unit].region, self.units[office].region)

    def repeated(self) -> list[Repeated]:
        """Contacts registered as repeat, and those registered as first whose petitioner has an earlier matter."""
        hands = people.hands([one.id for one in self._received])
        earlier: defaultdict[str, list[int]] = defaultdict(list)
        found: list[tuple[intake.Received, set[int]]] = []
        for one in self._received:
            own = hands.get(one.id, frozenset())
            before = {matter for hand in own for matter in earlier[hand]} - {one.matter_id}
            if one.received_at >= self.since and (one.repeat or before):
                found.append((one, set() if one.repeat else before))
            for hand in own:
                earlier[hand].append(one.matter_id)
        return self._in_words(found)

    def _in_words(self, found: Sequence[tuple[intake.Received, set[int]]]) -> list[Repeated]:
        asked = {matter for one, before in found if before for matter in (one.matter_id, *before)}
        words = matters.words_of(asked, ("subject", "body"))
        made = []
        for one, before in found:
            unit = self._contacts[one.matter_id, one.seq].unit
            texts = tuple(words.get((matter, 1), "") for matter in sorted(before))
            made.append(Repeated(
                unit=unit, case=Case(one.matter_id, one.seq), as_first=not one.repeat,
                text=words.get((one.matter_id, one.seq), ""), earlier=texts,
            ))  # fmt: skip
        return [one for one in made if one.unit]

    # -- answers, decisions, ratings -----------------------------------------------------------------------------------

    def answers(self) -> list[Answer]:
        """The answers of the period in words, the oldest first; what retention has erased is left out.

        One answer to several matters that are handled together is one: nobody copied it.
        """
        found = matters.taken_between(_ANSWERS, self.since, self.until)
        taken = [one for one in found if CARRIED not in one.payload]
        ids = {one.matter for one in taken}
        said = matters.words_of(ids, {field for fields in _ANSWERS.values() for field in fields})
        asked = matters.words_of(ids, ("subject", "body"))
        made = [
            Answer(
                unit=one.handler if one.step == "record_answer" else one.unit, case=Case(one.matter, one.seq),
                petition=asked.get((one.matter, 1), ""), answer=said[one.matter, one.seq],
            )
            for one in taken
            if (one.matter, one.seq) in said
        ]  # fmt: skip
        return [one for one in made if one.unit]

    def decided(self) -> list[Decided]:
        """What units took or refused; a refusal was put right where it was revoked, or the matter opened again."""
        right = self._put_right()
        return [
            Decided(
                unit=one.unit, case=Case(one.matter, one.seq), category=one.category, refused=one.step in _REFUSED,
                overturned=one.step in _REFUSED and any(seq > one.seq for seq in right.get(one.matter, ())),
            )
            for one in matters.taken_between((*_TAKEN, *_REFUSED), self.since, self.until)
            if one.unit
        ]  # fmt: skip

    def _put_right(self) -> Mapping[int, list[int]]:
        """By matter the entries that undid or reopened something, until now."""
        found: defaultdict[int, list[int]] = defaultdict(list)
        for one in matters.taken_between(_PUT_RIGHT, self.since, self.until + _EARLIER):
            found[one.matter].append(one.seq)
        return found

    def rated(self) -> list[Rated]:
        """The ratings of the units that handled the matters, with the mark of the network they came from."""
        rows = RatingOrigin.objects.filter(at__gte=self.since, at__lt=self.until)
        origin = {
            (matter, seq): mark
            for matter, seq, mark in rows.values_list("matter_id", "seq", "network")
        }
        own = self._networks() if origin else {}
        made = []
        for one in matters.taken_between(("rate",), self.since, self.until):
            network = origin.get((one.matter, one.seq), "")
            given = (
                str(one.payload.get(name)) for name in ("office_rating", "unit_rating", "settled")
            )
            made.append(Rated(
                unit=one.handler, case=Case(one.matter, one.seq), at=one.at, marks=" ".join(given), network=network,
                own=network in own.get(one.handler, ()),
            ))  # fmt: skip
        return [one for one in made if one.unit]

    def _networks(self) -> Mapping[str, frozenset[str]]:
        """By unit the marks of the networks from which several of its staff logged in."""
        staff: defaultdict[int, set[str]] = defaultdict(set)
        for post in directory.staff(self.units.by_code, self.end):
            staff[post.account].add(post.unit)
        seen: defaultdict[tuple[str, str], set[int]] = defaultdict(set)
        log_ins = audit.entries(
            action=AuditAction.LOGGED_IN, since=self.since, until=self.until, limit=_LOG_INS
        )
        for entry in log_ins:
            mark = mark_of(str(entry.detail.get("address", "")), entry.at)
            for unit in staff.get(entry.account_id or 0, ()):
                seen[unit, mark].add(entry.account_id or 0)
        least, own = signs()["rating_origin"].limits["own_accounts"], defaultdict(set)
        for (unit, mark), accounts in seen.items():
            if mark and len(accounts) >= least:
                own[unit].add(mark)
        return {unit: frozenset(marks) for unit, marks in own.items()}


def _day(moment: datetime) -> date:
    return moment.astimezone(SHANGHAI).date()
