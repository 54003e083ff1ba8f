"""The walk through a ledger: what each event starts, meets and cancels.

The tables say it for whole event types; the methods below them say what depends on the case. The
order in which events may come is in `order`.
"""

from collections.abc import Callable, Mapping
from datetime import date

from xinqiao.law.calendar import Calendar
from xinqiao.law.events import Event, EventType, Mode, Procedure, Receiver
from xinqiao.law.limits import Edition
from xinqiao.law.order import History, refusal
from xinqiao.law.periods import Extension, Hearing, Period
from xinqiao.law.wording import quote

E = EventType

# Every unmet duty with one of these ids is met by the event.
MEETS: Mapping[EventType, tuple[str, ...]] = {
    E.REFERRED: ("register_and_refer",),
    E.NOTIFIED: ("notify_direct", "notify_referred"),
    E.ACCEPTED: ("register_and_refer", "notify_direct", "notify_referred"),
    E.DECLINED: ("register_and_refer", "notify_direct", "notify_referred"),
    E.GUIDED: ("register_and_refer", "notify_direct", "notify_referred"),
    E.ANSWERED: ("register_and_refer", "simple_handle"),
    E.OPINION_DELIVERED: ("handle", "simple_handle"),
    E.REVIEW_OPINION_DELIVERED: ("review",),
    E.REEXAMINATION_OPINION_DELIVERED: ("reexamine",),
    E.RESULT_REPORTED: ("report_back",),
    E.URGENT_REPORTED: ("urgent_report",),
    E.SETTLED: (
        "register_and_refer", "notify_direct", "notify_referred", "handle", "simple_handle",
    ),
}  # fmt: skip

# The event uses the latest window of this id, and comes too late after it.
USES: Mapping[EventType, str] = {
    E.OBJECTED: "object",
    E.REVIEW_REQUESTED: "request_review",
    E.REEXAMINATION_REQUESTED: "request_reexamination",
}

# The event starts a clock of this id, whatever its fields.
STARTS: Mapping[EventType, str] = {
    E.OPINION_DELIVERED: "request_review",
    E.REVIEW_REQUESTED: "review",
    E.REEXAMINATION_REQUESTED: "reexamine",
    E.URGENT_NOTICED: "urgent_report",
}

HANDLE_IDS = ("handle", "simple_handle")
VOIDED_BY_OBJECTION = ("notify_referred", "report_back")
# Owed to other offices, not to the petitioner: they outlive a petition that is taken back.
OUTLIVE_WITHDRAWAL = ("urgent_report", "recommendation_feedback")


class Proceedings:
    """What has happened so far in one matter, and the periods it set going, in that order."""

    def __init__(self, edition: Edition, calendar: Calendar) -> None:
        self.edition = edition
        self.calendar = calendar
        self.history = History(edition)
        self.periods: list[Period] = []

    def take(self, event: Event) -> None:
        """Let `event` happen. Raises ImpossibleOrder when it cannot."""
        self.history.check(event)
        if window := USES.get(event.type):
            self._use(window, event)
        if duties := MEETS.get(event.type):
            self._meet(duties, event)
        if clock_id := STARTS.get(event.type):
            self._begin(clock_id, event)
        if special := SPECIAL.get(event.type):
            special(self, event)
        self.history.add(event)

    def latest(self, *ids: str) -> Period | None:
        """The last period begun under one of these limits."""
        return next((p for p in reversed(self.periods) if p.limit.id in ids), None)

    def _begin(self, clock_id: str, event: Event, start: date | None = None) -> Period:
        period = Period(
            limit=self.edition.limits[clock_id],
            began=event,
            start=start or event.day,
            calendar=self.calendar,
        )
        self.periods.append(period)
        return period

    def _meet(self, ids: tuple[str, ...], event: Event) -> None:
        for period in self.periods:
            if period.limit.id in ids and period.open:
                self._refuse_during_hearing(period, event)
                period.met = event

    def _use(self, window: str, event: Event) -> None:
        period = self.latest(window)
        if period is None:  # R2005 sets no period for objecting
            return
        if period.voided:
            raise refusal("order_window_void", event, self.edition, day=period.voided.day)
        if period.due_day and event.day > period.due_day:
            raise refusal(
                "order_after_window",
                event,
                self.edition,
                limit=period.limit,
                start=period.start,
                due=period.due_day,
            )
        period.met = event

    def _received(self, event: Event) -> None:
        by_office = event.by is Receiver.PETITION_OFFICE
        self._begin("register_and_refer" if by_office else "notify_direct", event)

    def _referred(self, event: Event) -> None:
        self._begin("notify_referred", event)
        if "object" in self.edition.limits:
            self._begin("object", event)
        if event.mode is Mode.ASSIGN:
            self._begin("report_back", event)
            self._cap_report_back()

    def _upheld(self, event: Event) -> None:
        """The unit was right: its notice and its report fall, and another unit may accept."""
        referral = self.history.seen[E.REFERRED]
        first = next(i for i, period in enumerate(self.periods) if period.began is referral)
        for period in self.periods[first:]:
            if period.limit.id in VOIDED_BY_OBJECTION and period.open:
                period.cancel(event)
        self.history.renew(E.ACCEPTED)

    def _accepted(self, event: Event) -> None:
        if former := self.latest(*HANDLE_IDS):
            former.cancel(event)
        if event.procedure is Procedure.SIMPLE:
            received = self.history.seen[E.RECEIVED]
            self._begin("simple_accept", event, start=received.day).met = event
            self._begin("simple_handle", event)
        else:
            self._begin("handle", event)
        self._cap_report_back()

    def _extended(self, event: Event) -> None:
        handling = self.latest(*HANDLE_IDS)
        limit = self.edition.limits["handle_extended"]
        days = event.days or 0
        if handling is None or handling.limit.id == "simple_handle":
            raise refusal("order_simple_extension", event, self.edition)
        if not handling.open or handling.due_day is None:
            raise refusal("order_handling_over", event, self.edition)
        if days > limit.figure:
            raise refusal("order_too_long", event, self.edition, days=days, most=limit.figure)
        handling.extension = Extension(
            event=event, limit=limit, days=days, former_due=handling.due_day
        )
        handling.recount()
        self._cap_report_back()

    def _cap_report_back(self) -> None:
        """A report on an assignment is never due after the handling itself (art. 22)."""
        handling = self.latest("handle")
        due = handling.due_day if handling and not handling.voided else None
        for period in self.periods:
            if period.limit.id == "report_back" and not period.voided:
                period.cap = due
                period.recount()

    def _result_reported(self, event: Event) -> None:
        assignments = [period for period in self.periods if period.limit.id == "report_back"]
        if not assignments:
            raise refusal("order_nothing_assigned", event, self.edition)
        # An objection upheld lower down leaves the assignment that was passed on to be reported.
        if all(period.voided for period in assignments) and (fell := assignments[-1].voided):
            raise refusal("order_assignment_void", event, self.edition, day=fell.day)

    def _review_delivered(self, event: Event) -> None:
        if E.REMANDED not in self.history.seen:  # a remand is answered by a new handling opinion
            self._begin("request_reexamination", event)

    def _reexamination_issued(self, event: Event) -> None:
        if period := self.latest("reexamine"):
            self._refuse_during_hearing(period, event)

    def _refuse_during_hearing(self, period: Period, event: Event) -> None:
        if hearing := period.pausing:
            raise refusal("order_hearing_open", event, self.edition, day=hearing.opened.day)

    def _hearing_opened(self, event: Event) -> None:
        """Only a hearing in re-examination stops a clock."""
        period = self.latest("reexamine")
        if period and period.open:
            period.hearings.append(Hearing(opened=event))
            period.recount()

    def _hearing_closed(self, event: Event) -> None:
        period = self.latest("reexamine")
        if period and period.open and (hearing := period.pausing):
            hearing.closed = event
            period.recount()

    def _recommended(self, event: Event) -> None:
        if self._recommendation(event):
            raise refusal("order_recommended_twice", event, self.edition, id=quote(event.id))
        self._begin("recommendation_feedback", event)

    def _recommendation_answered(self, event: Event) -> None:
        period = self._recommendation(event)
        if period is None:
            raise refusal("order_recommendation_unknown", event, self.edition, id=quote(event.id))
        if not period.open:
            raise refusal("order_recommendation_closed", event, self.edition, id=quote(event.id))
        period.met = event

    def _recommendation(self, event: Event) -> Period | None:
        ids = ("recommendation_feedback",)
        return next((p for p in self.periods if p.limit.id in ids and p.began.id == event.id), None)

    def _withdrawn(self, event: Event) -> None:
        for period in self.periods:
            if period.limit.id not in OUTLIVE_WITHDRAWAL:
                period.cancel(event)

    def _remanded(self, event: Event) -> None:
        if window := self.latest("request_reexamination"):
            window.cancel(event)
        self._begin("handle", event)
        self._cap_report_back()


SPECIAL: Mapping[EventType, Callable[[Proceedings, Event], None]] = {
    E.RECEIVED: Proceedings._received,
    E.REFERRED: Proceedings._referred,
    E.OBJECTION_UPHELD: Proceedings._upheld,
    E.ACCEPTED: Proceedings._accepted,
    E.EXTENDED: Proceedings._extended,
    E.RESULT_REPORTED: Proceedings._result_reported,
    E.REVIEW_OPINION_DELIVERED: Proceedings._review_delivered,
    E.REEXAMINATION_OPINION_ISSUED: Proceedings._reexamination_issued,
    E.HEARING_OPENED: Proceedings._hearing_opened,
    E.HEARING_CLOSED: Proceedings._hearing_closed,
    E.RECOMMENDED: Proceedings._recommended,
    E.RECOMMENDATION_ANSWERED: Proceedings._recommendation_answered,
    E.WITHDRAWN: Proceedings._withdrawn,
    E.REMANDED: Proceedings._remanded,
}
