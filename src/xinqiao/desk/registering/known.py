"""Is it one we know? Earlier matters beside the form, and what the clerk decided: new, part of one, or new facts."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from xinqiao.desk.access import DeskRequest, for_working_posts
from xinqiao.intake import queries as intake
from xinqiao.intake.queries import Suggestion
from xinqiao.matters import queries as matters
from xinqiao.people.values import Fact, PersonInput, PetitionerKind, problems
from xinqiao.rules.states import CLOSED
from xinqiao.text.clean import normal_id_number

#: Stands before the number of a closed matter on which there are new facts (art. 36).
REOPENS = "reopen:"


@dataclass(frozen=True, kw_only=True)
class Decision:
    """What the clerk chose: `number` is the matter meant, "" for none."""

    number: str = ""
    reopens: bool = False

    @classmethod
    def read(cls, value: str) -> "Decision":
        """The decision as the form sends it."""
        reopens = value.startswith(REOPENS)
        return cls(number=value.removeprefix(REOPENS), reopens=reopens)

    @property
    def is_new(self) -> bool:
        """Whether a new matter comes of it, which then has to be classified."""
        return self.reopens or not self.number


@require_POST
@for_working_posts
def suggestions(request: DeskRequest) -> HttpResponse:
    """Earlier matters of the same petitioner, while the form is being filled in. A person decides."""
    return render(request, "desk/registering/suggested.html", suggested(request))


def suggested(request: DeskRequest) -> dict[str, Any]:
    """Earlier matters of who was typed so far, and the one that was chosen. By POST: no address holds a name."""
    chosen = request.POST.get("matter", "") or opened_from(request)
    facts = {name: request.POST.get(f"who-{name}", "") for name in ("name", "id_number", "phone")}
    found = _of_the_same(request, facts)
    meant = Decision.read(chosen).number
    if meant and all(one.line.number != meant for one in found):
        found = [*_the_chosen(request, meant), *found]
    choices = [(one, one.line.state in CLOSED) for one in found]
    return {
        "suggestions": choices,
        "chosen": chosen,
        "asked": any(facts.values()),
        "card": card_of(facts["id_number"], matters.today(request.now)),
    }


@dataclass(frozen=True, kw_only=True)
class Card:
    """What a number on a card says by itself: whose it is, and a person's day of birth. Nothing is looked up."""

    kind: PetitionerKind
    born: date | None = None


def card_of(typed: str, today: date) -> Card | None:
    """The card with this number; None for one that is empty, half typed or wrong."""
    number = normal_id_number(typed, today=today)
    if isinstance(number, str):
        born = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
        return Card(kind=PetitionerKind.PERSON, born=born)
    code = PersonInput(name="-", kind=PetitionerKind.ORGANISATION, id_number=typed)
    # Digits alone are a mistyped identity number sooner than a credit code.
    lettered = any(one.isalpha() for one in typed.strip()[:-1])
    is_code = lettered and Fact.ID_NUMBER not in problems(code)
    return Card(kind=PetitionerKind.ORGANISATION) if is_code else None


def opened_from(request: DeskRequest) -> str:
    """The page of a closed matter leads here with its number, to enter new facts."""
    number = request.GET.get("reopens", "")
    return REOPENS + number if number else ""


def _of_the_same(request: DeskRequest, facts: dict[str, str]) -> list[Suggestion]:
    if not (facts["id_number"].strip() or facts["phone"].strip()):
        return []
    organisation = request.POST.get("who-who") == "organisation"
    kind = PetitionerKind.ORGANISATION if organisation else PetitionerKind.PERSON
    subject = request.POST.get("subject", "")
    return intake.suggestions(
        request.person, [PersonInput(kind=kind, **facts)], subject, request.now
    )


def _the_chosen(request: DeskRequest, number: str) -> list[Suggestion]:
    found = matters.scope(request.person, request.now).filter(number=number)
    return [
        Suggestion(line=line, same_person=False, same_words=0.0) for line in matters.lines(found)
    ]
