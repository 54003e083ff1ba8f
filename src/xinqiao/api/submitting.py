"""POST /contacts: a petition comes in from another system, such as a municipal hotline."""

from collections.abc import Iterator
from datetime import datetime
from typing import Annotated

from django.http import HttpRequest, HttpResponse
from ninja import Header, Router

from xinqiao.api import keys
from xinqiao.api.answers import answer, dates
from xinqiao.api.problems import METHODS, AtField, other_method
from xinqiao.api.shapes import ContactIn, ProblemOut, ReceiptOut
from xinqiao.directory import queries as directory
from xinqiao.intake import queries as intake
from xinqiao.intake.actions import receive
from xinqiao.intake.values import ContactInput, Receipt
from xinqiao.lookup.dates import duties
from xinqiao.lookup.words import Words
from xinqiao.matters import queries as matters
from xinqiao.people.values import Fact, PersonInput, problems
from xinqiao.rules.persons import Person, PersonKind, petitioner_of
from xinqiao.rules.refusals import Refusal, Refused

router = Router(tags=["contacts"])
SENDER = Person(kind=PersonKind.PETITIONER)
_KEY_WORDS = (
    "Your own key of this request, such as a UUID. Sent again unchanged, it gives the same receipt."
)


@router.post(
    "/contacts",
    response={
        201: ReceiptOut, 200: ReceiptOut, (400, 413, 415, 422, 429, 500, 503): ProblemOut,
    },
    summary="Submit a petition",
    operation_id="submit",
)  # fmt: skip
def submit(
    request: HttpRequest,
    key: Annotated[str, Header(alias="Idempotency-Key", pattern=keys.PATTERN, description=_KEY_WORDS)],
    contact: ContactIn,
) -> HttpResponse:  # fmt: skip
    """Receives a petition and gives the receipt: 201 the first time, 200 when the same request is repeated."""
    now: datetime = request.now  # type: ignore[attr-defined]
    code = keys.query_code_of(key, contact.canonical())
    office = _office(contact, now)
    receipt = _received(contact, office, keys.mark_of(key), code, now)
    if not receipt.fresh and intake.matter_by_code(receipt.number, code) is None:
        raise Refused(Refusal("request_key_used"))
    words = Words.here()
    clocks = (
        receipt.clocks
        if receipt.fresh
        else matters.clocks(petitioner_of(receipt.matter), receipt.matter, now)
    )
    told = ReceiptOut(
        number=receipt.number, query_code=code, received_at=receipt.received_at, subject=receipt.subject,
        office=words.unit(office), duties=dates(duties(clocks, words)),
    )  # fmt: skip
    return answer(told, 201 if receipt.fresh else 200)


@router.api_operation(
    [one for one in METHODS if one != "POST"], "/contacts", include_in_schema=False
)
def only_post(request: HttpRequest) -> HttpResponse:
    return other_method("POST")


def _office(contact: ContactIn, now: datetime) -> str:
    """The petition office that receives it. Raises Refused for a place or category that the directory lacks."""
    office = None
    if directory.region_exists(contact.region):
        today = matters.today(now)
        office = intake.office_of(contact.region, contact.about_petition_office, today)
    if office is None:
        raise Refused(Refusal("field_wrong", None, {"field": "region"}))
    if contact.category and not directory.category_exists(contact.category):
        raise Refused(Refusal("field_wrong", None, {"field": "category"}))
    return office


def _received(contact: ContactIn, office: str, mark: str, code: str, now: datetime) -> Receipt:
    """The receipt. Raises Refused, or AtField for a fact of one of the people."""
    try:
        return receive(_input(contact, office, mark, code, now), by=SENDER, now=now)
    except Refused as refused:
        if refused.refusal.facts.get("field") in set(Fact):
            raise AtField(refused.refusal, _place(contact, refused.refusal)) from refused
        raise


def _input(contact: ContactIn, office: str, mark: str, code: str, now: datetime) -> ContactInput:
    return ContactInput(
        unit=office, channel=contact.channel, received_at=now, subject=contact.subject, body=contact.body,
        petitioners=[contact.petitioner.person()],
        representatives=[one.person() for one in contact.representatives],
        head_count=contact.head_count, kind=contact.kind, category=contact.category, region=contact.region,
        request_key=mark, query_code=code,
    )  # fmt: skip


def _place(contact: ContactIn, refusal: Refusal) -> str:
    """Whose fact it is: the first person with this problem, in the order in which they are read."""
    fact = Fact(refusal.facts["field"])
    return next(f"{path}.{fact}" for path, person in _people(contact) if fact in problems(person))


def _people(contact: ContactIn) -> Iterator[tuple[str, PersonInput]]:
    yield "petitioner", contact.petitioner.person()
    for seat, one in enumerate(contact.representatives):
        yield f"representatives.{seat}", one.person()
