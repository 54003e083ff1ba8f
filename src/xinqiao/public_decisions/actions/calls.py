"""Suggestion calls: drafted, published, answered with suggestions, ended, and told what came of them (art. 29)."""

import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from xinqiao.directory import queries as directory
from xinqiao.intake.actions import receive
from xinqiao.intake.values import ContactInput, Receipt
from xinqiao.matters import queries as matters
from xinqiao.matters.actions import take
from xinqiao.public_decisions.acting import (
    Facts,
    call_standing,
    cleaned,
    day_of,
    move_call,
    releasable,
)
from xinqiao.public_decisions.models import Call, Happening, Suggestion
from xinqiao.public_decisions.values import NewCall, NewSuggestion
from xinqiao.rules.persons import Person, PersonKind
from xinqiao.rules.public_decisions import outside_territory
from xinqiao.rules.refusals import Refusal, Refused
from xinqiao.rules.states import State
from xinqiao.rules.suggestion_calls import (
    CALL_ACTS,
    Adoption,
    CallAsked,
    CallStage,
    CallStanding,
    may_call,
)

SENDER = Person(kind=PersonKind.PETITIONER)
_TRIES = 5
_ANSWERABLE = frozenset({State.REGISTERED, State.ACCEPTED})


@transaction.atomic
def draft_call(unit: str, call: NewCall, *, by: Person, now: datetime) -> str:
    """Drafts a call for a unit of the person's. Returns its number. Raises Refused."""
    given, columns = _columns(unit, call)
    look = CallAsked(standing=CallStanding(unit=unit), person=by, today=day_of(now), given=given)
    refusal = may_call(CALL_ACTS["draft_call"], look)
    if refusal is not None:
        raise Refused(refusal)
    row = _numbered(unit, columns, now)
    Happening.objects.create(
        call=row, seq=1, act="draft_call", at=now, account=by.account, unit=unit, stage=row.stage
    )
    return row.number


def _numbered(unit: str, columns: Mapping[str, Any], now: datetime) -> Call:
    for _ in range(_TRIES):
        number = f"ZJ{day_of(now):%Y%m%d}-{secrets.randbelow(10_000):04d}"
        try:
            with transaction.atomic():
                return Call.objects.create(
                    number=number,
                    unit=unit,
                    stage=CallStage.DRAFT,
                    created_at=now,
                    seq=1,
                    **columns,
                )
        except IntegrityError:
            continue
    raise Refused(Refusal("try_again"))


@transaction.atomic
def change_call(number: str, call: NewCall, *, by: Person, now: datetime) -> None:
    """Words it anew while it is not published."""
    row = Call.objects.get(number=number)
    given, columns = _columns(row.unit, call)
    move_call(row, "change_call", by=by, now=now, given=given, **columns)


def _columns(unit: str, call: NewCall) -> tuple[dict[str, object], dict[str, Any]]:
    refusal = outside_territory(unit, [call.region], directory.units())
    if refusal is not None:
        raise Refused(refusal)
    columns: dict[str, Any] = {
        "topic": cleaned(call.topic, multiline=False)[:200], "words": cleaned(call.words), "region": call.region,
        "category": call.category, "opens_on": call.opens_on, "closes_on": call.closes_on,
    }  # fmt: skip
    given = {name: columns[name] for name in ("topic", "words", "opens_on", "closes_on")}
    return given, columns


@transaction.atomic
def publish_call(number: str, *, by: Person, now: datetime) -> None:
    """From now on everybody reads it; suggestions are taken in its days."""
    move_call(Call.objects.get(number=number), "publish_call", by=by, now=now)


@transaction.atomic
def end_call(number: str, reason: str, *, by: Person, now: datetime) -> None:
    """Ends it; before its last day only with a reason, which is published."""
    row, text = Call.objects.get(number=number), cleaned(reason)
    given = {"words": text} if text else {"reason": ""}
    move_call(row, "end_call", by=by, now=now, given=given, words=text)


@transaction.atomic
def suggest(number: str, suggestion: NewSuggestion, *, now: datetime) -> Receipt:
    """A suggestion of somebody of the public: a contact on a matter of its own, which the unit of the call received.

    So it is registered, has its clocks, and its sender a receipt. The same `request_key` gives the first receipt again.
    Raises Refused, and keeps nothing, when the call is not open or nothing was said.
    """
    row = Call.objects.get(number=number)
    look = CallAsked(
        standing=call_standing(row),
        person=SENDER,
        today=day_of(now),
        given={"words": suggestion.body},
    )
    refusal = may_call(CALL_ACTS["suggest"], look)
    if refusal is not None:
        raise Refused(refusal)
    receipt = receive(_contact(row, suggestion, now), by=SENDER, now=now)
    Suggestion.objects.get_or_create(matter_id=receipt.matter, defaults={"call": row})
    return receipt


def _contact(call: Call, suggestion: NewSuggestion, now: datetime) -> ContactInput:
    return ContactInput(
        unit=call.unit, channel="online", received_at=now, subject=suggestion.subject, body=suggestion.body,
        petitioners=[suggestion.who] if suggestion.who else [], kind="suggestion", category=call.category,
        region=call.region, request_key=suggestion.request_key,
    )  # fmt: skip


@transaction.atomic
def decide_suggestion(
    suggestion: int, adoption: Adoption, why: str, accounts: Mapping[str, str], *, by: Person, now: datetime,
    tell: bool = True,
) -> None:  # fmt: skip
    """What is done with a suggestion, and why; its matter is answered with these words in the same transaction.

    `accounts` are the three accounts of the answer (`policy_account` and so on). A matter that somebody else has
    answered already keeps that answer; here is then only noted what it means. `tell` as with `matters.actions.take`.
    Raises Refused.
    """
    row, text = Suggestion.objects.select_related("call").get(pk=suggestion), cleaned(why)
    line = _line(row, by, now)
    given = {"adoption": adoption, "words": text}
    facts: Facts = {"matter": row.matter_id, "adoption": str(adoption)}
    move_call(row.call, "decide_suggestion", by=by, now=now, given=given, facts=facts, words=text)
    if line.state == State.RECEIVED:
        raise Refused(Refusal("suggestion_unregistered", "22"))
    if line.state in _ANSWERABLE:
        answer = {"answer": text, "adopted": adoption is not Adoption.NOT, **accounts}
        take(row.matter_id, "reply", answer, by=by, now=now, tell=tell)
    elif line.state != State.REPLIED:
        raise Refused(Refusal("suggestion_elsewhere", "29", {"unit": line.holder}))
    row.adoption, row.why, row.decided_at = adoption, text, now
    row.save(update_fields=["adoption", "why", "decided_at"])


@transaction.atomic
def follow_up(
    suggestion: int, outcome: str, *, by: Person, now: datetime, tell: bool = True
) -> None:
    """What became of a suggestion that was answered. Who suggested is thanked and told, by a step of the matter."""
    row, text = Suggestion.objects.select_related("call").get(pk=suggestion), cleaned(outcome)
    _line(row, by, now)
    facts = {"matter": row.matter_id}
    move_call(row.call, "follow_up", by=by, now=now, given={"words": text}, facts=facts, words=text)
    take(row.matter_id, "follow_up_suggestion", {"outcome": text}, by=by, now=now, tell=tell)
    row.outcome = text
    row.save(update_fields=["outcome"])


@transaction.atomic
def release_suggestion(suggestion: int, shown: str, *, by: Person, now: datetime) -> None:
    """Lets everybody read the suggestion in these words, with what was decided and why; never with a name.

    Raises Refused while a number of somebody stands in them.
    """
    row, text = Suggestion.objects.select_related("call").get(pk=suggestion), releasable(shown)
    _line(row, by, now)
    facts = {"matter": row.matter_id}
    given = {"words": text}
    move_call(row.call, "release_suggestion", by=by, now=now, given=given, facts=facts, words=text)
    row.shown = text
    row.save(update_fields=["shown"])


@transaction.atomic
def tell_result(number: str, words: str, *, by: Person, now: datetime) -> None:
    """What came of the whole call, for everybody. Raises Refused while a suggestion is undecided."""
    row, text = Call.objects.get(number=number), cleaned(words)
    move_call(row, "tell_result", by=by, now=now, given={"words": text}, words=text, result=text)


def _line(row: Suggestion, by: Person, now: datetime) -> matters.Line:
    """The matter of a suggestion, if it exists for the person; else Refused as if there were none."""
    found = matters.lines(matters.scope(by, now).filter(id=row.matter_id))
    if not found:
        raise Refused(Refusal("not_found"))
    return found[0]
