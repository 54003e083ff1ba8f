"""Sending rows of the board: each through the real action, each with its own result."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from xinqiao.desk.controls import Day
from xinqiao.desk.words import Names
from xinqiao.matters import actions
from xinqiao.matters import queries as matters
from xinqiao.rules.persons import Person
from xinqiao.rules.refusals import Refusal, Refused

STEPS = ("transfer", "assign")
_ROW = re.compile(r"(\d{8}-\d{6}-\d):(\d{1,8}):([^:\s]{1,60})")
_MOST = 50


@dataclass(frozen=True, kw_only=True)
class Sending:
    """One row as it was chosen: the matter, its last entry as it was seen, the unit."""

    number: str
    seen: int
    to_unit: str


@dataclass(frozen=True, kw_only=True)
class Result:
    """What became of one row: sent, or the reason why not."""

    number: str
    to_unit: str
    why_not: str = ""


class SendForm(forms.Form):
    """Which rows, by which step, and for an assignment until when the result is to be reported."""

    step = forms.ChoiceField(choices=[(step, step) for step in STEPS])
    report_by = Day(required=False)

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        self._typed = data.getlist("row")

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if not self.rows():
            raise forms.ValidationError(_("Nothing was chosen: mark the rows to be sent."))
        undated = not cleaned.get("report_by") and "report_by" not in self.errors
        if cleaned.get("step") == "assign" and undated:
            self.add_error("report_by", _("Say until when the result has to be reported."))
        return cleaned

    def rows(self) -> list[Sending]:
        """The chosen rows that can be read, at most a page of them; each matter once."""
        found = {}
        for typed in self._typed[:_MOST]:
            match = _ROW.fullmatch(typed)
            if match is not None:
                found[match[1]] = Sending(number=match[1], seen=int(match[2]), to_unit=match[3])
        return list(found.values())


def send(
    rows: Sequence[Sending], step: str, report_by: date | None, *, by: Person, names: Names, now: datetime
) -> list[Result]:  # fmt: skip
    """Takes the step on every row, one after another; what is refused stays as it is and says why."""
    more = {"report_by": report_by} if step == "assign" else {}
    return [_sent(row, step, more, by, names, now) for row in rows]


def _sent(
    row: Sending, step: str, more: dict[str, Any], by: Person, names: Names, now: datetime
) -> Result:
    matter_id = matters.find(by, row.number, now)
    try:
        if matter_id is None:
            raise Refused(Refusal("not_found"))
        fields = {"to_unit": row.to_unit} | more
        actions.take(matter_id, step, fields, by=by, now=now, seen=row.seen)
    except Refused as refused:
        return Result(number=row.number, to_unit=row.to_unit, why_not=names.say(refused.refusal))
    return Result(number=row.number, to_unit=row.to_unit)
