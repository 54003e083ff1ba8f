"""The document of a closed year, made from the history as it stood at a moment: the same bytes whenever it is made."""

from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from xinqiao.rules.ranking import BandCode, ranked
from xinqiao.targets.models import PlanEvent
from xinqiao.targets.plans import scoring
from xinqiao.targets.plans.acting import canonical
from xinqiao.targets.plans.values import Subject, Verb

FORMAT = "xinqiao-year-1"
_NAMED = {
    Subject.TARGET: "targets", Subject.LETTER: "letters", Subject.SCORE: "scores", Subject.APPEAL: "appeals",
    Subject.POPULATION: "population",
}  # fmt: skip


def document(office: str, year: int, as_of: datetime) -> str:
    """Targets with their parts, letters, scores with derivations, appeals, totals and ranks, as known at `as_of`.

    Nothing else is read: another file of weights or bands, or figures that came later, change nothing that was closed.
    """
    state = _state(office, year, as_of)
    scores = state[Subject.SCORE]
    said: dict[str, Any] = {
        "format": FORMAT, "office": office, "year": year, "as_of": as_of.astimezone(UTC).isoformat(),
    }  # fmt: skip
    for subject, name in _NAMED.items():
        said[name] = [{"key": key, **state[subject][key]} for key in sorted(state[subject])]
    said["ranks"] = _ranks(scores)
    return canonical(said)


def _state(office: str, year: int, as_of: datetime) -> dict[Subject, dict[str, Mapping[str, Any]]]:
    """The last that the history says of each thing, up to a moment."""
    found: dict[Subject, dict[str, Mapping[str, Any]]] = {one: {} for one in _NAMED}
    events = PlanEvent.objects.filter(office=office, year=year, at__lte=as_of).order_by("id")
    for one in events.exclude(subject=Subject.CLOSE).iterator():
        known = found[Subject(one.subject)]
        if one.verb == Verb.WITHDRAW:
            known.pop(one.key, None)
        else:
            known[one.key] = one.said
    return found


def _ranks(scores: Mapping[str, Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Totals and ranks, by scale: units are not ranked among regions."""
    totals: dict[str, dict[str, dict[str, tuple[int, int]]]] = {}
    bands: dict[str, BandCode] = {}
    for one in scores.values():
        place = f"{one['scale']}/{one['place']}"
        points = totals.setdefault(one["scale"], {}).setdefault(place, {})
        points[one["indicator"]] = (one["points"], one["full"])
        bands[place] = BandCode(one["band"])
    return [
        {
            "place": one.place, "band": str(one.band), "rank": one.rank, "of": one.of, "points": int(one.points),
        }
        for scale in sorted(totals)
        for one in ranked(
            {place: Decimal(scoring.total(points)) for place, points in totals[scale].items()}, bands
        )
    ]  # fmt: skip
