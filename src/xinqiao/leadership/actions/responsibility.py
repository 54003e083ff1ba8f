"""Who answers for petition work in a unit in a year: kept by its head, by who administers it, by heads above."""

from datetime import datetime

from django.db import IntegrityError, transaction

from xinqiao.audit import actions as audit
from xinqiao.audit.kinds import AuditAction
from xinqiao.directory import queries as directory
from xinqiao.leadership.models import Responsibility
from xinqiao.rules.leadership import Responsible, keeps_responsibility
from xinqiao.rules.persons import Person
from xinqiao.rules.refusals import Refusal, Refused
from xinqiao.text.clean import Problem, clean_text


@transaction.atomic
def name(
    unit: str, year: int, kind: Responsible, account: int, field: str = "", *, by: Person, now: datetime,
) -> int:  # fmt: skip
    """Names somebody; double duty says for which field. Returns the row id.

    Raises Refused: `responsibility_not_yours`, `one_first`, `already_there`, `field_missing`.
    """
    _keeper(by, unit)
    said = clean_text(field)
    if isinstance(said, Problem):
        raise Refused(Refusal(said.code, None, {"field": "duty_words", **said.facts}))
    if kind is Responsible.MEMBER and not said.text:
        raise Refused(Refusal("field_missing", "5", {"field": "duty_words"}))
    lines = Responsibility.objects.filter(unit=unit, year=year, kind=kind)
    if kind is Responsible.FIRST and lines.exists():
        raise Refused(Refusal("one_first", "5"))
    try:
        with transaction.atomic():
            row = Responsibility.objects.create(
                unit=unit, year=year, kind=kind, account=account, field=said.text[:200]
            )
    except IntegrityError as error:
        raise Refused(Refusal("already_there", None, {"field": "account"})) from error
    _noted(by, unit, row.pk, now, {"year": year, "kind": kind, "account": account})
    return row.pk


@transaction.atomic
def take_off(line: int, *, by: Person, now: datetime) -> None:
    """Takes a line off. Raises Refused."""
    row = Responsibility.objects.filter(pk=line).first()
    if row is None:
        raise Refused(Refusal("not_found"))
    _keeper(by, row.unit)
    _noted(
        by,
        row.unit,
        row.pk,
        now,
        {"year": row.year, "kind": row.kind, "account": row.account, "off": True},
    )
    row.delete()


def _keeper(by: Person, unit: str) -> None:
    if not keeps_responsibility(by, unit, directory.units()):
        raise Refused(Refusal("responsibility_not_yours", "5"))


def _noted(
    by: Person, unit: str, row: int, now: datetime, detail: dict[str, str | int | bool | None]
) -> None:
    audit.record(
        AuditAction.ADMINISTERED, now=now, by_account=by.account, unit=unit,
        object_kind="responsibility", object_id=row, detail=detail,
    )  # fmt: skip
