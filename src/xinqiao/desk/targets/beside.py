"""What stands beside a figure: its target, what is expected of the year, and signs that it may not tell the truth."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from xinqiao.desk.targets.asking import Asked
from xinqiao.desk.targets.signs.words import said as sign_said
from xinqiao.desk.words import Names
from xinqiao.rules.indicators import indicators
from xinqiao.rules.persons import Person
from xinqiao.rules.targets import WHOLE, Aim
from xinqiao.rules.targets import told as amount_said
from xinqiao.targets.forecast import queries as forecasts
from xinqiao.targets.forecast.values import ForecastLine, Method, month_after
from xinqiao.targets.forecast.values import Range as Expected
from xinqiao.targets.integrity import queries as integrity
from xinqiao.targets.integrity.values import SignLine
from xinqiao.targets.plans import queries as plans
from xinqiao.targets.plans.values import PlaceLine
from xinqiao.ui.charts import Range
from xinqiao.ui.templatetags.figures import said


@dataclass(frozen=True, kw_only=True)
class Ahead:
    """The rest of the year as it is expected, month by month, and the whole year in words."""

    band80: Mapping[date, Range]
    band95: Mapping[date, Range]
    words: str
    range: str
    naive: bool
    total: Expected


@dataclass(frozen=True, kw_only=True)
class Aimed:
    """A target of the year: `value` of the whole year as figures are (a rate from 0 to 1), None for a rank.

    `away` says how far the year so far is from it, or from passing it.
    """

    value: float | None
    words: str
    reached: bool
    away: str = ""


@dataclass(frozen=True, kw_only=True)
class Sign:
    """A sign of integrity in words, and where its cases are."""

    words: str
    address: str


@dataclass(frozen=True, kw_only=True)
class Beside:
    """All of it, by indicator."""

    aims: Mapping[str, Aimed] = field(default_factory=dict)
    ahead: Mapping[str, Ahead] = field(default_factory=dict)
    signs: Mapping[str, Sequence[Sign]] = field(default_factory=dict)


def beside(asked: Asked, person: Person, ids: Sequence[str]) -> Beside:
    """What is known of these indicators for the place and the year.

    As of a past moment there is none of it: forecasts and signs are those of today.
    """
    if asked.as_of is not None:
        return Beside()
    kept = forecasts.lines(asked.place, asked.year, ids)
    bound = plans.lines(person, asked.year, asked.now, place=asked.place)
    return Beside(
        aims={line.binding.indicator: _aimed(line) for line in bound},
        ahead={one: _ahead(line) for one, line in kept.items()},
        signs=_signs(asked, person, ids),
    )


def _aimed(line: PlaceLine) -> Aimed:
    """What binds the place; a rank has no value to draw."""
    binding = line.binding
    rate = indicators()[binding.indicator].shows == "rate"
    if binding.aimed is None:
        words = _("among the first %(share)s") % {"share": amount_said(binding.amount, True)}
        return Aimed(value=None, words=words if binding.aim is Aim.BAND else "—", reached=line.reached)  # fmt: skip
    value = binding.aimed / WHOLE if rate else float(binding.aimed)
    return Aimed(value=value, words=said(value, rate), reached=line.reached, away=_away(line, rate))


def _away(line: PlaceLine, rate: bool) -> str:
    """The year to this day, with the month that runs, and how that lies to the target."""
    amount = line.this.amount if line.this is not None else None
    if amount is None or line.away is None:
        return ""
    facts = {"now": amount_said(amount, rate), "away": amount_said(line.away, rate)}
    if line.away <= 0:
        return _("%(now)s to date, within it") % facts
    if indicators()[line.binding.indicator].better == "fewer":
        return _("%(now)s to date, %(away)s above it") % facts
    return _("%(now)s to date, %(away)s below it") % facts


def _ahead(line: ForecastLine) -> Ahead:
    ahead, rate = line.ahead, indicators()[line.indicator].shows == "rate"
    months = {month_after(ahead.first, place): one for place, one in enumerate(ahead.months)}
    total = ahead.total

    def told(value: float) -> str:
        return said(value if rate else round(value), rate)

    return Ahead(
        band80={month: (one.lo80, one.hi80) for month, one in months.items()},
        band95={month: (one.lo95, one.hi95) for month, one in months.items()},
        words=told(total.mean), range=f"{told(total.lo80)} – {told(total.hi80)}", naive=ahead.method is Method.NAIVE,
        total=total,
    )  # fmt: skip


def _signs(asked: Asked, person: Person, ids: Sequence[str]) -> dict[str, list[Sign]]:
    """The open signs beside each indicator, as far as the person sees them."""
    found = integrity.standing(ids, asked.place, person, asked.now)
    return {one: [_sign(line, asked.names) for line in lines] for one, lines in found.items()}


def _sign(line: SignLine, names: Names) -> Sign:
    shown = sign_said(line, names)
    return Sign(words=f"{shown.name} · {shown.unit}", address=reverse("desk:sign", args=[line.id]))
