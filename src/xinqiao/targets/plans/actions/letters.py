"""Responsibility letters (责任书): issued by the office from the targets, signed by the head of the unit."""

from datetime import datetime

from django.db import transaction
from django.db.models import Max

from xinqiao.directory import queries as directory
from xinqiao.rules.persons import Person
from xinqiao.rules.refusals import Refusal, Refused
from xinqiao.rules.targets import ARTICLE, heads
from xinqiao.targets.models import Letter
from xinqiao.targets.plans import acting, binding
from xinqiao.targets.plans.values import Subject, Verb
from xinqiao.targets.values import Place, Scale


@transaction.atomic
def issue(office: str, unit: str, year: int, *, by: Person, now: datetime) -> int:
    """Issues the letter of a unit: its targets and the people who answer, as they stand now. Returns its id.

    Raises Refused: `targets_not_yours`, `target_outside_territory`, `year_closed`, `letter_without_targets`,
    `letter_without_first`, `letter_unchanged`.
    """
    acting.for_office(by, office, Place(scale=Scale.UNIT, code=unit))
    acting.still_open(office, year)
    contents = binding.letter_of(office, unit, year, by=by, now=now)
    sha256 = acting.digest(acting.canonical(contents))
    earlier = Letter.objects.filter(office=office, unit=unit, year=year)
    newest = earlier.order_by("-version").first()
    if newest is not None and newest.sha256 == sha256:
        raise Refused(Refusal("letter_unchanged", ARTICLE))
    version = (earlier.aggregate(last=Max("version"))["last"] or 0) + 1
    row = Letter.objects.create(
        office=office, unit=unit, year=year, version=version, contents=contents, sha256=sha256, issued_at=now,
        issued_by=by.account,
    )  # fmt: skip
    _noted(Verb.ISSUE, row, by, now)
    return row.pk


@transaction.atomic
def sign(letter: int, *, by: Person, now: datetime) -> None:
    """Signs the newest letter of one's own unit.

    Raises Refused: `letter_not_yours`, `letter_signed_already`, `letter_outdated`, `year_closed`.
    """
    row = Letter.objects.filter(pk=letter).first()
    if row is None:
        raise Refused(Refusal("not_found"))
    if not heads(by, row.unit):
        raise Refused(Refusal("letter_not_yours", "5", {"unit": row.unit}))
    acting.still_open(row.office, row.year)
    same = Letter.objects.filter(office=row.office, unit=row.unit, year=row.year)
    if same.filter(version__gt=row.version).exists():
        raise Refused(Refusal("letter_outdated", ARTICLE))
    signed = same.filter(pk=row.pk, signed_at=None).update(signed_at=now, signed_by=by.account)
    if not signed:  # somebody was quicker
        raise Refused(Refusal("letter_signed_already", ARTICLE))
    row.refresh_from_db()
    _noted(Verb.SIGN, row, by, now)


def _noted(verb: Verb, row: Letter, by: Person, now: datetime) -> None:
    signer = row.signed_by
    said = {
        "unit": row.unit, "version": row.version, "contents": row.contents, "sha256": row.sha256,
        "signed_at": row.signed_at.isoformat() if row.signed_at else None,
        "signed_by": directory.account_names([signer]).get(signer, "") if signer else "",
    }  # fmt: skip
    key = f"{row.office}/{row.year}/{row.unit}/{row.version}"
    acting.noted(
        verb, Subject.LETTER, key, office=row.office, year=row.year, by=by, now=now, said=said,
        place=Place(scale=Scale.UNIT, code=row.unit),
    )  # fmt: skip
