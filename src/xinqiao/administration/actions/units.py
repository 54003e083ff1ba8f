"""Units by date: added, renamed, merged, ended (art. 24)."""

from datetime import date, datetime

from django.db import transaction

from xinqiao.administration.scope import note, reach_of, refuse
from xinqiao.directory import actions as directory_actions
from xinqiao.directory import listing, upkeep
from xinqiao.directory import queries as directory
from xinqiao.matters import queries as matters
from xinqiao.rules import administration as rules
from xinqiao.rules.persons import Person
from xinqiao.rules.refusals import Refusal
from xinqiao.rules.units import Unit


@transaction.atomic
def add(unit: Unit, *, by: Person, now: datetime) -> None:
    """A new unit from its first day on. Raises Refused."""
    reach = reach_of(by, matters.today(now))
    refuse(rules.may_add_unit(unit, directory.units(), reach))
    directory_actions.add_unit(unit)
    after = f"{unit.name}, {unit.valid_from}"
    note(
        "add_unit", by=by, now=now, kind="unit", row=listing.unit_id(unit.code), after=after,
        code=unit.code,
    )  # fmt: skip


@transaction.atomic
def rename(code: str, name: str, name_en: str, *, since: date, by: Person, now: datetime) -> None:
    """Another name from a day on; the earlier names stay. Raises Refused."""
    today = matters.today(now)
    unit, reach = _unit(code), reach_of(by, today)
    known = {line.valid_from: line.name for line in listing.names_of(code)}
    refuse(rules.may_rename(unit, name, since, known, reach))
    upkeep.rename_unit(code, name, name_en, since=since, today=today)
    note(
        "rename_unit", by=by, now=now, kind="unit", row=listing.unit_id(code), before=unit.name,
        after=name, code=code, since=f"{since}",
    )  # fmt: skip


@transaction.atomic
def end(code: str, *, successor: str | None, last_day: date, by: Person, now: datetime) -> int:
    """The unit exists until `last_day`; its posts end, and the worker hands its open matters on (art. 24).

    Returns how many posts end. Raises Refused.
    """
    refuse(may_end(code, successor, last_day, by=by, now=now))
    ended = upkeep.end_unit(code, successor, last_day)
    note(
        "merge_unit" if successor else "end_unit", by=by, now=now, kind="unit",
        row=listing.unit_id(code), after=f"{last_day}", code=code, successor=successor, posts=ended,
    )  # fmt: skip
    return ended


def may_end(
    code: str, successor: str | None, last_day: date, *, by: Person, now: datetime
) -> Refusal | None:
    """Whether `end` would go through; for the page that is looked at before."""
    today = matters.today(now)
    later = any(post.valid_from > last_day for post in listing.posts_of_unit(code, last_day))
    return rules.may_end(
        _unit(code), successor, last_day, directory.units(), reach_of(by, today),
        holds_matters=bool(matters.held_by(code)), later_posts=later,
    )  # fmt: skip


def _unit(code: str) -> Unit:
    units = directory.units()
    if code not in units:
        refuse(Refusal("not_found"))
    return units[code]
