"""GET /contacts/{number}: how far a petition has come, for who has its query code."""

from datetime import datetime
from typing import Annotated

from django.http import HttpRequest, HttpResponse
from ninja import Header, Router

from xinqiao.api.answers import answer, dates, labelled
from xinqiao.api.problems import METHODS, other_method, problem
from xinqiao.api.shapes import CodeOut, MatterOut, PaperOut, ProblemOut, StationOut, TogetherOut
from xinqiao.intake import queries as intake
from xinqiao.lookup import throttle
from xinqiao.lookup.dates import duties, windows
from xinqiao.lookup.together import together
from xinqiao.lookup.way import Teller
from xinqiao.lookup.words import Words
from xinqiao.matters import queries as matters
from xinqiao.matters.numbers import normal_number
from xinqiao.rules.persons import petitioner_of
from xinqiao.rules.refusals import Refusal, Refused

router = Router(tags=["contacts"])
_CODE_WORDS = "The query code of the receipt. It never stands in an address."


@router.get(
    "/contacts/{number}",
    response={200: MatterOut, (404, 422, 429, 500, 503): ProblemOut},
    summary="Look up a petition",
    operation_id="look_up",
)
def look_up(
    request: HttpRequest,
    number: str,
    code: Annotated[str, Header(alias="X-Query-Code", description=_CODE_WORDS)],
) -> HttpResponse:
    """The way so far, what comes next and why then, the answers. A wrong number and a wrong code get the same 404."""
    if throttle.must_wait(request):
        return _wait()
    matter = intake.matter_by_code(number, code)
    now: datetime = request.now  # type: ignore[attr-defined]
    sheet = matters.sheet(petitioner_of(matter), matter, now) if matter is not None else None
    if sheet is None:
        throttle.count_wrong(request)
        raise Refused(Refusal("wrong_number_or_code"))
    return answer(_told(sheet, normal_number(number) or "", now))


@router.api_operation(
    [one for one in METHODS if one != "GET"], "/contacts/{number}", include_in_schema=False
)
def only_get(request: HttpRequest, number: str) -> HttpResponse:
    return other_method("GET")


def _wait() -> HttpResponse:
    seconds = throttle.WINDOW.seconds
    refusal = Refusal("too_many_tries", None, {"minutes": str(seconds // 60)})
    return problem(refusal, headers={"Retry-After": str(seconds)})


def _told(sheet: matters.Sheet, number: str, now: datetime) -> MatterOut:
    """What `lookup` tells of the matter to who came with this number."""
    words = Words.here()
    teller = Teller(sheet, number, words)
    own, state = teller.own_words(), sheet.line.state
    with_other = together(sheet, now)
    return MatterOut(
        number=number, subject=own.get("subject", ""), body=own.get("body", ""),
        state=CodeOut(code=state, label=words.label("state", state), help=words.told("state", state)),
        holder=teller.unit(sheet.facts.holder), question=teller.question(),
        together=TogetherOut(since=with_other.since, due=with_other.due) if with_other else None,
        duties=dates(duties(sheet.clocks, words)), windows=dates(windows(sheet.clocks, words)),
        papers=[
            PaperOut(
                title=one.title, at=one.at, unit=one.unit,
                decisions=labelled(one.decisions), texts=labelled(one.texts),
            )
            for one in teller.papers()
        ],
        way=[
            StationOut(title=one.title, at=one.at, revoked=one.revoked, texts=labelled(one.texts))
            for one in teller.stations()
        ],
    )  # fmt: skip
