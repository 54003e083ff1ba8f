"""Work on disputes that nobody has to ask for. Each may run twice and may run late."""

import logging
from datetime import datetime

from xinqiao.directory import queries as directory
from xinqiao.disputes import queries
from xinqiao.disputes.actions import mediations, register
from xinqiao.matters import queries as matters
from xinqiao.rules.persons import SYSTEM
from xinqiao.rules.refusals import Refused

log = logging.getLogger(__name__)


def hand_to_successors(now: datetime) -> int:
    """Gives the open disputes of merged or abolished units to their successors (art. 24). Returns how many."""
    units, today, handed = directory.units(), matters.today(now), 0
    for unit in units.by_code.values():
        heir = units.successor_of(unit.code, today)
        if unit.exists_on(today) or heir is None:
            continue
        for dispute in queries.held_by(unit.code):
            register.succeed(dispute, heir, now=now)
            handed += 1
    return handed


def align_with_ledger(now: datetime) -> int:
    """Ends mediations of matters that a step on the matter itself has ended. Returns how many."""
    ended = 0
    for mediation, matter in queries.begun_on_matters():
        sheet = matters.sheet(SYSTEM, matter, now)
        if sheet is None or sheet.facts.mediation_open:
            continue
        try:
            mediations.align(mediation, settled=bool(sheet.facts.settled), now=now)
        except Refused as refused:  # somebody acted at this very moment: the next run finds it
            log.info("mediation %d not aligned now: %s", mediation, refused.refusal.code)
            continue
        ended += 1
    return ended
