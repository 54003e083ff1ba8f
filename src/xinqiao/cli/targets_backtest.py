"""`xinqiao targets backtest`: how good the forecasts would have been."""

import json

import click
from django.utils import timezone

from xinqiao.cli.django import require_migrated
from xinqiao.matters.queries import today
from xinqiao.targets.forecast import installed, series
from xinqiao.targets.values import Place, Scale

EPILOG = """\b
Example:
  xinqiao targets backtest
  xinqiao targets backtest --place region:340800 --json

\b
mae: mean absolute error of a month, naive: that of the same month a year before, scaled: the one by
the other (below 1 is better than naive); 80 % and 95 %: how many months lay within their ranges, and of
numbers how many sums of months. Each forecast is made from what was known in its month alone.
"""


@click.command(epilog=EPILOG)
@click.option(
    "--place", "said", default="", help="unit:CODE or region:CODE; without it all regions."
)
@click.option("--indicator", "indicators", multiple=True, help="Only this one; may be repeated.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def command(said: str, indicators: tuple[str, ...], as_json: bool) -> None:
    """Make forecasts from past months, and hold them against what came and against the naive ones."""
    require_migrated()
    if not installed():
        raise click.ClickException("Forecasts need the extra: pip install 'xinqiao[analytics]'.")
    from xinqiao.targets.forecast.backtest import FIRST, backtest  # noqa: PLC0415  the extra is there

    wanted = tuple(indicators) or series.FORECAST
    end = today(timezone.now()).replace(day=1)
    found = series.series_of(_places(said), end, wanted)
    scores = {
        one: backtest(s for (_, name), s in found.items() if name == one).as_dict()
        for one in wanted
    }
    told = {name: score for name, score in scores.items() if score["months"]}
    if as_json:
        click.echo(json.dumps(told, indent=1))
    elif not told:
        click.echo(
            f"No figures of more than {FIRST} months are kept yet: the worker makes them month by month.", err=True
        )  # fmt: skip
    else:
        _print(told)


def _places(said: str) -> list[Place]:
    """The place that was named, or all regions of which figures are kept."""
    if not said:
        return [one for one in series.places() if one.scale is Scale.REGION]
    scale, _, code = said.partition(":")
    if scale not in tuple(Scale) or not code:
        raise click.BadParameter("say unit:CODE or region:CODE", param_hint="--place")
    return [Place(scale=Scale(scale), code=code)]


def _print(told: dict[str, dict[str, int | float | None]]) -> None:
    click.echo(
        f"{'indicator':<24}{'series':>7}{'replaced':>10}{'mae':>9}{'naive':>9}{'scaled':>8}"
        f"{'80 %':>7}{'95 %':>7}{'sums 80':>9}{'sums 95':>9}"
    )
    for name, one in told.items():
        cells = [
            f"{name:<24}{one['series']:>7}", f"{one['replaced_by_naive']}/{one['forecasts']}".rjust(10),
            _number(one["mae"], 9), _number(one["mae_naive"], 9), _number(one["scaled"], 8),
            _share(one["cover_80"], 7), _share(one["cover_95"], 7),
            _share(one["cover_80_of_sums"], 9), _share(one["cover_95_of_sums"], 9),
        ]  # fmt: skip
        click.echo("".join(cells))


def _number(value: int | float | None, width: int) -> str:
    return ("-" if value is None else f"{value:.3f}").rjust(width)


def _share(value: int | float | None, width: int) -> str:
    return ("-" if value is None else f"{100 * value:.0f} %").rjust(width)
