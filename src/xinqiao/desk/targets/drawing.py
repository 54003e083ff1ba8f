"""The charts of an indicator, each with a sentence for whoever sees no picture."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _

from xinqiao.desk.targets.asking import Asked, name_of
from xinqiao.desk.targets.beside import Ahead
from xinqiao.desk.targets.reading import Amounts
from xinqiao.rules.indicators import Indicator
from xinqiao.targets.values import Place
from xinqiao.ui.charts import Chart, ChartKind, Range, Series, Value
from xinqiao.ui.punctuation import in_turn, valued
from xinqiao.ui.templatetags.figures import said


def by_month(
    asked: Asked, indicator: Indicator, months: Sequence[date], this: Sequence[Value], before: Sequence[Value],
    ahead: Ahead | None, target: float | None,
) -> Chart:  # fmt: skip
    """This year beside the year before, with what is expected of the months to come."""
    percent = indicator.shows == "rate"
    label = indicator.label(asked.names.language)
    bands = _bands(ahead, months) if ahead else (None, None)
    return Chart(
        title=_("%(indicator)s by month") % {"indicator": label}, kind=ChartKind.LINE, first=_("Month"),
        labels=[f"{month:%m}" if asked.names.language.startswith("en") else f"{month.month}月" for month in months],
        series=[Series(name=str(asked.year), values=this), Series(name=str(asked.year - 1), values=before)],
        band80=bands[0], band95=bands[1], target=target, percent=percent,
        says=_said(label, asked, this, percent),
    )  # fmt: skip


def _bands(ahead: Ahead, months: Sequence[date]) -> tuple[list[Range] | None, list[Range] | None]:
    inner: list[Range] = [ahead.band80.get(month) for month in months]
    outer: list[Range] = [ahead.band95.get(month) for month in months]
    return (inner, outer) if any(outer) else (None, None)


def _said(label: str, asked: Asked, this: Sequence[Value], percent: bool) -> str:
    known = [one for one in this if one is not None]
    if not known:
        return _("%(indicator)s of %(place)s in %(year)s: no month is known yet.") % {
            "indicator": label, "place": asked.name, "year": asked.year,
        }  # fmt: skip
    facts = {
        "indicator": label, "place": asked.name, "year": asked.year, "least": said(min(known), percent),
        "most": said(max(known), percent), "last": said(known[-1], percent),
    }  # fmt: skip
    return (
        _(
            "%(indicator)s of %(place)s in %(year)s by month: between %(least)s and %(most)s, lately %(last)s."
        )
        % facts
    )


def of_places(asked: Asked, indicator: Indicator, places: Sequence[Place], amounts: Amounts) -> Chart:  # fmt: skip
    """The places below as bars, the largest first."""
    found = [(name_of(asked.names, place), amounts.get((place, indicator.id))) for place in places]
    values = [(name, amount.value if amount else None) for name, amount in found]
    values.sort(key=lambda one: -(one[1] or 0))
    return named(asked, indicator, _("By place"), _("Place"), values)


def named(
    asked: Asked, indicator: Indicator, title: str, first: str, values: Sequence[tuple[str, Value]]
) -> Chart:
    """Names with a bar each."""
    label = indicator.label(asked.names.language)
    percent = indicator.shows == "rate"
    told = [(name, value) for name, value in values if value is not None]
    says = in_turn(f"{name} {said(value, percent)}" for name, value in told[:5])
    says = says or _("Nothing is known yet.")
    return Chart(
        title=title, kind=ChartKind.BARS, labels=[name for name, _value in values], first=first, lying=True,
        series=[Series(name=label, values=[value for _name, value in values])], percent=percent,
        says=valued(label, says),
    )  # fmt: skip
