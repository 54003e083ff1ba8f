"""`xinqiao health`: how the platform is, for operators and their monitoring."""

import click
from django.utils import timezone

from xinqiao.health.queries import findings
from xinqiao.health.values import Verdict
from xinqiao.health.words import say
from xinqiao.rules import glossary

EXAMPLE = """\b
Example:
  xinqiao health
  xinqiao health --quiet || page-the-operator

\b
Exit status: 0 all good, 1 something needs a look or is broken.
"""


@click.command(epilog=EXAMPLE)
@click.option("--quiet", is_flag=True, help="Print only what is not good.")
@click.option("--chinese", is_flag=True, help="In Chinese.")
def command(quiet: bool, chinese: bool) -> None:
    """Look at database, tables, disk, key, worker, messages and rule files; one line each, with what to do."""
    language, found = "zh-hans" if chinese else "en", findings(timezone.now())
    for one in found:
        if quiet and one.verdict is Verdict.GOOD:
            continue
        verdict = glossary.label("health_verdict", one.verdict, language)
        topic = glossary.label("health_topic", one.topic, language)
        click.echo(f"{verdict}\t{topic}\t{say(one, language)}")
    raise SystemExit(0 if all(one.verdict is Verdict.GOOD for one in found) else 1)
