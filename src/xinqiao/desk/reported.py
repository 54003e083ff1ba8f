"""Whom a report is about, as a form gives it and as the ledger takes it."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from xinqiao.directory import queries as directory

FIELDS = ("reported_units", "reported_accounts")


def named(said: Mapping[str, Any], today: date) -> dict[str, Any]:
    """The reported units and account numbers that were named.

    Who heads a unit could learn of everything in it: the whole unit goes behind the wall with them (art. 30, 46).
    """
    accounts = [int(code) for code in said.get("reported_accounts") or ()]
    headed = directory.headed_units(accounts, today) if accounts else frozenset()
    units = sorted({*(said.get("reported_units") or ()), *headed})
    found = {"reported_units": units, "reported_accounts": accounts}
    return {name: value for name, value in found.items() if value}
