"""Signs in words, for pages and files."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from xinqiao.desk.words import Names
from xinqiao.rules.integrity import signs
from xinqiao.targets.integrity.values import Outcome, SignLine


@dataclass(frozen=True, kw_only=True)
class Shown:
    """A sign as a page says it."""

    line: SignLine
    name: str
    unit: str
    says: str
    strength: str
    outcome: str
    last: date

    @property
    def strong(self) -> bool:
        return self.line.strength == "strong"


def said(line: SignLine, names: Names) -> Shown:
    """The sign in the reader's language."""
    lang, sign = get_language() or "zh", signs()[line.sign]
    return Shown(
        line=line, name=sign.label(lang), unit=names.unit(line.unit), says=sign.says(line.part, line.facts, lang),
        strength=strength(line.strength), outcome=outcome(line.outcome), last=line.end - timedelta(days=1),
    )  # fmt: skip


def strength(code: str) -> str:
    return _("strong") if code == "strong" else _("worth a look")


def outcome(code: str) -> str:
    """What was found by who looked."""
    return {
        Outcome.EXPLAINED.value: _("explained"),
        Outcome.CONFIRMED.value: _("confirmed"),
        Outcome.CORRECTED.value: _("put right"),
    }.get(code, _("nobody has looked yet"))


def headings() -> Sequence[str]:
    return [
        _("Sign"), _("Unit"), _("First day"), _("Last day"), _("Strength"), _("What the figures show"),
        _("Chance without a cause"), _("Looked at"),
    ]  # fmt: skip


def rows(lines: Iterable[SignLine], names: Names) -> Iterable[Sequence[Any]]:
    """The list as a file."""
    for one in (said(line, names) for line in lines):
        yield [
            one.name, one.unit, one.line.first, one.last, one.strength, one.says, chance(one.line.q), one.outcome,
        ]  # fmt: skip


def chance(q: float) -> str:
    """A chance as people read it."""
    if q < 0.001:
        return _("less than 1 in 1000")
    return _("about %(n)s in 1000") % {"n": max(round(1000 * q), 1)}
