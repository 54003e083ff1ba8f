"""Urging, measures and recommendations: each a step on the ledger of its matter, and the rows here follow at once."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction

from xinqiao.audit import actions as audit
from xinqiao.audit.kinds import AuditAction
from xinqiao.directory import queries as directory
from xinqiao.matters import actions as matters
from xinqiao.matters.actions import Taken
from xinqiao.rules import recommending
from xinqiao.rules.entries import SHANGHAI
from xinqiao.rules.persons import Person
from xinqiao.rules.refusals import Refusal, Refused
from xinqiao.supervision.following import feedback_due, follow
from xinqiao.supervision.models import Measure
from xinqiao.text.clean import Problem, clean_text

_LONG = ("facts_found", "legal_basis", "advice", "answer")


def urge(
    matter: int, *, form: str, answer_by: date, reason: str, by: Person, now: datetime, seen: int | None = None,
) -> Taken:  # fmt: skip
    """Urges the unit that has to act, in one of `rules.urging.FORMS`; it answers by that day (art. 40).

    `seen` as in `matters.actions.take`. Raises Refused: a card too early, one's own unit, a unit that is reported.
    """
    fields = {"urging_form": form, "answer_by": answer_by, "reason": reason}
    return _step(matter, "urge", fields, by=by, now=now, seen=seen)


def answer_urging(
    matter: int, *, addressed: int, answer: str, by: Person, now: datetime, files: Sequence[str] = (),
) -> Taken:  # fmt: skip
    """The unit answers the urging, card or order of entry `addressed`. Raises Refused."""
    fields = {"addressed": addressed, "answer": answer, "files": list(files)}
    return _step(matter, "answer_urging", _given(fields), by=by, now=now)


def mark_perfunctory(matter: int, *, reason: str, by: Person, now: datetime) -> Taken:
    """A petition office finds that the answer passes the request by (art. 40). Raises Refused."""
    return _step(matter, "mark_perfunctory", {"reason": reason}, by=by, now=now)


def hold_talk(matter: int, *, record: str, by: Person, now: datetime) -> Taken:
    """A talk with the head of the unit, after a card (art. 39). Raises Refused."""
    return _step(matter, "hold_talk", {"record": record}, by=by, now=now)


def give_public_notice(matter: int, *, reason: str, by: Person, now: datetime) -> Taken:
    """Makes it known among the units, after a card (art. 39). Raises Refused."""
    return _step(matter, "give_public_notice", {"reason": reason}, by=by, now=now)


def order_correction(
    matter: int, *, answer_by: date, reason: str, by: Person, now: datetime
) -> Taken:
    """Orders the unit to put it right and report by that day, after a card (art. 39). Raises Refused."""
    fields = {"answer_by": answer_by, "reason": reason}
    return _step(matter, "order_correction", fields, by=by, now=now)


def list_supervision(
    matter: int, *, decided_by: str, until: date, reason: str, by: Person, now: datetime, files: Sequence[str] = (),
) -> Taken:  # fmt: skip
    """Lists a matter for supervision until a day (挂牌督办, art. 39).

    `decided_by` is the code of the joint conference that decided, or of the government that convened it; `by` is the
    head of a petition office, a member of the joint conference, or the head of that government. Raises Refused:
    `conference_decides`, `already_listed`, `day_gone`.
    """
    fields = {"decided_by": decided_by, "until": until, "reason": reason, "files": list(files)}
    return _step(matter, "list_supervision", _given(fields), by=by, now=now)


def end_listing(matter: int, *, record: str, by: Person, now: datetime) -> Taken:
    """Takes a matter off the list, with what was checked (销号). Raises Refused."""
    return _step(matter, "end_listing", {"record": record}, by=by, now=now)


def recommend(
    matter: int, *, kind: str, addressee: str, facts_found: str, legal_basis: str, advice: str, within: int = 30,
    by: Person, now: datetime,
) -> Taken:  # fmt: skip
    """A recommendation that rests on one matter (art. 40); the organ answers within so many days. Raises Refused."""
    fields = {
        "recommendation_kind": kind, "addressee": addressee, "facts_found": facts_found, "legal_basis": legal_basis,
        "advice": advice, "answer_within": within,
    }  # fmt: skip
    return _step(matter, "recommend", fields, by=by, now=now)


@transaction.atomic
def recommend_at_large(
    *, kind: str, unit: str, addressee: str, subject: str, facts_found: str, legal_basis: str, advice: str,
    within: int = 30, by: Person, now: datetime,
) -> int:  # fmt: skip
    """A recommendation on a unit or a policy, on no single matter (art. 40). Returns its number.

    It is the petition office's `unit`, whose head `by` is. Its making is written to the audit. Raises Refused.
    """
    units, today = directory.units(), now.astimezone(SHANGHAI).date()
    _refuse(recommending.may_recommend(by, unit, addressee, kind, within, units, today))
    texts = {
        "subject": subject, "facts_found": facts_found, "legal_basis": legal_basis, "advice": advice,
    }  # fmt: skip
    row = Measure.objects.create(
        what=kind, unit=addressee, by_unit=unit, region=units[unit].region, made_on=today,
        due=feedback_due(today, within), open=True, **{name: _text(name, said) for name, said in texts.items()},
    )  # fmt: skip
    _audit(AuditAction.RECOMMENDED, row, row.by_unit, by, now)
    return row.pk


def answer_recommendation(
    measure: int, *, adoption: str, answer: str, by: Person, now: datetime
) -> None:
    """The organ addressed says whether it adopts the recommendation, and why (art. 40). Raises Refused.

    One on a matter is answered on its ledger; one at large here, once, and written to the audit.
    """
    row = Measure.objects.get(pk=measure)
    if row.matter_id is not None:
        fields = {"addressed": row.seq, "adoption": adoption, "answer": answer}
        _step(row.matter_id, "answer_recommendation", fields, by=by, now=now)
        return
    _refuse(recommending.may_answer(by, row.unit, adoption, is_open=row.open))
    with transaction.atomic():
        told = {
            "open": False, "ended_on": now.astimezone(SHANGHAI).date(), "adoption": adoption,
            "answer": _text("answer", answer),
        }  # fmt: skip
        if not Measure.objects.filter(pk=measure, open=True).update(**told):
            raise Refused(Refusal("acted_meanwhile"))
        _audit(AuditAction.RECOMMENDATION_ANSWERED, row, row.unit, by, now)


def _step(
    matter: int, step: str, fields: Mapping[str, Any], *, by: Person, now: datetime, seen: int | None = None,
) -> Taken:  # fmt: skip
    with transaction.atomic():
        taken = matters.take(matter, step, fields, by=by, now=now, seen=seen)
        follow(matter, now)
    return taken


def _given(fields: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value not in ("", [], None)}


def _text(name: str, said: str) -> str:
    """A text as it can be kept. Raises Refused where it is empty or cannot be."""
    cleaned = clean_text(said, multiline=name in _LONG)
    if isinstance(cleaned, Problem):
        raise Refused(Refusal(cleaned.code, None, {"field": name, **cleaned.facts}))
    if not cleaned.text:
        raise Refused(Refusal("field_missing", "40", {"field": name}))
    return cleaned.text


def _audit(action: AuditAction, row: Measure, unit: str, by: Person, now: datetime) -> None:
    audit.record(
        action, now=now, by_account=by.account, unit=unit, object_kind="recommendation", object_id=row.pk,
        detail={"kind": row.what},
    )  # fmt: skip


def _refuse(refusal: Refusal | None) -> None:
    if refusal is not None:
        raise Refused(refusal)
