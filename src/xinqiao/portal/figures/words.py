"""Names of what stands in the open figures, in the reader's language."""

from django.utils.translation import gettext as _

from xinqiao.directory import queries as directory
from xinqiao.lookup.words import Words
from xinqiao.rules.open_figures import NO, OTHER, YES, Table
from xinqiao.rules.small_cells import ALL


def region(code: str) -> str:
    if code == ALL:
        return _("All regions")
    if code == OTHER:
        return _("Place not known, or elsewhere")
    return directory.region_name(code).rpartition(" ")[2]


def field(code: str, words: Words) -> str:
    if code == ALL:
        return _("All fields")
    if code == OTHER:
        return _("Field not known yet")
    name, name_en = directory.category_tops()[code]
    return name_en if words.language.startswith("en") and name_en else name


def row(table: Table, code: str, words: Words) -> str:
    by_field = table in (Table.ANSWERED_BY_FIELD, Table.RATED_BY_FIELD)
    return field(code, words) if by_field else region(code)


def column(table: Table, code: str, words: Words) -> str:
    if table is Table.RECEIVED:
        return field(code, words)
    yes_no = {
        Table.ANSWERED_BY_REGION: (_("In time"), _("Not in time")),
        Table.ANSWERED_BY_FIELD: (_("In time"), _("Not in time")),
        Table.RATED_BY_REGION: (_("Satisfied"), _("Not satisfied")),
        Table.RATED_BY_FIELD: (_("Satisfied"), _("Not satisfied")),
    }.get(table, ("", ""))
    return {YES: yes_no[0], NO: yes_no[1]}.get(code, _("Together"))


def table(one: Table) -> str:
    return {
        Table.RECEIVED: _("What came in"),
        Table.ANSWERED_BY_REGION: _("How fast it was answered, by region"),
        Table.ANSWERED_BY_FIELD: _("How fast it was answered, by field"),
        Table.RATED_BY_REGION: _("How it was rated, by region"),
        Table.RATED_BY_FIELD: _("How it was rated, by field"),
        Table.DAYS: _("Days until the answer, the middle one"),
    }[one]
