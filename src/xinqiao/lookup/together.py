"""What a petitioner is told of a matter with which theirs is handled together (并案): since when, and its next date.

Nothing else of the other one: neither its number nor its words nor who brought it.
"""

from dataclasses import dataclass
from datetime import date, datetime

from xinqiao.matters.joint import carrier_day
from xinqiao.matters.queries import Sheet
from xinqiao.rules.entries import SHANGHAI


@dataclass(frozen=True, kw_only=True)
class Together:
    """Since when the petition is handled together with another, and the next last day of that one, if one runs."""

    since: datetime
    due: date | None


def together(sheet: Sheet, now: datetime) -> Together | None:
    """With the other matter in which this one is carried on; None where it goes its own way."""
    carrier = sheet.facts.carried_by
    if carrier is None:
        return None
    joined = [turn.entry.at for turn in sheet.course if turn.entry.step == "join"]
    return Together(since=joined[-1], due=carrier_day(carrier, now.astimezone(SHANGHAI).date()))
