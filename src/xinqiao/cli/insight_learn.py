"""`xinqiao insight learn`: what this platform learned from what persons confirmed, and how far it can be believed."""

import json
from dataclasses import asdict
from typing import Any

import click
from django.utils import timezone

from xinqiao.cli.django import require_migrated
from xinqiao.insight.classifying import jobs as categories
from xinqiao.insight.classifying import overview
from xinqiao.insight.classifying.reliability import as_dict
from xinqiao.insight.kept import folder
from xinqiao.insight.same import jobs as same
from xinqiao.insight.same import overview as same_overview

EPILOG = """\b
Example:
  xinqiao insight learn
  xinqiao insight learn --json
  xinqiao insight learn --show --json

Trains where it is due, as the worker does at night; a new version serves only where it does better. Figures alone are
printed, nothing of any matter.
"""


@click.command(epilog=EPILOG)
@click.option("--show", is_flag=True, help="Train nothing, only print what there is.")
@click.option("--json", "as_json", is_flag=True, help="Print everything as JSON.")
def command(show: bool, as_json: bool) -> None:
    """Learn categories and same matters where it is due; print versions, figures and reliability."""
    require_migrated()
    if not show:
        try:
            _learn()
        except OSError as error:
            raise click.ClickException(
                f"What was learned cannot be kept in {folder()}: {error.strerror}"
            ) from error
    told = {"categories": _categories(), "same_matters": _same()}
    if as_json:
        click.echo(json.dumps(told, ensure_ascii=False, indent=1, default=str))
        return
    _say_categories()
    _say_same()


def _learn() -> None:
    now = timezone.now()
    categories.follow_all(now)
    categories.learn(now)
    same.follow_all(now)
    same.learn(now)


def _categories() -> dict[str, Any]:
    source = overview.state().source
    return {
        "serving": str(source.serving), "version": source.version,
        "versions": [
            asdict(one) | {"reliability": [as_dict(stretch) for stretch in one.reliability]}
            for one in overview.versions()
        ],
    }  # fmt: skip


def _same() -> dict[str, Any]:
    state = same_overview.state()
    return {
        "serving": str(state.serving), "version": state.version, "joined": state.same, "refused": state.apart,
        "needed_of_each": state.needed, "versions": [asdict(one) for one in same_overview.versions()],
    }  # fmt: skip


def _say_categories() -> None:
    state = overview.state()
    one = state.serving
    if one is None:
        click.echo("Categories: the words of the taxonomy serve.")
        return
    click.echo(
        f"Categories: version {one.number}, learned from {one.learned_from}; of {one.tested} held out"
        f" the first was right {one.first} times, one of three {one.three} times."
    )
    for stretch in one.reliability:
        said = "words alone" if stretch.low is None else f"{stretch.low:>3}-{stretch.high} %"
        click.echo(
            f"  said {said:>11}: {stretch.number:>4} suggestions, on average {stretch.said:.0f} %,"
            f" right {stretch.held:.0f} %"
        )


def _say_same() -> None:
    state = same_overview.state()
    serves = f"version {state.version}" if state.version else "what comes with the program"
    click.echo(
        f"Same matters: {serves} serves; {state.same} pairs joined and {state.apart} refused so far,"
        f" {state.needed} of each are needed to learn."
    )
    for one in same_overview.versions():
        click.echo(
            f"  version {one.number}: {one.found} of {one.tested_same} joined pairs found (before: {one.other_found}),"
            f" {one.wrong} of {one.tested_apart} refused ones linked (before: {one.other_wrong})"
            f"{'; serves' if one.in_use else ''}"
        )
