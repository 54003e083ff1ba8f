"""`xinqiao clocks`: the clocks of ledgers given as JSON, as JSON. It needs no platform."""

import json
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

import click

from xinqiao.law.calendar import Calendar, load_calendar, published
from xinqiao.law.contract import answer
from xinqiao.law.errors import LawError
from xinqiao.law.limits import Law
from xinqiao.law.provisions import load_local
from xinqiao.law.wording import Fact, Lang, Phrase

LONG_LIST = 5_000  # from here on a terminal is shown the progress

EXAMPLE = """\b
Example:
  echo '{"as_of": "2026-05-01", "events": [
    {"type": "received", "at": "2026-02-10T10:00:00+08:00", "by": "organ"},
    {"type": "accepted", "at": "2026-02-12T09:00:00+08:00", "procedure": "ordinary"}
  ]}' | xinqiao clocks -
"""


class Refused(click.ClickException):
    """A clear line on standard error, nothing on standard output."""

    exit_code = 2


@click.command(epilog=EXAMPLE)
@click.argument("file", metavar="FILE.json")
@click.option(
    "--calendar",
    "calendars",
    metavar="FILE.toml",
    multiple=True,
    help="Add or replace the days off of a year; may be given more than once.",
)
@click.option("--provisions", metavar="FILE.toml", help="Count by a stricter local provision.")
@click.option(
    "--lang",
    type=click.Choice(["zh", "en"]),
    default="zh",
    show_default=True,
    help="Language of explanations and refusals.",
)
def clocks(file: str, calendars: tuple[str, ...], provisions: str | None, lang: Lang) -> None:
    """Work out the statutory clocks of the ledger in FILE.json (- reads standard input).

    One ledger gives one answer, a list of ledgers a list of answers, in JSON. A ledger that cannot
    be counted ends in exit status 2 and one line that names the event and the article; then nothing
    is written to standard output, not even for the other ledgers.
    """
    began = time.perf_counter()
    with _refusing(lang):
        calendar = _calendar(calendars)
        local = load_local(Path(provisions)) if provisions else None
        raw = _decode(_read(file), file)
        ledgers = raw if isinstance(raw, list) else [raw]
        many = raw is ledgers
        answers = list(_answers(ledgers, many, calendar, local, lang))
    _write(_as_list(answers) if many else json.dumps(answers[0], ensure_ascii=False, indent=2))
    seconds = time.perf_counter() - began
    click.echo(f"clocks: {len(answers)} ledger(s) in {seconds:.2f} s", err=True)


@contextmanager
def _refusing(lang: Lang) -> Iterator[None]:
    """Whatever the law refuses becomes one line in the language asked for."""
    try:
        yield
    except LawError as problem:
        raise Refused(" ".join(problem.say(lang).split())) from problem


def _calendar(files: Sequence[str]) -> Calendar:
    calendar = published()
    for file in files:
        calendar = load_calendar(Path(file), calendar)
    return calendar


def _name(file: str) -> Fact:
    return Phrase(code="standard_input") if file == "-" else file


def _read(file: str) -> str:
    name = _name(file)
    try:
        data = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        raise LawError("input_not_utf8", file=name, byte=problem.start + 1) from problem
    except (OSError, ValueError) as problem:  # ValueError: a path with a null byte
        reason = getattr(problem, "strerror", None) or str(problem)
        raise LawError("input_unreadable", file=name, why=reason) from problem


def _decode(text: str, file: str) -> object:
    """The JSON in `text`. NaN, Infinity and numbers too long to read are refused, not guessed."""

    name = _name(file)

    def refuse(number: str) -> NoReturn:
        raise LawError("input_bad_number", file=name, got=number)

    try:
        return json.loads(text, parse_constant=refuse)
    except json.JSONDecodeError as bad:
        raise LawError(
            "input_not_json", file=name, line=bad.lineno, column=bad.colno, why=bad.msg
        ) from bad
    except RecursionError as problem:
        raise LawError("input_too_deep", file=name) from problem
    except LawError:
        raise
    except ValueError as problem:  # an integer of thousands of digits
        raise LawError("input_long_number", file=name) from problem


def _answers(
    ledgers: Sequence[object], many: bool, calendar: Calendar, local: Law | None, lang: Lang
) -> Iterator[dict[str, object]]:
    hidden = len(ledgers) < LONG_LIST or not sys.stderr.isatty()
    with click.progressbar(ledgers, file=sys.stderr, label="clocks", hidden=hidden) as shown:
        for number, raw in enumerate(shown, start=1):
            try:
                yield answer(raw, calendar=calendar, local=local, lang=lang)
            except LawError as problem:
                if not many:
                    raise
                raise LawError(
                    "input_ledger", number=number, problem=problem.say(lang)
                ) from problem


def _as_list(answers: Sequence[dict[str, object]]) -> str:
    """A JSON list with one answer a line: quick to write, and line tools can read it."""
    lines = ",\n".join(json.dumps(item, ensure_ascii=False) for item in answers)
    return f"[\n{lines}\n]" if lines else "[]"


def _write(text: str) -> None:
    """UTF-8 whatever the locale says: JSON has no other encoding."""
    click.echo(text.encode())
