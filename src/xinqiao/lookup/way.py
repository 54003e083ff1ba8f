"""The way of a matter so far, told to its petitioner: which entries, in which words, with which texts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from xinqiao.lookup.meaning import MEANS
from xinqiao.lookup.telling import ANSWERS, TOLD, Answer, Telling
from xinqiao.lookup.words import Words, day_words
from xinqiao.matters.queries import Sheet, Told
from xinqiao.rules.entries import Entry, effective
from xinqiao.rules.facts import Facts
from xinqiao.rules.fields import FIELDS, FieldType
from xinqiao.rules.states import Kind
from xinqiao.rules.units import UnitKind

_DAYS = ("report_by", "hearing_on", "executed_on", "paid_on")


@dataclass(frozen=True, kw_only=True)
class Station:
    """One line of the way. `texts` are pairs of a label and words; `revoked` says that it was taken back later.

    `seq` is the number of its entry; `means` says in a sentence what follows from it; "" where the line says enough.
    """

    seq: int
    title: str
    at: datetime
    icon: str
    texts: Sequence[tuple[str, str]] = ()
    revoked: bool = False
    means: str = ""


@dataclass(frozen=True, kw_only=True)
class Paper:
    """An answer or an opinion to read: its name, when it came, from whom, what it decides, its texts.

    `seq` is the number of the entry that handed it out.
    """

    seq: int
    title: str
    at: datetime
    unit: str
    decisions: Sequence[tuple[str, str]] = ()
    texts: Sequence[tuple[str, str]] = field(default=())


class Teller:
    """Tells one matter to whoever opened it with the number of one of its contacts."""

    def __init__(self, sheet: Sheet, contact: str, words: Words) -> None:
        self.words = words
        self.facts = sheet.facts
        self.contact = contact
        self.entries = sheet.entries
        counted = effective(_value(told) for told in sheet.entries)
        self._at = {entry.seq: entry.at for entry in counted}

    def stations(self) -> list[Station]:
        """The way so far, oldest first."""
        return [self._station(told, TOLD[told.step]) for told in self.entries if told.step in TOLD]

    def papers(self) -> list[Paper]:
        """What was answered and decided, the newest first; what was taken back is no answer."""
        told = [one for one in self.entries if one.step in ANSWERS and one.seq in self._at]
        return [self._paper(one, ANSWERS[one.step]) for one in reversed(told)]

    def question(self) -> str:
        """The question that waits for the petitioner; "" when none does."""
        if not self.facts.question_open:
            return ""
        asked = [one.texts.get("question") for one in self.entries if one.step == "ask_petitioner"]
        return asked[-1] or "" if asked else ""

    def own_words(self) -> Mapping[str, str]:
        """Subject and text of the contact with whose number the matter was opened, as far as they are kept."""
        own = (one for one in self.entries if one.payload.get("contact") == self.contact)
        return {name: text for one in own for name, text in one.texts.items() if text}

    def unit(self, code: str) -> str:
        """The name of a unit; of a report only petition offices are named."""
        return unit_name(code, self.facts, self.words)

    def _station(self, told: Told, telling: Telling) -> Station:
        revoked = told.seq not in self._at and told.step not in {"revoke", "correct_date"}
        facts = {
            "unit": self.unit(told.unit),
            "to": self.unit(str(told.payload.get("to_unit", ""))),
            "day": next(
                (self._day(told.payload[name]) for name in _DAYS if told.payload.get(name)), ""
            ),
            "days": self._extended(told),
        }
        return Station(
            seq=told.seq,
            title=str(telling.sentence) % facts,
            at=self._at.get(told.seq, told.at),
            icon=telling.icon,
            texts=()
            if revoked
            else self._shown(self._source(told, telling.source), self._readable(telling)),
            revoked=revoked,
            means="" if revoked else str(MEANS.get(told.step, "")),
        )

    def _paper(self, told: Told, answer: Answer) -> Paper:
        source = self._source(told, answer.source)
        decisions = [
            (self.words.label("field", name), self._choice(name, source.payload[name]))
            for name in answer.choices
            if name in source.payload
        ]
        return Paper(
            seq=told.seq, title=self.words.label("paper", answer.paper), at=self._at[told.seq],
            unit=self.unit(told.unit), decisions=decisions, texts=self._shown(source, answer.texts),
        )  # fmt: skip

    def _source(self, told: Told, step: str) -> Told:
        """The last entry of `step` before this one that still counts; the entry itself when it needs no other."""
        if not step:
            return told
        before = [
            one
            for one in self.entries
            if one.step == step and one.seq < told.seq and one.seq in self._at
        ]
        return before[-1] if before else told

    def counted(self) -> list[Told]:
        """The entries that still count: what was taken back later is left out."""
        return [told for told in self.entries if told.seq in self._at]

    @property
    def sole(self) -> bool:
        """Whether nobody else petitions on the matter, so that what a petitioner wrote is their own."""
        return self.facts.contacts == 1

    def _readable(self, telling: Telling) -> tuple[str, ...]:
        return telling.texts + (telling.own if self.sole else ())

    def _shown(self, told: Told, names: Sequence[str]) -> list[tuple[str, str]]:
        """The texts of an entry with their labels; an erased one says so."""
        return [
            (self.words.label("field", name), told.texts[name] or _("(erased)"))
            for name in names
            if name in told.texts
        ]

    def _choice(self, name: str, code: Any) -> str:
        if FIELDS[name].type is FieldType.YES_NO:
            return self.words.yes_no(bool(code))
        return self.words.label(name, code)

    def _extended(self, told: Told) -> str:
        asked = (
            self._source(told, "request_extension") if told.step == "approve_extension" else told
        )
        return str(asked.payload.get("days", ""))

    def _day(self, text: str) -> str:
        return day_words(date.fromisoformat(text))


def unit_name(code: str, facts: Facts, words: Words) -> str:
    """How a unit is called in front of the petitioner: of a report, only petition offices are."""
    if not code:
        return ""
    if facts.kind is Kind.REPORT and not _is_office(code, words):
        return _("The organ in charge")
    return words.unit(code)


def _is_office(code: str, words: Words) -> bool:
    return code in words.units and words.units[code].kind is UnitKind.PETITION_OFFICE


def _value(told: Told) -> Entry:
    return Entry(
        seq=told.seq,
        step=told.step,
        at=told.at,
        account=told.account,
        unit=told.unit,
        payload=told.payload,
    )
