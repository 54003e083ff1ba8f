"""How the platform is, for administrators."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from xinqiao.desk.admin.access import AdminRequest, for_administrators
from xinqiao.health import queries
from xinqiao.health.values import Verdict
from xinqiao.health.words import say
from xinqiao.insight.classifying import overview
from xinqiao.insight.same import overview as same_matters
from xinqiao.rules import glossary

_ICONS = {
    Verdict.GOOD: "circle-check",
    Verdict.ATTENTION: "alert-triangle",
    Verdict.BROKEN: "alert-circle",
}


@require_safe
@for_administrators
def health(request: AdminRequest) -> HttpResponse:
    """Each topic in a sentence, what is wrong first; and the jobs of the worker."""
    language = request.names.language
    found = queries.findings(request.now)
    order = [Verdict.BROKEN, Verdict.ATTENTION, Verdict.GOOD]
    named = glossary.words()["job"]
    facts = {
        "findings": [
            {"finding": one, "icon": _ICONS[one.verdict], "said": say(one, language)}
            for one in sorted(found, key=lambda one: order.index(one.verdict))
        ],
        "wrong": [one for one in found if one.verdict is not Verdict.GOOD],
        "jobs": [
            {"job": job, "name": request.names.word("job", job.name), "late": job.is_late(request.now)}
            for job in queries.jobs()
            if job.name in named
        ],
        "state": overview.state(),
        "same": same_matters.state(),
    }  # fmt: skip
    return render(request, "desk/admin/health.html", facts)
