"""`xinqiao targets integrity`: signs of integrity, and how far they can be trusted."""

import json
import time
from pkgutil import resolve_name
from typing import Any

import click

from xinqiao.cli import SETUP
from xinqiao.rules.integrity import signs

EPILOG = """\b
Example:
  xinqiao targets integrity
  xinqiao targets integrity --selftest --json > selftest.json

Exit status of the self-test: 0 every sign finds 90 % of the planted fraud at 5 % false alarms or less, 1 one does not.
"""
#: What every sign has to reach in the self-test.
FOUND, FALSE_ALARMS = 0.9, 0.05


@click.command(epilog=EPILOG)
@click.option("--selftest", is_flag=True, help="Plant fraud, and say how much of it is found.")
@click.option(
    "--seeds", default=40, show_default=True, help="Places that are made for each kind of fraud."
)
@click.option("--json", "as_json", is_flag=True, help="Print everything as JSON.")
def command(selftest: bool, seeds: int, as_json: bool) -> None:
    """Look for signs of integrity among the figures of the last twelve months."""
    if not selftest:
        _look(as_json)
        return
    started = time.monotonic()
    results = _tested(seeds)
    click.echo(json.dumps(results, indent=1) if as_json else _table(results))
    click.echo(f"{seeds} places a kind, {time.monotonic() - started:.0f} s", err=True)
    raise SystemExit(0 if all(one["passed"] for one in results["signs"]) else 1)


def _look(as_json: bool) -> None:
    """What the nightly job does, now; prints what stands."""
    resolve_name(SETUP)()
    jobs: Any = resolve_name("xinqiao.targets.integrity.jobs")
    now = resolve_name("django.utils.timezone:now")()
    jobs.look(now)
    rows = jobs.standing()
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
        return
    for row in rows:
        click.echo(
            f"{row['unit']}\t{row['sign']}.{row['part']}\t{row['strength']}\tp={row['p']:.2g}\t{row['says_en']}"
        )
    click.echo(f"{len(rows)} signs stand. They accuse nobody, and ask for a look.", err=True)


# -- the self-test -----------------------------------------------------------------------------------------------------


def _tested(seeds: int) -> dict[str, Any]:
    """Every kind of fraud on these many places, of seeds that nobody looked at when the thresholds were chosen."""
    figures: Any = resolve_name("xinqiao.targets.integrity.planting.figures")
    kinds: Any = resolve_name("xinqiao.targets.integrity.planting.kinds:KINDS")
    numbers = range(figures.FIRST_SEED, figures.FIRST_SEED + seeds)
    rows = {}
    for name in kinds:
        click.echo(f"{name} ...", err=True)
        rows[name] = _row(figures.measure(numbers, [name])[name])
    return {
        "seeds": [numbers.start, numbers.stop - 1],
        "standard": figures.STANDARD,
        "signs": [_sign(one, rows, figures.STANDARD) for one in signs()],
        "kinds": rows,
    }


def _row(figures: Any) -> dict[str, Any]:
    return {
        "found": {str(strength): share.value for strength, share in figures.found.items()},
        "found_in_small_units": figures.small.value,
        "false_alarms": {
            "clean_places": figures.clean_places.value,
            "clean_units": figures.clean_units.value,
            "honest_units_beside_fraud": figures.beside.value,
        },
    }


def _sign(sign: str, rows: dict[str, Any], standard: float) -> dict[str, Any]:
    """A sign is as good as the weakest of its parts; false alarms of its parts are added up."""
    own = [row for name, row in rows.items() if name.startswith(f"{sign}.")]
    found = min(row["found"][str(standard)] for row in own)
    alarms = {key: sum(row["false_alarms"][key] for row in own) for key in own[0]["false_alarms"]}
    passed = found >= FOUND and alarms["clean_places"] <= FALSE_ALARMS
    return {"sign": sign, "found": found, "false_alarms": alarms, "passed": passed}


def _table(results: dict[str, Any]) -> str:
    """What a reader sees: the two figures of each sign, then how strong a fraud has to be."""
    lines = [
        f"Planted: {results['standard']:.0%} of what could be tampered with, in one of 24 units.",
        "False alarms: clean places with any sign | clean units | honest units beside a fraudulent one.",
        "",
        f"{'sign':24}{'found':>8}{'places':>9}{'units':>8}{'beside':>8}",
    ]
    for one in results["signs"]:
        alarms = [f"{share:>8.1%}" for share in one["false_alarms"].values()]
        verdict = "" if one["passed"] else "  not enough"
        lines.append(f"{one['sign']:24}{one['found']:>8.0%} {''.join(alarms)}{verdict}")
    strengths = list(next(iter(results["kinds"].values()))["found"])
    lines += [
        "",
        "How strong a fraud has to be: found, by the share that was tampered with (small: 20 to 49 cases, standard).",
    ]
    lines.append(f"{'':28}" + "".join(f"{float(one):>7.0%}" for one in strengths) + f"{'small':>8}")
    for name, row in results["kinds"].items():
        small = row["found_in_small_units"]
        shares = "".join(f"{share:>7.0%}" for share in row["found"].values())
        lines.append(f"{name:28}{shares}{'-' if small is None else f'{small:.0%}':>8}")
    return "\n".join(lines)
