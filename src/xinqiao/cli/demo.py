"""`xinqiao demo`: the demonstration city."""

import secrets
import sys
import time

import click
from django.conf import settings
from django.utils import timezone

from xinqiao.config.founding import prepare_database
from xinqiao.config.log_in import offer_second_factor
from xinqiao.demo import load
from xinqiao.demo.halls import open_halls
from xinqiao.demo.plan import plan
from xinqiao.directory.queries import units
from xinqiao.rules.entries import SHANGHAI

EXAMPLE = """\b
Example:
  xinqiao demo --size small
  XINQIAO_HOME=/tmp/city xinqiao demo --size city --seed 7

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
@click.option("--size", type=click.Choice(["small", "city"]), default="small", show_default=True)
@click.option("--seed", type=int, default=1, show_default=True)
@click.option("--password", help="One password for all log-ins; else one is made.")
def command(size: str, seed: int, password: str | None) -> None:
    """Make a demonstration city of six million people in an empty XINQIAO_HOME and print its log-ins."""
    started, now = time.monotonic(), timezone.now()
    prepare_database()
    if units().by_code:
        raise click.ClickException(
            "There is a platform in this XINQIAO_HOME already: name an empty folder, or remove this one."
        )
    offer_second_factor(settings.XINQIAO_HOME)
    password = password or secrets.token_urlsafe(9)
    count = load.found_city(password)
    open_halls(now)
    matters = list(plan(size, seed, now.astimezone(SHANGHAI).date()))
    with click.progressbar(length=len(matters), label="matters", file=sys.stderr) as bar:
        loaded = load.play_all(matters, lambda _: bar.update(1))
    seconds = time.monotonic() - started
    click.echo(
        f"{count} units, {loaded.matters} matters, {loaded.steps} steps in {seconds:.0f} s",
        err=True,
    )
    for (step, code), times in loaded.refused.items():
        click.echo(f"refused: {step} {code} {times}", err=True)
    click.echo(f"Password of all log-ins: {password}")
    known = load.queries.accounts_by_username()
    for name, does in SHOWN:
        if name in known:
            click.echo(f"  {name:34} {does}")
    raise SystemExit(1 if loaded.refused else 0)
