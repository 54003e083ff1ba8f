"""What the page of a matter shows, read from its sheet: clocks, contacts with their files, facts, other matters."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from xinqiao.desk.words import Names
from xinqiao.directory import queries as directory
from xinqiao.evidence import queries as evidence
from xinqiao.evidence.values import CONTACT, FileInfo
from xinqiao.intake import queries as intake
from xinqiao.intake.queries import ContactLine
from xinqiao.law.clocks import Clock
from xinqiao.matters.queries import Sheet, Told
from xinqiao.people import queries as people
from xinqiao.people.values import MaskedParty
from xinqiao.reception import queries as reception
from xinqiao.rules.facts import Facts
from xinqiao.ui.punctuation import listed

_DUTIES, _WINDOWS = ("overdue", "running", "paused"), ("open",)


@dataclass(frozen=True, kw_only=True)
class ClockLine:
    """A clock with its name and its reasons in words."""

    clock: Clock
    name: str
    owner: str
    why: Sequence[str]


@dataclass(frozen=True, kw_only=True)
class ContactCard:
    """A contact with its words and the people behind it, masked."""

    line: ContactLine
    subject: str | None
    body: str | None
    parties: Sequence[MaskedParty]
    files: Sequence[FileInfo]
    room: str = ""
    leader: str = ""


def clock_lines(clocks: Sequence[Clock], names: Names) -> tuple[list[ClockLine], list[ClockLine]]:
    """The clocks that run, duties before windows, the nearest first; and those that are over, the latest first."""
    lang = "en" if names.language.startswith("en") else "zh"
    lines = [
        ClockLine(
            clock=clock,
            name=names.word("clock", clock.id),
            owner=names.word("owner", clock.owner),
            why=clock.as_dict(lang)["why"],  # type: ignore[arg-type]
        )
        for clock in clocks
    ]
    live = [line for line in lines if line.clock.state in _DUTIES + _WINDOWS]
    done = [line for line in reversed(lines) if line.clock.state not in _DUTIES + _WINDOWS]
    return sorted(live, key=_nearness), done


def _nearness(line: ClockLine) -> tuple[bool, date]:
    """Duties before windows, then by date."""
    return line.clock.state in _WINDOWS, line.clock.due_day or date.max


def contact_cards(sheet: Sheet) -> list[ContactCard]:
    """The contacts of the matter, the latest first, with their words from the ledger."""
    lines = intake.of_matter(sheet.line.id)
    said: dict[int, Told] = {entry.seq: entry for entry in sheet.entries}
    parties = people.masked_parties([line.id for line in lines])
    files = evidence.files_of_each(CONTACT, [line.id for line in lines])
    where = reception.where_received([line.id for line in lines if line.channel == "visit"])
    names = directory.account_names([one.leader for one in where.values() if one.leader])
    return [
        ContactCard(
            line=line,
            subject=said[line.seq].texts.get("subject"),
            body=said[line.seq].texts.get("body"),
            parties=parties[line.id],
            files=files[line.id],
            room=where[line.id].room if line.id in where else "",
            leader=names.get(where[line.id].leader or 0, "") if line.id in where else "",
        )
        for line in reversed(lines)
    ]


def persons_said(n: int) -> str:
    """How many came."""
    return ngettext("%(n)s person", "%(n)s persons", n) % {"n": n}


def apart_said(n: int) -> str:
    """How many matters were found to be about something else."""
    said = ngettext("%(n)s is about something else", "%(n)s are about something else", n)
    return said % {"n": n}


def counts_said(over: int, elsewhere: int) -> dict[str, str]:
    """How many dates are over, and how many steps are not the person's now."""
    dates = ngettext("%(n)s date that is over", "%(n)s dates that are over", over)
    steps = ngettext(
        "%(n)s step of other stages or people, and why it is not possible",
        "%(n)s steps of other stages or people, and why they are not possible",
        elsewhere,
    )
    return {"over": dates % {"n": over}, "elsewhere": steps % {"n": elsewhere}}


def fact_lines(sheet: Sheet, names: Names) -> list[tuple[str, str]]:
    """The facts of the matter that are known, as label and words."""
    facts = sheet.facts
    found = [
        *_classification(facts, names),
        (_("Received by"), names.unit(facts.receiver)),
        (_("Sent by"), names.unit(facts.referrer) if facts.referrer else ""),
        (_("Handling unit"), names.unit(facts.handler) if facts.handler else ""),
        (names.word("field", "officer"), _account(facts.officer)),
        (_("Reviewing organ"), names.unit(facts.reviewer) if facts.reviewer else ""),
        (_("Re-examining organ"), names.unit(facts.reexaminer) if facts.reexaminer else ""),
        *_course(facts, names),
        (
            _("Reported units"),
            listed(names.unit(code) for code in sorted(facts.reported_units)),
        ),
        (_("Law it began under"), names.word("law", sheet.law)),
    ]
    return [(label, words) for label, words in found if words]


def _classification(facts: Facts, names: Names) -> list[tuple[str, str]]:
    return [
        (names.word("field", "kind"), names.word("kind", facts.kind or "")),
        (names.word("field", "category"), names.category(facts.category)),
        (names.word("field", "region"), names.region(facts.region) if facts.region else ""),
        (names.word("field", "path"), names.word("path", facts.path or "")),
        (names.word("field", "channel"), names.word("channel", facts.channel)),
    ]


def _course(facts: Facts, names: Names) -> list[tuple[str, str]]:
    """How it has gone so far."""
    asked = _("%(days)s days, undecided") % {"days": facts.extension_asked}
    return [
        (names.word("field", "procedure"), names.word("procedure", facts.procedure)),
        (names.word("field", "report_by"), facts.report_by.isoformat() if facts.report_by else ""),
        (_("Extension"), asked if facts.extension_asked else ""),
        (_("Extended by"), _("%(days)s days") % {"days": facts.extended} if facts.extended else ""),
        (_("Objections"), str(facts.objections) if facts.objections else ""),
        (
            names.word("field", "hearing_on"),
            facts.hearing_on.isoformat() if facts.hearing_on else "",
        ),
        (names.word("field", "result"), names.word("result", facts.result)),
        (_("Result of the review"), names.word("appeal_result", facts.review_result)),
        (
            _("Result of the re-examination"),
            names.word("appeal_result", facts.reexamination_result),
        ),
        (_("Executed"), names.yes_no(facts.executed) if facts.supported else ""),
        (
            names.word("field", "settled"),
            names.yes_no(facts.settled) if facts.settled is not None else "",
        ),
    ]


def _account(account: int | None) -> str:
    return directory.account_names([account]).get(account, "") if account is not None else ""
