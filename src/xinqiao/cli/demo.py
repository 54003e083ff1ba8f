"""`xinqiao demo`: the demonstration city."""

import os
import secrets
import sys
import time
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

import click
from django.conf import settings
from django.utils import timezone

from xinqiao.config.founding import prepare_database
from xinqiao.config.log_in import offer_second_factor
from xinqiao.demo import catalogue, chapters, hotspots, load
from xinqiao.demo.bulk import load as bulk
from xinqiao.demo.bulk.founding import found_province
from xinqiao.demo.halls import open_halls
from xinqiao.demo.plan import plan
from xinqiao.demo.rhythm import Size
from xinqiao.directory.queries import accounts_by_username, units
from xinqiao.insight.reading.jobs import join_clusters, read_everything
from xinqiao.insight.spots.surveying import look_for_rises
from xinqiao.matters.verify import seal
from xinqiao.rules.entries import SHANGHAI
from xinqiao.search.jobs import file_everything
from xinqiao.targets.forecast.jobs import make_forecasts
from xinqiao.targets.keeping import keep_figures
from xinqiao.targets.open_figures.jobs import publish_months
from xinqiao.targets.values import Place, Scale

#: Times that the rules refused a step of the plan, by step and code: nothing, if all is well.
Refused = Mapping[tuple[str, str], int]

EXAMPLE = """\b
Example:
  xinqiao demo --size small
  XINQIAO_HOME=/tmp/city xinqiao demo --size city --seed 7
  XINQIAO_HOME=/tmp/province xinqiao demo --size province --contacts 100000

A province is for measuring: many cities that live alike, loaded in bulk, with true ledgers. Its
figures are counted by: xinqiao targets rebuild, its words are filed by: xinqiao index rebuild

The same seed on the same day gives the same city. Everything in it is invented, but for the codes and
names of its regions.
"""

SHOWN = (
    ("anqing-petition-office.clerk", "registers and refers"),
    ("anqing-petition-office.head", "decides objections"),
    ("anqing-housing.officer", "handles matters"),
    ("anqing-housing.head", "signs opinions, approves extensions"),
    ("anqing-human-resources.officer", "handles matters"),
    ("yixiu-petition-office.clerk", "a county's office"),
    ("anqing-discipline.head", "receives reports"),
    ("anqing-government.head", "reviews"),
    (load.ADMIN, "administers; reads no matter"),
)


@click.command(epilog=EXAMPLE)
@click.option(
    "--size", type=click.Choice(["small", "city", "province"]), default="small", show_default=True
)
@click.option("--seed", type=int, default=1, show_default=True)
@click.option(
    "--contacts", type=click.IntRange(1, 4_000_000), default=1_000_000, show_default=True,
    help="How many, of a province.",
)  # fmt: skip
@click.option("--password", help="One password for all log-ins; else one is made.")
def command(size: Any, seed: int, contacts: int, password: str | None) -> None:
    """Make a demonstration city of six million people in an empty XINQIAO_HOME and print its log-ins."""
    started, now = time.monotonic(), timezone.now()
    prepare_database()
    if units().by_code:
        raise click.ClickException(
            "There is a platform in this XINQIAO_HOME already: name an empty folder, or remove this one."
        )
    offer_second_factor(settings.XINQIAO_HOME)
    password = password or secrets.token_urlsafe(9)
    today = now.astimezone(SHANGHAI).date()
    if size == "province":
        told, refused = _province(contacts, seed, today, password)
    else:
        told, refused = _city(size, seed, today, password)
    click.echo(f"{told} in {time.monotonic() - started:.0f} s", err=True)
    for (step, code), times in refused.items():
        click.echo(f"refused: {step} {code} {times}", err=True)
    click.echo(f"Password of all log-ins: {password}")
    known = accounts_by_username()
    for name, does in SHOWN:
        if name in known:
            click.echo(f"  {name:34} {does}")
    raise SystemExit(1 if refused else 0)


def _city(size: Size, seed: int, today: date, password: str) -> tuple[str, Refused]:
    """Plays every matter of a city through the real actions."""
    count = load.found_city(password)
    open_halls(timezone.now())
    matters = list(plan(size, seed, today))
    with click.progressbar(length=len(matters), label="matters", file=sys.stderr) as bar:
        loaded = load.play_all(matters, lambda _: bar.update(1))
    city = chapters.City(size=size, today=today, accounts=accounts_by_username())
    refused = loaded.refused + chapters.play(city, seed, lambda name: click.echo(name, err=True))
    click.echo("figures", err=True)
    _figures(timezone.now())
    click.echo("hot spots", err=True)
    _read(city)
    return f"{count} units, {loaded.matters} matters, {loaded.steps} steps", refused


def _figures(now: datetime) -> None:
    """What the worker would do in its first hour; the last chapter, the plan of the year, has counted everything.

    The forecasts are those of the city alone: they take some seconds a place, and the worker makes the others.
    """
    keep_figures(now)
    make_forecasts(now, only=[Place(scale=Scale.REGION, code=catalogue.CITY)])
    publish_months(now)
    file_everything(now)


def _read(city: chapters.City) -> None:
    """Reads what everybody wrote; then the office acts on what was found. Of a large city the worker reads it all."""
    if city.size != "small":
        return
    now = timezone.now()
    read_everything(now)
    join_clusters(now)
    hotspots.act_on_what_was_found(city)
    hotspots.say_which_are_the_same(city)
    look_for_rises(now)


def _province(contacts: int, seed: int, today: date, password: str) -> tuple[str, Refused]:
    """Loads a province in bulk and seals its ledger."""
    order = bulk.order_of(contacts, seed, today)
    count = found_province(order.cities, password)
    with click.progressbar(length=contacts, label="contacts", file=sys.stderr) as bar:
        written = bulk.load(order, os.cpu_count() or 1, bar.update)
    sealed = seal(timezone.now())
    return f"{count} units, {written} contacts, {sealed} entries sealed", {}
