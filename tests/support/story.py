"""Stories without a database: a member of the cast takes steps on a ledger of values.

    story = received().by("wangmin").does("register")
    story.does("transfer", to_unit="city-housing").by("lina").on("2026-03-10").does("accept")
    assert story.refusal("accept").code == "wrong_state"

What a step needs and the story does not care about is filled in (`FILLED_IN`). A story goes on from day to day: `on`
turns the page. Every step is judged as the platform judges it: by `may_take`, by the law's order, then by replay.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from tests.support.city import CAST, UNITS, person
from xinqiao import law
from xinqiao.law.calendar import published
from xinqiao.law.clocks import Clock, clocks
from xinqiao.law.errors import LawError
from xinqiao.rules.clock_events import disorder, law_events
from xinqiao.rules.entries import SHANGHAI, Entry
from xinqiao.rules.facts import Facts
from xinqiao.rules.fields import FIELDS, FieldType
from xinqiao.rules.matters import (
    acting_unit,
    correctable_entries,
    may,
    may_take,
    offered,
    revocable_entry,
)
from xinqiao.rules.persons import SYSTEM, Person, petitioner_of
from xinqiao.rules.refusals import Refusal, Refused
from xinqiao.rules.replay import replay
from xinqiao.rules.states import State
from xinqiao.rules.steps import Case
from xinqiao.rules.table import STEPS
from xinqiao.rules.units import Units

MATTER = 1
PETITIONER = petitioner_of(MATTER)
FILLED_IN: Mapping[str, Any] = {
    "contact": "20260302-482915-6",
    "received_by": "petition_office",
    "channel": "letter",
    "kind": "claim",
    "category": "housing.property",
    "region": "340800",
    "report_by": date(2026, 4, 15),
    "decline_reason": "not_within_petition_work",
    "procedure": "ordinary",
    "days": 30,
    "result": "not_supported",
    "disposition": "explain",
    "appeal_result": "upheld",
    "method": "in_person",
    "mediation_kind": "peoples",
    "both_agree": True,
    "policy_account": "clear",
    "procedure_account": "clear",
    "care_account": "none",
    "hearing_on": date(2026, 4, 1),
    "executed_on": date(2026, 4, 20),
    "execution_confirmed": True,
    "office_rating": "satisfied",
    "unit_rating": "basically_satisfied",
    "settled": True,
    "outside_path": "litigation",
    "urging_form": "message",
    "answer_by": date(2027, 4, 30),
    "decided_by": "city-conference",
    "until": date(2027, 6, 30),
    "recommendation_kind": "improve_work",
    "addressee": "city-government",
    "answer_within": 30,
    "adoption": "adopted",
}


def moment(text: str) -> datetime:
    """`2026-03-02` (nine in the morning) or `2026-03-02 14:30`, of Shanghai."""
    return datetime.fromisoformat(text if " " in text else f"{text} 09:00").replace(tzinfo=SHANGHAI)


def who(name: str) -> Person:
    """A member of the cast by log-in name, or "petitioner"."""
    return PETITIONER if name == "petitioner" else person(name)


class Story:
    """One matter and what happens to it; each method gives the story back, so that it reads on."""

    def __init__(self, units: Units = UNITS) -> None:
        self.units = units
        self.entries: list[Entry] = []
        self.person = person("wangmin")
        self.now = moment("2026-03-02")

    def by(self, name: str | Person) -> "Story":
        self.person = name if isinstance(name, Person) else who(name)
        return self

    def on(self, day: str) -> "Story":
        self.now = moment(day)
        return self

    def later(self, days: int) -> "Story":
        self.now += timedelta(days=days)
        return self

    def does(self, step: str, *, at: str | None = None, **fields: Any) -> "Story":
        """Takes the step now, or records that it happened `at`. Raises Refused, and then nothing has changed."""
        given = _filled(step, fields)
        refusal = self.refusal(step, at=at, **given)
        if refusal is not None:
            raise Refused(refusal)
        self.entries.append(self._entry(step, given, at))
        self.now += timedelta(minutes=1)
        return self

    def refusal(self, step: str, *, at: str | None = None, **fields: Any) -> Refusal | None:
        """Why the step cannot be taken with these fields (needed ones filled in), or None. Changes nothing."""
        given = _filled(step, fields)
        refusal = may_take(STEPS[step], self.case(given))
        if refusal is not None:
            return refusal
        entries = [*self.entries, self._entry(step, given, at)]
        try:
            self._clocks(entries)
        except LawError as error:
            return Refusal("against_the_law", None, {"zh": error.say("zh"), "en": error.say("en")})
        return disorder(entries)

    def says_no(self, step: str, **fields: Any) -> tuple[str, str | None]:
        """Code and article with which the step is refused. Fails when it is not refused."""
        refusal = self.refusal(step, **fields)
        assert refusal is not None, f"{step} is possible"
        return refusal.code, refusal.article

    def who_may(self, step: str) -> set[str]:
        """Log-in names of those whose button is not grey: the cast, "petitioner", "platform"."""
        everybody = {"platform": SYSTEM, "petitioner": PETITIONER} | {
            name: person(name) for name in CAST
        }
        case = self.case()
        return {
            name
            for name, one in everybody.items()
            if may(STEPS[step], replace(case, person=one)) is None
        }

    def button(self, step: str) -> Refusal | None:
        """What the button answers, before any field is filled in."""
        return may(STEPS[step], self.case())

    def offered(self) -> dict[str, Refusal | None]:
        return {step.name: refusal for step, refusal in offered(self.case())}

    def case(self, fields: Mapping[str, Any] | None = None) -> Case:
        last = revocable_entry(self.entries)
        return Case(
            facts=self.facts, person=self.person, now=self.now, units=self.units,
            clocks=tuple(self._clocks(self.entries)), fields=fields or {},
            revocable=last.seq if last else None,
            revocable_unit=last.unit if last else "",
            correctable=correctable_entries(self.entries),
        )  # fmt: skip

    @property
    def facts(self) -> Facts:
        return replay(self.entries)

    @property
    def state(self) -> State | None:
        return self.facts.state

    @property
    def clocks(self) -> list[Clock]:
        return list(self._clocks(self.entries))

    def clock(self, clock_id: str) -> Clock:
        """The last clock with this id."""
        return [clock for clock in self.clocks if clock.id == clock_id][-1]

    def seq_of(self, step: str) -> int:
        """The number of the last entry of this step."""
        return [entry.seq for entry in self.entries if entry.step == step][-1]

    def _clocks(self, entries: Sequence[Entry]) -> Sequence[Clock]:
        events = law_events(entries)
        if not events:
            return []
        today = self.now.astimezone(SHANGHAI).date()
        return clocks(events, today, calendar=published(), law=law.on(events[0].day))

    def _entry(self, step: str, fields: Mapping[str, Any], at: str | None) -> Entry:
        case = self.case(fields)
        unit = "city-petition" if step == "receive" else acting_unit(STEPS[step], case)
        if step == "receive" and self.person.units():
            unit = min(self.person.units())
        return Entry(
            seq=len(self.entries) + 1, step=step, at=moment(at) if at else self.now,
            account=self.person.account, unit=unit,
            payload={name: _stored(name, value) for name, value in fields.items()},
        )  # fmt: skip


def _filled(step: str, fields: Mapping[str, Any]) -> dict[str, Any]:
    """The fields with those the step needs and nobody named; a field given as None is left empty."""
    found: dict[str, Any] = {}
    for name in STEPS[step].needs:
        if name in FILLED_IN:
            found[name] = FILLED_IN[name]
        elif FIELDS[name].type is FieldType.TEXT:
            found[name] = "一句话"
    return {name: value for name, value in (found | fields).items() if value not in (None, "")}


def _stored(name: str, value: Any) -> Any:
    """A field as the ledger holds it: dates as ISO text, texts as the mark of a hash."""
    if FIELDS[name].type is FieldType.TEXT:
        return {"sha256": "0" * 64}
    if isinstance(value, date):
        return value.isoformat()
    return sorted(value) if isinstance(value, set | frozenset) else value


def received(day: str = "2026-03-02", by: str = "wangmin", **fields: Any) -> Story:
    """A letter came in at the unit of `by`."""
    return Story().by(by).on(day).does("receive", **fields)


def registered(day: str = "2026-03-02", **fields: Any) -> Story:
    """Wang Min has registered it at the city petition office."""
    return received(day).does("register", **fields)


def transferred(to_unit: str = "city-housing", **fields: Any) -> Story:
    """... and transferred it the next morning."""
    return registered(**fields).on("2026-03-03").does("transfer", to_unit=to_unit)


def accepted(**fields: Any) -> Story:
    """Li Na of the housing department has accepted it, 2026-03-05."""
    return transferred().by("lina").on("2026-03-05").does("accept", **fields)


def answered(result: str = "not_supported") -> Story:
    """Chen Bo has signed and Li Na delivered the opinion, 2026-04-10."""
    story = accepted().on("2026-04-08").does("submit_opinion", result=result)
    return (
        story.by("chenbo").does("issue_opinion").by("lina").on("2026-04-10").does("deliver_opinion")
    )


def reviewing(to_unit: str = "city-government") -> Story:
    """The petitioner has asked for a review, 2026-04-20."""
    return answered().by("petitioner").on("2026-04-20").does("request_review", to_unit=to_unit)


def reviewed(appeal_result: str = "upheld") -> Story:
    """Wu Tao of the city government has decided and delivered the review, 2026-05-12."""
    story = reviewing().by("wutao").on("2026-05-11")
    story.does("issue_review_opinion", appeal_result=appeal_result)
    return story.on("2026-05-12").does("deliver_review_opinion")


def reexamining() -> Story:
    """The petitioner has asked the provincial government for a re-examination, 2026-05-20."""
    story = reviewed().by("petitioner").on("2026-05-20")
    return story.does("request_reexamination", to_unit="province-government")


def concluded() -> Story:
    """Shen Hao of the provincial government has decided and delivered; the three levels are over, 2026-06-11."""
    story = reexamining().by("shenhao").on("2026-06-10").does("issue_reexamination_opinion")
    return story.on("2026-06-11").does("deliver_reexamination_opinion")


def reported(*units: str, to_unit: str = "city-discipline") -> Story:
    """A report against these units, registered and sent to the discipline commission."""
    story = registered(kind="report", reported_units=list(units))
    return story.on("2026-03-03").does("transfer", to_unit=to_unit)
