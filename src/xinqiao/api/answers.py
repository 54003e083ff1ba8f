"""Saying yes to a program: what `lookup` tells, as JSON."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.http import HttpResponse
from pydantic import BaseModel

from xinqiao.api.shapes import DateOut, LabelledOut


def answer(told: BaseModel, status: int = 200) -> HttpResponse:
    """An answer with something personal in it: no cache keeps it."""
    headers = {"Cache-Control": "no-store"}
    return HttpResponse(told.model_dump_json(), "application/json", status, headers=headers)


def dates(told: Iterable[Mapping[str, Any]]) -> list[DateOut]:
    """The dates that `lookup.dates` tells."""
    return [
        DateOut(
            clock=one["clock"].id, label=one["label"], help=one["help"], state=one["clock"].state,
            due=one["clock"].due_day, article=one["clock"].article, why=one["why"],
        )
        for one in told
    ]  # fmt: skip


def labelled(pairs: Sequence[tuple[str, str]]) -> list[LabelledOut]:
    return [LabelledOut(label=label, text=text) for label, text in pairs]
