"""`xinqiao targets simulate`: the queues of a place, played again or otherwise."""

import json
from dataclasses import asdict

import click
from django.utils import timezone

from xinqiao.cli.django import require_migrated
from xinqiao.targets.capacity import queries
from xinqiao.targets.capacity.values import Impossible, Move, Outcome, Played, Question
from xinqiao.targets.values import Place, Scale

EPILOG = """\b
Example:
  xinqiao targets simulate --place region:340800 --replay
  xinqiao targets simulate --place region:340800 --growth 30 --move anqing-housing:anqing-education:1

\b
--replay plays the last twelve whole months again and says how far the on-time rate is from what it was:
once with what these months showed, once with what the year before them showed alone.
"""
#: How far a replay may be from what was.
POINTS = 0.03


@click.command(epilog=EPILOG)
@click.option("--place", "said", required=True, help="unit:CODE or region:CODE.")
@click.option("--growth", default=0.0, help="Petitions rise by so many per cent.")
@click.option("--move", "moves", multiple=True, help="FROM:TO:OFFICERS; may be repeated.")
@click.option(
    "--replay", is_flag=True, help="Play the last year as it was. Exit 1 beyond 3 points."
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def command(said: str, growth: float, moves: tuple[str, ...], replay: bool, as_json: bool) -> None:
    """Play the last twelve months of a place event by event: as they were, or with more petitions, other officers."""
    require_migrated()
    place, question = (
        _place(said),
        Question(growth=growth / 100, moves=[_move(one) for one in moves]),
    )
    year = queries.last_year(place, timezone.now())
    if year is None:
        raise click.ClickException("Too many cases to play at once: name a smaller place.")
    if not any(year.counts(one.due) for one in year.cases):
        raise click.ClickException("No answer was due here in the last twelve months.")
    try:
        played = queries.played(year, Question() if replay else question)
    except Impossible as error:
        raise click.ClickException(f"{error.code}: {error.unit}") from error
    if played is None:
        raise click.ClickException(
            "The simulation needs the extra: pip install 'xinqiao[analytics]'."
        )
    if as_json:
        click.echo(json.dumps(asdict(played), indent=1, default=str))
    else:
        _print(played)
    if replay:
        _say_replay(place, played)


def _say_replay(place: Place, played: Played) -> None:
    whole = played.whole
    off = abs(whole.replayed.mean - whole.seen)
    again = f"played again {whole.replayed.mean:.1%}: {100 * off:.1f} points"
    click.echo(f"on time {whole.seen:.1%}, {again}", err=True)
    year = queries.last_year(place, timezone.now())
    before = queries.year_before(place, year.end) if year else None
    learned = (
        queries.played(year, Question(), fitted_on=before)
        if year and before and before.cases
        else None
    )
    if learned is not None:
        rate = learned.whole.replayed.mean
        apart = f"{rate:.1%}: {100 * abs(rate - whole.seen):.1f} points"
        click.echo(f"with what the year before showed {apart}", err=True)
    raise SystemExit(1 if off > POINTS else 0)


def _place(said: str) -> Place:
    scale, _, code = said.partition(":")
    if scale not in tuple(Scale) or not code:
        raise click.BadParameter("say unit:CODE or region:CODE", param_hint="--place")
    return Place(scale=Scale(scale), code=code)


def _move(said: str) -> Move:
    giver, _, rest = said.partition(":")
    taker, _, number = rest.partition(":")
    if not giver or not taker or not number.isdecimal():
        raise click.BadParameter("say FROM:TO:OFFICERS", param_hint="--move")
    return Move(giver=giver, taker=taker, officers=int(number))


def _print(played: Played) -> None:
    click.echo(
        f"{'unit':<36}{'cases':>7}{'seen':>8}{'replayed':>10}"
        f"{'asked':>8}{'between':>16}{'wait':>7}{'then':>7}"
    )
    for one in (played.whole, *played.units):
        click.echo(_line(one))


def _line(one: Outcome) -> str:
    between = f"{one.asked.low:.1%} - {one.asked.high:.1%}"
    return (
        f"{one.unit or 'all':<36}{one.cases:>7}{one.seen:>8.1%}{one.replayed.mean:>10.1%}{one.asked.mean:>8.1%}"
        f"{between:>16}{one.wait:>7.1f}{one.wait_asked:>7.1f}"
    )
