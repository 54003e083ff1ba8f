"""What is done about a hot spot: it is handed over as a dispute, and whoever looked says what it was."""

from dataclasses import replace
from datetime import date, datetime

from django.db import transaction

from xinqiao.disputes import queries as disputes
from xinqiao.disputes.actions import register
from xinqiao.disputes.values import Finding
from xinqiao.insight.models import Spot, SpotHandOver, SpotJudgement
from xinqiao.insight.spots import queries
from xinqiao.insight.spots.values import SpotLine
from xinqiao.rules.disputes import names_a_person
from xinqiao.rules.hotspots import Outcome
from xinqiao.rules.persons import Person
from xinqiao.rules.refusals import Refusal, Refused
from xinqiao.text.clean import Problem, clean_text

LONGEST = 2000


@transaction.atomic
def hand_over(
    spot: int, said: Finding, *, owner: str, settle_by: date, note: str = "", by: Person, now: datetime
) -> int:  # fmt: skip
    """Enters the spot as a dispute that `owner` is to settle by a day. Returns the dispute.

    The unit of the finding keeps it where it is itself the owner; else the owner has it to take. Raises Refused: the
    reasons of `disputes`, `not_found`, `spot_handed_over` while a dispute made from it, that they may see, is open.
    """
    row = _row(_opened(spot, by, now).id)
    theirs = disputes.visible(by, now).filter(open=True)
    family = queries.family(row.pk)
    running = SpotHandOver.objects.filter(spot__in=family, dispute__in=theirs).first()
    if running is not None:
        raise Refused(Refusal("spot_handed_over", "22", {"unit": running.owner}))
    dispute = register.find(_from(said, row.pk), by=by, now=now)
    fields = {"settle_by": settle_by, "dispute_note": note}
    if owner == said.unit:
        register.move(dispute, "take_on", fields, by=by, now=now)
    else:
        register.move(dispute, "hand_over", {"to_unit": owner, **fields}, by=by, now=now)
    SpotHandOver.objects.create(
        spot=row, dispute_id=dispute, owner=owner, settle_by=settle_by, account=by.account or 0, unit=said.unit,
        at=now,
    )  # fmt: skip
    return dispute


def _from(said: Finding, spot: int) -> Finding:
    return replace(said, spot=spot)


@transaction.atomic
def judge(spot: int, outcome: str, words: str, *, by: Person, now: datetime) -> None:
    """Says what somebody found who looked at a spot. What was said before stays as it was. Raises Refused."""
    line = _opened(spot, by, now)
    if outcome not in set(Outcome):
        raise Refused(Refusal("field_wrong", None, {"field": "outcome"}))
    clean = clean_text(words)
    if isinstance(clean, Problem):
        raise Refused(Refusal(clean.code, None, {"field": "words", **clean.facts}))
    text = clean.text.strip()
    if not text:
        raise Refused(Refusal("field_missing", None, {"field": "words"}))
    if names_a_person(text):
        raise Refused(Refusal("number_of_a_person", None, {"field": "words"}))
    if len(text) > LONGEST:
        facts = {"field": "words", "length": str(len(text)), "limit": str(LONGEST)}
        raise Refused(Refusal("text_too_long", None, facts))
    SpotJudgement.objects.create(
        spot_id=line.id, outcome=outcome, words=text, account=by.account or 0, unit=min(by.units()), at=now
    )  # fmt: skip


def _opened(spot: int, by: Person, now: datetime) -> SpotLine:
    line = queries.one(by, spot, now)
    if line is None or by.account is None:
        raise Refused(Refusal("not_found"))
    return line


def _row(spot: int) -> Spot:
    """The spot, held against a second hand-over at the same time."""
    return Spot.objects.select_for_update().get(pk=spot)
