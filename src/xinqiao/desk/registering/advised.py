"""What the text of a contact suggests beside the form that registers it, and what it may be about the same as."""

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_POST

from xinqiao.desk.access import DeskRequest, for_working_posts
from xinqiao.desk.insight.classifying.advice import FILLED, Advice, advice
from xinqiao.desk.registering.alike import alike
from xinqiao.desk.registering.typed import code_of
from xinqiao.insight.classifying.values import Asked
from xinqiao.rules.states import Kind


@require_POST
@for_working_posts
def suggestions(request: DeskRequest) -> HttpResponse:
    """Both, while the text is being typed, in one answer. By POST: no address holds what somebody wrote."""
    facts = {"advice": advised(request, request.POST), **alike(request)}
    return render(request, "desk/registering/typed.html", facts)


def advised(request: DeskRequest, data: QueryDict) -> Advice:
    """What the form as it stands suggests; nothing for an empty one."""
    names, own = request.names, sorted(request.person.units())
    unit, kind = data.get("unit", ""), data.get("kind", "")
    reported = [code_of(typed, _units(request)) for typed in data.getlist("reported_units")]
    asked = Asked(
        subject=data.get("subject", ""), body=data.get("body", ""), unit=unit if unit in own else own[0],
        kind=kind if kind in set(Kind) else "",
        category=code_of(data.get("category", ""), names.categories),
        region=code_of(data.get("region", ""), names.regions), path=data.get("path", ""),
        reported_units=frozenset(reported) - {""},
    )  # fmt: skip
    return advice(asked, FILLED, by=request.person, names=names, now=request.now)


def _units(request: DeskRequest) -> dict[str, str]:
    return {code: request.names.unit(code) for code in request.names.units.by_code}
