"""Work on matters that nobody has to ask for. Each may run twice and may run late."""

import logging
from datetime import datetime

from xinqiao.directory import queries as directory
from xinqiao.matters import actions, clockwork, queries
from xinqiao.matters.verify import seal
from xinqiao.rules.persons import SYSTEM
from xinqiao.rules.refusals import Refused

log = logging.getLogger(__name__)


def seal_ledger(now: datetime) -> int:
    """Seals what was recorded since the last seal. Returns the number of entries."""
    return seal(now)


def recompute_open(now: datetime) -> int:
    """Brings open matters up to date whose dates were reached with another calendar or other provisions.

    Returns how many changed; each of these matters has an entry that says so. Raises law.errors.LawError at the end
    when a file of the home could not be used.
    """
    stale = queries.computed_otherwise(clockwork.version())
    changed = sum(_recompute_one(matter_id, now) for matter_id in stale)
    for fault in clockwork.faults():
        raise fault
    return changed


def _recompute_one(matter_id: int, now: datetime) -> bool:
    try:
        return actions.recompute(matter_id, now=now)
    except Refused as refused:  # somebody acted at this very moment: the next run finds it
        log.info("matter row %d not recomputed now: %s", matter_id, refused.refusal.code)
        return False


def hand_to_successors(now: datetime) -> int:
    """Gives the open matters of merged or abolished units to their successors (art. 24). Returns how many."""
    units, today, handed = directory.units(), queries.today(now), 0
    for unit in units.by_code.values():
        heir = units.successor_of(unit.code, today)
        if unit.exists_on(today) or heir is None:
            continue
        handed += sum(_hand_over(matter_id, heir, now) for matter_id in queries.held_by(unit.code))
    return handed


def _hand_over(matter_id: int, heir: str, now: datetime) -> bool:
    try:
        actions.take(matter_id, "succeed", {"to_unit": heir}, by=SYSTEM, now=now)
    except Refused as refused:  # the heir is behind the wall of a report: a person has to decide
        log.warning("matter row %d not handed to %s: %s", matter_id, heir, refused.refusal.code)
        return False
    return True
