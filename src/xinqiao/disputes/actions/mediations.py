"""Mediation of a dispute or of a matter, from the request to what was carried out.

The mediation of a matter takes the matter's own steps (`open_mediation`, `end_mediation`, `record_settlement`) in the
same transaction, so that ledger and mediation say the same.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from xinqiao.directory import queries as directory
from xinqiao.disputes import queries
from xinqiao.disputes.actions import register
from xinqiao.disputes.actions.writing import given, refuse, remember, replace
from xinqiao.disputes.models import Dispute, Mediation, Session, Settlement
from xinqiao.disputes.values import About
from xinqiao.matters import actions as matters
from xinqiao.matters import queries as matter_queries
from xinqiao.matters.numbers import new_number
from xinqiao.matters.queries import today
from xinqiao.rules import mediations as rules
from xinqiao.rules.disputes import State as DisputeState
from xinqiao.rules.fields import ACCOUNTS
from xinqiao.rules.persons import Person
from xinqiao.rules.refusals import Refusal, Refused
from xinqiao.rules.states import State as MatterState

_ON_MATTER = (*ACCOUNTS, "accounts_note")


@transaction.atomic
def request_for_dispute(
    dispute_id: int, fields: Mapping[str, Any], *, by: Person, now: datetime
) -> int:
    """A mediation is asked for in a dispute that a unit has taken. Returns its id. Raises Refused."""
    row = queries.visible(by, now).filter(pk=dispute_id).first()
    if row is None:
        raise Refused(Refusal("not_found"))
    if row.holder not in by.units():
        raise Refused(Refusal("dispute_not_yours", "33", {"unit": row.holder}))
    if row.state not in {DisputeState.ACKNOWLEDGED, DisputeState.FAILED}:
        raise Refused(Refusal("dispute_elsewhere", "33"))
    return _request(fields, unit=row.holder, by=by, now=now, dispute=row)


@transaction.atomic
def request_for_matter(number: str, fields: Mapping[str, Any], *, by: Person, now: datetime) -> int:
    """A mediation is asked for in a matter that was accepted. Returns its id. Raises Refused."""
    sheet = matter_queries.sheet_numbered(by, number, now)
    if sheet is None:
        raise Refused(Refusal("not_found"))
    refuse(may_mediate(sheet, by))
    return _request(fields, unit=sheet.facts.holder, by=by, now=now, matter=sheet.line.id)


def may_mediate(sheet: matter_queries.Sheet, by: Person) -> Refusal | None:
    """None, or why no mediation can be asked for in this matter by this person now."""
    if sheet.facts.holder not in by.units():
        return Refusal("dispute_not_yours", "33", {"unit": sheet.facts.holder})
    if sheet.facts.state is not MatterState.ACCEPTED:
        return Refusal("matter_not_accepted", "33")
    return Refusal("mediation_open", "33") if sheet.facts.mediation_open else None


def _request(
    fields: Mapping[str, Any], *, unit: str, by: Person, now: datetime,
    dispute: Dispute | None = None, matter: int | None = None,
) -> int:  # fmt: skip
    same = Mediation.objects.filter(running=True)
    same = same.filter(dispute=dispute) if dispute else same.filter(matter=matter)
    said = given(fields, rules.FIELDS)
    refuse(rules.may_request(said or {"mediation_kind": ""}, running=same.exists()))
    row = Mediation.objects.create(
        dispute=dispute, matter_id=matter, unit=unit, kind=said["mediation_kind"], side_a=said["side_a"],
        side_b=said["side_b"], side_unit=said.get("side_unit", ""), asked_by=said["asked_by"],
        about=said["mediation_about"], requested_on=today(now), state=rules.State.REQUESTED, last_seq=1,
    )  # fmt: skip
    _remember(row, 1, "request", said, by, now)
    return row.pk


@transaction.atomic
def move(
    mediation_id: int, name: str, fields: Mapping[str, Any], *, by: Person, now: datetime,
    seen: int | None = None,
) -> None:  # fmt: skip
    """Takes one step of a mediation, with what follows from it for its dispute or matter.

    Raises Refused: `not_found`, `acted_meanwhile`, the reason of these rules or of those of the matter's own step.
    """
    row = queries.mediations_for(by, now).filter(pk=mediation_id).first()
    if row is None:
        raise Refused(Refusal("not_found"))
    if seen is not None and seen != row.last_seq:
        raise Refused(Refusal("acted_meanwhile"))
    step, case = rules.MOVES[name], _case(row, by, now, given(fields, rules.FIELDS))
    refuse(rules.may(step, case) or _incomplete(step, case) or _ledger_says_else(row, by, now))
    state = rules.end_state(step, case.fields, rules.State(row.state))
    columns = _columns(name, case.fields, now)
    columns |= {"state": state, "running": state in rules.RUNNING}
    if state not in rules.RUNNING:
        columns["ended_on"] = today(now)
    seq = replace(row, columns)
    _remember(row, seq, name, case.fields, by, now)
    _write_beside(row, name, case.fields, now)
    _follow(row, name, case.fields, by=by, now=now)


def _case(row: Mediation, by: Person, now: datetime, fields: Mapping[str, Any]) -> rules.Case:
    mediator = fields.get("mediator")
    posts = directory.person(mediator, today(now)).units() if mediator else frozenset()
    return rules.Case(
        mediation=queries.known_mediation(row), units=by.units(), today=today(now), fields=fields,
        mediator_units=posts, shut_out=_shut_out(row, by, now) if mediator else (),
    )  # fmt: skip


def _shut_out(row: Mediation, by: Person, now: datetime) -> frozenset[int]:
    """The members of staff who withdrew from the matter (art. 28)."""
    sheet = matter_queries.sheet(by, row.matter_id, now) if row.matter_id else None
    return sheet.facts.recused | sheet.facts.reported_accounts if sheet else frozenset()


def _incomplete(step: rules.Move, case: rules.Case) -> Refusal | None:
    for name in step.needs:
        if case.fields.get(name) in (None, ""):
            return Refusal("field_missing", step.article, {"field": name})
    if step.name == "name_mediator":
        return rules.without_interest(case) or _office_unnamed(case)
    return None


def _office_unnamed(case: rules.Case) -> Refusal | None:
    unnamed = case.fields.get("outside_office") and not case.fields.get("office_name")
    return Refusal("field_missing", "33", {"field": "office_name"}) if unnamed else None


def _ledger_says_else(row: Mediation, by: Person, now: datetime) -> Refusal | None:
    """The mediation of a matter was ended by a step on the matter itself: `align` writes that down."""
    if row.matter_id is None or row.state != rules.State.BEGUN:
        return None
    sheet = matter_queries.sheet(by, row.matter_id, now)
    gone = sheet is not None and not sheet.facts.mediation_open
    return Refusal("mediation_elsewhere", "33") if gone else None


def _columns(name: str, said: Mapping[str, Any], now: datetime) -> dict[str, Any]:
    """What a step writes into the row."""
    match name:
        case "consent":
            return {f"{said['side']}_agreed_on": said["consent_on"] if said["consents"] else None}
        case "name_mediator":
            return {
                "mediator": said.get("mediator"), "outside_office": said.get("outside_office", ""),
                "office_name": said.get("office_name", ""), "without_interest_at": now,
            }  # fmt: skip
        case "settle":
            return {"execute_by": said["carry_out_by"]}
    return {}


def _write_beside(row: Mediation, name: str, said: Mapping[str, Any], now: datetime) -> None:
    if name == "hold_session":
        Session.objects.create(
            mediation=row, held_on=said["session_on"], place=said["place"], record=said["record"]
        )
    if name == "settle":
        Settlement.objects.create(
            mediation=row, number=new_number(today(now)), signed_on=today(now),
            execute_by=said["carry_out_by"], terms=said["agreement"], facts=queries.frozen(row),
        )  # fmt: skip


def _follow(
    row: Mediation, name: str, said: Mapping[str, Any], *, by: Person, now: datetime
) -> None:
    """What the step means for the dispute or the matter."""
    if row.matter_id is not None:
        _on_matter(row.matter_id, row, name, said, by=by, now=now)
    elif row.dispute is not None:
        _on_dispute(row.dispute, row, name, said, by=by, now=now)


def _on_dispute(
    dispute: Dispute, row: Mediation, name: str, said: Mapping[str, Any], *, by: Person, now: datetime
) -> None:  # fmt: skip
    match name:
        case "begin":
            register.take(dispute, "begin_mediation", {}, by=by, now=now)
        case "settle":
            fields = {"carry_out_by": said["carry_out_by"]}
            register.take(dispute, "settle_by_mediation", fields, by=by, now=now)
        case "fail" if row.state == rules.State.BEGUN:
            register.take(dispute, "fail", said, by=by, now=now)


def _on_matter(
    matter: int, row: Mediation, name: str, said: Mapping[str, Any], *, by: Person, now: datetime
) -> None:  # fmt: skip
    match name:
        case "begin":
            fields: dict[str, Any] = {"mediation_kind": row.kind, "both_agree": True}
            matters.take(matter, "open_mediation", fields, by=by, now=now)
        case "settle":
            fields = {"agreement": said["agreement"], "both_agree": True}
            fields |= {field: said[field] for field in _ON_MATTER if field in said}
            matters.take(matter, "record_settlement", fields, by=by, now=now)
        case "fail" if row.state == rules.State.BEGUN:
            fields = {"reason": said["reason"]}
            matters.take(matter, "end_mediation", fields, by=by, now=now)


@transaction.atomic
def align(mediation_id: int, *, settled: bool, now: datetime) -> None:
    """The matter's own step ended the mediation: it is settled or failed here, too, with an entry that says so."""
    row = Mediation.objects.get(pk=mediation_id)
    if row.state != rules.State.BEGUN or row.matter_id is None:
        return
    state = rules.State.SETTLED if settled else rules.State.FAILED
    columns = {"state": state, "running": False, "ended_on": today(now)}
    seq = replace(row, columns)
    remember(
        About.MEDIATION, row.pk, seq, "align", {"settled": settled}, {}, account=None, unit="",
        article="33", now=now,
    )  # fmt: skip


def _remember(
    row: Mediation, seq: int, step: str, said: Mapping[str, Any], by: Person, now: datetime
) -> None:
    article = rules.MOVES[step].article if step in rules.MOVES else "33"
    remember(
        About.MEDIATION, row.pk, seq, step, said, rules.FIELDS, account=by.account, unit=row.unit,
        article=article, now=now,
    )  # fmt: skip
