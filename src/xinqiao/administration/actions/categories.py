"""The classification of content: added to, renamed, retired; nothing that was used is ever deleted."""

from datetime import datetime

from django.db import transaction

from xinqiao.administration.scope import note, reach_of, refuse, refuse_settings
from xinqiao.directory import listing, upkeep
from xinqiao.directory.listing import CategoryLine
from xinqiao.matters import queries as matters
from xinqiao.rules import administration as rules
from xinqiao.rules.persons import Person
from xinqiao.rules.refusals import Refusal, Refused


@transaction.atomic
def add(own: str, name: str, name_en: str, parent: str | None, *, by: Person, now: datetime) -> str:
    """A new class below `parent`; returns its code. Raises Refused."""
    known = {line.code: line.retired_on is None for line in listing.categories()}
    refuse(rules.may_add_category(own, parent, known, reach_of(by, matters.today(now))))
    code = f"{parent}.{own}" if parent else own
    upkeep.add_category(code, name, name_en, parent)
    note("add_category", by=by, now=now, kind="category", row=None, after=name, code=code)
    return code


@transaction.atomic
def rename(code: str, name: str, name_en: str, *, by: Person, now: datetime) -> None:
    """Other words for a class, in both languages. Raises Refused."""
    before = _line(code, by, now)
    if (before.name, before.name_en) == (name, name_en):
        refuse(Refusal("nothing_changed"))
    upkeep.rename_category(code, name, name_en)
    note(
        "rename_category", by=by, now=now, kind="category", row=None,
        before=f"{before.name} / {before.name_en}", after=f"{name} / {name_en}", code=code,
    )  # fmt: skip


@transaction.atomic
def retire(code: str, *, by: Person, now: datetime) -> int:
    """The class and all below it are offered no more. Returns how many that retires. Raises Refused."""
    if _line(code, by, now).retired_on is not None:
        refuse(Refusal("nothing_changed"))
    retired = upkeep.retire_category(code, matters.today(now))
    note("retire_category", by=by, now=now, kind="category", row=None, after=retired, code=code)
    return retired


@transaction.atomic
def bring_back(code: str, *, by: Person, now: datetime) -> None:
    """A retired class is offered again, if the one above it is. Raises Refused."""
    line = _line(code, by, now)
    if line.retired_on is None:
        refuse(Refusal("nothing_changed"))
    if line.parent is not None and _line(line.parent, by, now).retired_on is not None:
        refuse(Refusal("category_parent_gone"))
    upkeep.bring_back_category(code)
    note("bring_back_category", by=by, now=now, kind="category", row=None, code=code)


def _line(code: str, by: Person, now: datetime) -> CategoryLine:
    refuse_settings(by, matters.today(now))
    for line in listing.categories():
        if line.code == code:
            return line
    raise Refused(Refusal("not_found"))
