"""A matter as counting looks at it: its entries, its clocks with the entries that began them, its returns."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from xinqiao.law.clocks import Clock, ClockState
from xinqiao.rules.counting import Arrived, Counted, What
from xinqiao.rules.facts import Facts
from xinqiao.rules.replay import Turn
from xinqiao.rules.states import State
from xinqiao.rules.units import Units

#: The steps that hand an answer to the petitioner.
HANDED_OUT = frozenset({"deliver_opinion", "record_answer", "reply", "record_settlement"})
CONTACTS = frozenset({"receive", "add_contact"})


@dataclass(frozen=True, kw_only=True)
class Course:
    """`turns` are the entries that count, corrections read; `clocks` those of the law; `arrived` by entry number."""

    turns: Sequence[Turn]
    clocks: Sequence[Clock]
    arrived: Mapping[int, Arrived]
    units: Units

    @cached_property
    def facts(self) -> Facts:
        return self.turns[-1].after

    @cached_property
    def received(self) -> Turn:
        return self.turns[0]

    @cached_property
    def by_step(self) -> Mapping[str, Sequence[Turn]]:
        found: dict[str, list[Turn]] = {}
        for turn in self.turns:
            found.setdefault(turn.entry.step, []).append(turn)
        return found

    def of(self, *steps: str) -> list[Turn]:
        """The entries of these steps, in the order of the ledger."""
        found = [turn for step in steps for turn in self.by_step.get(step, ())]
        return sorted(found, key=lambda turn: turn.entry.seq) if len(steps) > 1 else found

    def fact(self, what: What, turn: Turn, unit: str, day: date, **rest: Any) -> Counted:
        """What began with this entry; place, category and channel are those of the matter as it is known."""
        facts = self.facts
        return Counted(
            what=what, seq=turn.entry.seq, unit=self.heir(unit, turn), region=facts.region, category=facts.category,
            channel=rest.pop("channel", facts.channel), day=day, **rest,
        )  # fmt: skip

    def heir(self, unit: str, since: Turn) -> str:
        """Who stands where this unit stood then: a merged unit's duties and figures are its successor's (art. 24)."""
        for turn in self.by_step.get("succeed", ()):
            if turn.entry.seq > since.entry.seq and turn.before.holder == unit:
                unit = turn.entry.payload["to_unit"]
        return unit

    def running(self, ids: Iterable[str], began: Iterable[Turn]) -> Iterator[tuple[Clock, Turn]]:
        """The clocks of these ids with the entries that set them going; what has no last day, or fell, is left out.

        The law gives its clocks in the order in which they began, and each of the entries began one.
        """
        wanted = set(ids)
        clocks = [clock for clock in self.clocks if clock.id in wanted]
        begins = sorted(began, key=lambda turn: (turn.entry.at, turn.entry.seq))
        for clock, turn in zip(clocks, begins, strict=True):
            if clock.due is not None and not self._fell(clock, turn):
                yield clock, turn

    def _fell(self, clock: Clock, began: Turn) -> bool:
        """A clock that is void; but who withdraws a petition does not undo that its last day was missed before."""
        if clock.state is not ClockState.VOID:
            return False
        withdrawn = next(iter(self.by_step.get("withdraw", ())), None)
        if withdrawn is None or clock.due_day is None or clock.due_day >= withdrawn.entry.day:
            return True
        later = (turn for turn in self.turns if turn.entry.seq > began.entry.seq)
        return any(_takes_away(turn) for turn in later)

    def again(self, turn: Turn) -> date | None:
        """The day of the first further contact, or of the reopening, after this entry in law.

        Somebody else who comes about the same matter for the first time has not come again.
        """
        moment = (turn.entry.at, turn.entry.seq)
        return next((day for at, seq, day in self._returns if (at, seq) > moment), None)

    @cached_property
    def _returns(self) -> Sequence[tuple[datetime, int, date]]:
        turns = self.of(*CONTACTS, "reopen", "ask_written_opinion")
        return sorted(
            (turn.entry.at, turn.entry.seq, turn.entry.day)
            for turn in turns
            if turn.entry.step != "add_contact" or turn.entry.payload.get("repeat", True)
        )

    @cached_property
    def confirmed(self) -> date | None:
        """The day on which the petitioner said that it is settled, where that is their last word."""
        facts = self.facts
        if not facts.settled or not (facts.rated or facts.state is State.SETTLED):
            return None
        said = self.of("rate", "record_settlement")
        return said[-1].entry.day if said else None

    @cached_property
    def settled(self) -> date | None:
        """The day on which it was confirmed to be settled, or carried out without the petitioner denying it."""
        if self.confirmed is None and self.facts.settled is not False:
            return self.executed
        return self.confirmed

    @cached_property
    def executed(self) -> date | None:
        """The day on which the opinion in force was carried out; None while it is not, or where a check says so."""
        if not self.facts.executed:
            return None
        told = self.of("record_execution", "follow_up_execution")
        last = told[-1].entry
        recorded = [turn.entry for turn in told if turn.entry.step == "record_execution"]
        return (recorded[-1].payload_day("executed_on") if recorded else None) or last.day


def _takes_away(turn: Turn) -> bool:
    """The clocks of a referral fall with it; those of an acceptance with another."""
    entry = turn.entry
    decided = entry.step == "decide_competence" and turn.after.handler != turn.before.handler
    return entry.step in ("uphold_objection", "accept") or decided
