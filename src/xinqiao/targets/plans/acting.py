"""What every action on a plan has in common: who may, whether the year is open, and the history."""

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from xinqiao.directory import queries as directory
from xinqiao.rules.persons import Person
from xinqiao.rules.refusals import Refusal, Refused
from xinqiao.rules.targets import ARTICLE, not_setting
from xinqiao.targets.models import PlanEvent, Target, YearClose
from xinqiao.targets.plans.places import region_of
from xinqiao.targets.plans.values import Subject, Verb
from xinqiao.targets.values import Place, Scale
from xinqiao.text.clean import Problem, clean_text


def canonical(said: object) -> str:
    """The one way in which something is written as JSON: keys in order, nothing between, characters as they are."""
    return json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest(text: str) -> str:
    """The sha256 of a text, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def for_office(by: Person, office: str, place: Place) -> None:
    """Raises Refused unless this person sets, parts and assesses targets of this place for the office."""
    unit = place.code if place.scale is Scale.UNIT else ""
    refusal = not_setting(by, office, region_of(place), unit, directory.units())
    if refusal is not None:
        raise Refused(refusal)


def still_open(office: str, year: int) -> None:
    """Raises Refused `year_closed`."""
    if YearClose.objects.filter(office=office, year=year).exists():
        raise Refused(Refusal("year_closed", ARTICLE, {"year": str(year)}))


def words(text: str, field: str, *, needed: bool = True) -> str:
    """A text as it may be kept. Raises Refused: `text_too_long`, `field_missing`."""
    said = clean_text(text)
    if isinstance(said, Problem):
        raise Refused(Refusal(said.code, None, {"field": field, **said.facts}))
    if needed and not said.text:
        raise Refused(Refusal("field_missing", ARTICLE, {"field": field}))
    return said.text


def noted(
    verb: Verb, subject: Subject, key: str, *, office: str, year: int, by: Person, now: datetime,
    said: Mapping[str, Any], place: Place | None = None,
) -> None:  # fmt: skip
    """Adds to the history: what was done, and the whole of what it is about, as it stands now."""
    PlanEvent.objects.create(
        office=office, year=year, verb=verb, subject=subject, key=key, at=now, account=by.account, said=dict(said),
        scale=place.scale if place else "", place=place.code if place else "",
    )  # fmt: skip


def target_key(row: Target) -> str:
    """What names a target in the history: the row may go, and come again."""
    return f"{row.office}/{row.year}/{row.scale}/{row.place}/{row.indicator}"


def target_said(row: Target) -> dict[str, Any]:
    """All of a target, with its parts in a fixed order."""
    columns = (
        "scale",
        "place",
        "indicator",
        "aim",
        "amount",
        "aimed",
        "last",
        "last_of",
        "reason",
        "parted_by",
    )
    parts = row.parts.order_by("scale", "place").values("scale", "place", "amount", "proposed")
    return {name: getattr(row, name) for name in columns} | {"parts": list(parts)}
