"""The first day of a platform: its tables, regions, categories, first units and log-ins."""

from collections.abc import Mapping
from datetime import date

from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction

from xinqiao.audit.append_only import forbid, is_guarded
from xinqiao.config.home import master_key
from xinqiao.demo import catalogue
from xinqiao.directory import actions, queries
from xinqiao.matters.verify import GUARDED
from xinqiao.relief import guard as books
from xinqiao.rules.persons import Role
from xinqiao.rules.units import Level, Unit, UnitKind

SINCE = date(2005, 5, 1)


def prepare_database() -> None:
    """Brings the tables up to date, puts the guards back where they are missing, and makes the keys of a new home."""
    master_key(settings.XINQIAO_HOME)
    call_command("migrate", verbosity=0)
    for table in GUARDED:
        if not is_guarded(connection, table):
            forbid(connection, table)
    if not books.is_guarded(connection):
        books.put_back(connection)


def load_catalogue() -> None:
    """The regions and the default classification."""
    actions.load_regions(
        (region.code, region.name, region.level, region.parent or None)
        for region in catalogue.regions().values()
    )
    actions.load_categories(
        (one.code, one.zh, one.en, one.parent or None) for one in catalogue.categories().values()
    )


@transaction.atomic
def found(*, region: str, office: str, unit: str, passwords: Mapping[str, str]) -> bool:
    """The first units and log-ins; False when there are units already. Raises LookupError for an unknown region."""
    if queries.units().by_code:
        return False
    load_catalogue()
    known = catalogue.regions().get(region)
    if known is None:
        raise LookupError(
            f"region {region} is not in the table of regions: give a code such as 340800"
        )
    level = Level(known.level)
    for code, name, kind in (
        ("petition-office", office, UnitKind.PETITION_OFFICE),
        ("handling-unit", unit, UnitKind.DEPARTMENT),
    ):
        actions.add_unit(
            Unit(code=code, name=name, kind=kind, level=level, region=region, valid_from=SINCE)
        )
    for username, post in (
        ("admin", {"petition-office": Role.ADMIN}),
        ("office", {"petition-office": Role.HEAD}),
        ("unit", {"handling-unit": Role.HEAD}),
    ):
        actions.open_account(
            username=username,
            name=username,
            password=passwords[username],
            posts=post,
            since=SINCE,
            first_password=True,
        )
    return True
