"""The first thing a leader reads: what stands, what is overdue, where the year will end, what is worth a look."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from xinqiao.desk.targets import told
from xinqiao.desk.targets.asking import Asked, address_of
from xinqiao.desk.targets.beside import Aimed, Beside
from xinqiao.desk.targets.plans.common import points_said
from xinqiao.desk.targets.reading import Line
from xinqiao.rules.indicators import Indicator, indicators
from xinqiao.targets.forecast.values import Range
from xinqiao.targets.plans.values import PlaceScore

#: Companions that say what is open although its day has come.
_OVERDUE = ("acceptance_overdue", "answer_overdue")
#: So many signs are named; the others stand beside their figures and in their own list.
MOST_SIGNS = 3


@dataclass(frozen=True, kw_only=True)
class Said:
    """A line of it, and where it leads; `more` stands behind it."""

    words: str
    address: str = ""
    more: str = ""


@dataclass(frozen=True, kw_only=True)
class Part:
    """One of its parts: what is asked, the answer in a few words, the lines that it rests on."""

    title: str
    answer: str
    lines: Sequence[Said] = ()


def in_short(
    asked: Asked, lines: Sequence[Line], stands: Beside, score: PlaceScore | None
) -> list[Part]:
    """Its parts. As of a past day only what was overdue: targets, forecasts and signs are those of today."""
    if asked.as_of is not None:
        return [_overdue(asked, lines)]
    return [
        _targets(asked, stands, score),
        _overdue(asked, lines),
        _end(asked, stands),
        _looks(asked, stands),
    ]


def _indicator(asked: Asked, one: str) -> tuple[str, str]:
    """What an indicator is called, and its address."""
    label = indicators()[one].label(asked.names.language)
    return label, address_of("indicator", asked, one)


def _targets(asked: Asked, stands: Beside, score: PlaceScore | None) -> Part:
    reached = sum(one.reached for one in stands.aims.values())
    facts = {"reached": reached, "all": len(stands.aims)}
    answer = _("%(reached)s of %(all)s within") % facts if stands.aims else _("none set")
    lines = []
    for code, aim in stands.aims.items():
        if not aim.reached:
            label, address = _indicator(asked, code)
            more = aim.away or _("no figure yet")
            lines.append(Said(words=label, address=address, more=more))
    if score is not None:
        lines.append(_score(asked, score))
    return Part(title=_("Targets of the year"), answer=answer, lines=lines)


def _score(asked: Asked, score: PlaceScore) -> Said:
    """How the place was last assessed, and where that put it among places of its size."""
    year = score.scores[0].year
    facts = {"year": year, "points": points_said(score.total)}
    words = _("Assessment of %(year)s: %(points)s points") % facts
    more = told.rank(asked.names, score.rank) if score.rank else ""
    return Said(words=words, address=f"{reverse('desk:plan_scores')}?year={year}", more=more)


def _overdue(asked: Asked, lines: Sequence[Line]) -> Part:
    """What is open although its day has come."""
    found = dict(_companions(lines))
    late = [(code, found[code]) for code in _OVERDUE if found.get(code)]
    count = sum(number for _code, number in late)
    answer = ngettext("%(count)d overdue", "%(count)d overdue", count) % {"count": count}
    said = []
    for code, number in late:
        label = indicators()[code].label(asked.names.language)
        address = address_of("behind", asked, code)
        said.append(Said(words=label, address=address, more=str(number)))
    return Part(title=_("Open and overdue"), answer=answer if late else _("nothing"), lines=said)


def _companions(lines: Sequence[Line]) -> Iterator[tuple[str, int]]:
    for line in lines:
        for one, amount in line.companions:
            yield one.id, amount.counts if amount is not None else 0


def _end(asked: Asked, stands: Beside) -> Part:
    """Of the targets with a figure and a forecast, which will be kept, which will not, which may go either way."""
    judged = {
        code: _judged(indicators()[code], stands.ahead[code].total, aim)
        for code, aim in stands.aims.items()
        if aim.value is not None and aim.away and code in stands.ahead
    }
    title = _("At the end of the year")
    if not judged:
        return Part(title=title, answer=_("no forecast of a target"))
    words = {"no": _("expected to be missed"), "open": _("may go either way")}
    lines = []
    for code, how in judged.items():
        if how in words:
            label, _address = _indicator(asked, code)
            address = address_of("forecast", asked, code)
            lines.append(Said(words=label, address=address, more=words[how]))
    facts = {"kept": sum(how == "yes" for how in judged.values()), "all": len(judged)}
    return Part(title=title, answer=_("%(kept)s of %(all)s expected to be kept") % facts, lines=lines)  # fmt: skip


def _judged(one: Indicator, total: Range, aim: Aimed) -> str:
    """Whether the whole 80 % range lies within the target, beyond it, or on both sides of it."""
    value = aim.value or 0.0
    least, most = (total.lo80, total.hi80) if one.better == "fewer" else (-total.hi80, -total.lo80)
    limit = value if one.better == "fewer" else -value
    return "yes" if most <= limit else "no" if least > limit else "open"


def _looks(asked: Asked, stands: Beside) -> Part:
    """The signs that stand beside these figures, each once."""
    signs = {sign.address: sign for found in stands.signs.values() for sign in found}
    count = len(signs)
    answer = ngettext("%(count)d sign", "%(count)d signs", count) % {"count": count}
    lines = [Said(words=sign.words, address=sign.address) for sign in list(signs.values())[:MOST_SIGNS]]  # fmt: skip
    if count > MOST_SIGNS:
        lines.append(Said(words=_("all of them"), address=reverse("desk:signs")))
    return Part(title=_("Worth a look"), answer=answer if count else _("no sign"), lines=lines)
