"""All signs of a year at once. Needs the libraries of the extra `analytics`: only jobs and commands import it."""

from collections.abc import Iterator
from datetime import date

from xinqiao.rules.integrity import signs
from xinqiao.targets.integrity import (
    bunching,
    perfunctory,
    rating_origin,
    refused,
    registration,
    relabelling,
    reopening,
)
from xinqiao.targets.integrity.gathering import Gathered
from xinqiao.targets.integrity.values import Finding


def findings(gathered: Gathered, today: date) -> Iterator[Finding]:
    """What all signs find among these records."""
    known, groups = signs(), gathered.groups()
    yield from bunching.limit(known["bunching"], gathered.done(), groups)
    yield from registration.late(known["registration"], gathered.arrived(), groups)
    yield from registration.unknown(known["registration"], gathered.above(), groups)
    yield from relabelling.first(known["relabelling"], gathered.repeated(), groups)
    yield from reopening.again(known["reopening"], gathered.closed(), today, groups)
    answers, rated, decided = gathered.answers(), gathered.rated(), gathered.decided()
    yield from perfunctory.copies(known["perfunctory"], answers, groups)
    yield from perfunctory.passes_by(known["perfunctory"], answers, groups)
    yield from rating_origin.own_network(known["rating_origin"], rated, groups)
    yield from rating_origin.bursts(known["rating_origin"], rated, groups)
    yield from refused.rate(known["refused"], decided, groups)
    yield from refused.overturned(known["refused"], decided, groups)
