"""Closing a year (年度关账): frozen as canonical JSON, and made again to the same byte from the history."""

from datetime import UTC, datetime
from typing import Any

from django.db import IntegrityError, transaction

from xinqiao.rules.persons import Person
from xinqiao.rules.refusals import Refusal, Refused
from xinqiao.rules.targets import ARTICLE
from xinqiao.targets.models import Assessment, YearClose
from xinqiao.targets.plans import acting
from xinqiao.targets.plans.actions.assessing import assessor, moment_of, nothing_appealed
from xinqiao.targets.plans.closed import document
from xinqiao.targets.plans.values import Subject, Verb


@transaction.atomic
def close(
    office: str, year: int, *, by: Person, now: datetime, as_of: datetime | None = None
) -> int:
    """Closes a year as it stood at a moment (now, if none is given): from then on nothing of it changes.

    Raises Refused: `targets_not_yours`, `year_closed`, `year_not_over`, `moment_in_future`, `not_assessed_yet`,
    `score_appeals_open`.
    """
    assessor(by, office)
    acting.still_open(office, year)
    moment = moment_of(as_of, year, now)
    if not Assessment.objects.filter(office=office, year=year, at__lte=moment).exists():
        raise Refused(Refusal("not_assessed_yet", ARTICLE, {"year": str(year)}))
    nothing_appealed(office, year)
    text = document(office, year, moment)
    try:
        with transaction.atomic():
            row = YearClose.objects.create(
                office=office, year=year, as_of=moment, document=text, sha256=acting.digest(text), at=now,
                by=by.account,
            )  # fmt: skip
    except IntegrityError as error:
        raise Refused(Refusal("year_closed", ARTICLE, {"year": str(year)})) from error
    said: dict[str, Any] = {"sha256": row.sha256, "as_of": moment.astimezone(UTC).isoformat()}
    acting.noted(
        Verb.CLOSE,
        Subject.CLOSE,
        f"{office}/{year}",
        office=office,
        year=year,
        by=by,
        now=now,
        said=said,
    )
    return row.pk
