"""Leaders who receive and who go to see (包案, 接访下访; art. 18): what was planned, and what was held."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from xinqiao.rules.counting import Counted, What
from xinqiao.rules.counting_course import Course
from xinqiao.rules.replay import Turn

#: Marks: a matter for which a leader took charge, a further visit to the place, a day of reception.
CHARGE, VISIT, RECEPTION = "charge", "field_visit", "reception_day"


def lead_visits(course: Course) -> Iterator[Counted]:
    """Who takes charge of a matter goes to see by the day that was set for settling it; further visits count as well.

    A charge that ended with the matter settled needed no visit.
    """
    visits = course.of("field_visit")
    charges = course.of("assign_lead")
    if not charges:
        return
    ends = course.of("end_lead")
    first: set[int] = set()
    for charge in charges:
        due = charge.entry.payload_day("settle_by") or charge.entry.day
        end = next((turn for turn in ends if turn.entry.seq > charge.entry.seq), None)
        visit = next((turn for turn in visits if _within(charge, turn, end)), None)
        first |= {visit.entry.seq} if visit else set()
        yield course.fact(
            What.LEAD_VISIT, charge, charge.entry.payload["lead_unit"], due, start=charge.entry.day, due=due,
            done=_done(visit, end), settled=course.settled, mark=CHARGE,
        )  # fmt: skip
    for turn in visits:
        if turn.entry.seq not in first:
            day = turn.entry.day
            yield course.fact(
                What.LEAD_VISIT, turn, turn.before.lead_unit or turn.entry.unit, day, start=day, due=day, done=day,
                settled=course.settled, mark=VISIT,
            )  # fmt: skip


def _within(charge: Turn, turn: Turn, end: Turn | None) -> bool:
    seq = turn.entry.seq
    return seq > charge.entry.seq and (end is None or seq < end.entry.seq)


def _done(visit: Turn | None, end: Turn | None) -> date | None:
    if visit is not None:
        return visit.entry.day
    settled = end is not None and end.entry.payload["lead_outcome"] == "settled"
    return end.entry.day if end is not None and settled else None


@dataclass(frozen=True, kw_only=True, slots=True)
class ReceptionDay:
    """A day on which a leader was to receive: of which unit, where; whether it was cancelled, whether anybody had
    booked, and how many were received.
    """

    id: int
    day: date
    unit: str
    region: str
    cancelled: bool
    booked: bool
    received: int


def reception_day(one: ReceptionDay) -> Counted:
    """A planned day of reception, once it is over: held where somebody was received, or nobody had asked for a time.

    One that was cancelled stays planned and was not held: cancelling makes no figure better.
    """
    held = not one.cancelled and (one.received > 0 or not one.booked)
    return Counted(
        what=What.LEAD_VISIT, seq=1, unit=one.unit, region=one.region, category="", channel="visit", day=one.day,
        start=one.day, due=one.day, done=one.day if held else None, mark=RECEPTION,
    )  # fmt: skip
