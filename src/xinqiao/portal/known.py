"""Which matters this browser may know of: those it sent, the one it has opened with number and query code, and those
that a citizen who is signed in keeps in the account.

Nothing is looked up by name, phone or identity number here: who types another's name must not learn of that person's
petitions.
"""

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest
from django.urls import reverse

from xinqiao.accounts import citizens
from xinqiao.accounts import queries as accounts
from xinqiao.insight.reading import queries as reading
from xinqiao.intake.queries import alike
from xinqiao.matters import queries as matters
from xinqiao.portal.access import right_of
from xinqiao.portal.submit.sending import sent_from
from xinqiao.rules.persons import petitioner_of
from xinqiao.rules.states import OPEN

ALIKE = 0.4  # share of two-character pieces that two subjects must have in common
_MOST = 20


@dataclass(frozen=True, kw_only=True)
class KnownMatter:
    """A matter that this browser may open, under the number and at the address that open it.

    `kind` is empty while nobody has said what it is; what is written goes to `is_open` ones only.
    """

    matter: int
    kind: str
    is_open: bool
    number: str
    url: str
    subject: str
    state: str
    received_at: datetime


def known_matters(request: HttpRequest, now: datetime) -> list[KnownMatter]:
    """The matters that this browser may know of, newest first; of many, those kept last."""
    numbers = {
        receipt.matter: (receipt.number, "portal:matter") for receipt in sent_from(request.session)
    }
    right = right_of(request, now)
    if right is not None:
        numbers[right.matter] = (right.number, "portal:matter")
    citizen = citizens.citizen_of(request, now)
    if citizen is not None:
        kept = accounts.matters_of(citizen)[:_MOST]
        numbers |= {one.matter: (one.number, "portal:account_open") for one in kept}
    found = [_known(matter, number, door, now) for matter, (number, door) in numbers.items()]
    return sorted(filter(None, found), key=lambda one: one.received_at, reverse=True)


def alike_matters(
    request: HttpRequest, subject: str, body: str, region: str, now: datetime
) -> list[KnownMatter]:
    """Those among them that a new submission may be about: by its subject, and by its words where texts are read."""
    known = known_matters(request, now)
    by_words = reading.among([one.matter for one in known], subject, body, region, now)
    return [one for one in known if alike(subject, one.subject) >= ALIKE or one.matter in by_words]


def takes_more(one: KnownMatter, kind: str) -> bool:
    """Whether a submission of this kind may be added to it: while it is open, and never a report to anything else."""
    return one.is_open and one.kind == kind


def _known(matter: int, number: str, door: str, now: datetime) -> KnownMatter | None:
    sheet = matters.sheet(petitioner_of(matter), matter, now)
    if sheet is None:
        return None
    line, url = sheet.line, reverse(door, args=[number])
    return KnownMatter(
        matter=matter, kind=sheet.facts.kind or "", is_open=line.state in OPEN, number=number, url=url,
        subject=line.subject, state=line.state, received_at=line.received_at,
    )  # fmt: skip
