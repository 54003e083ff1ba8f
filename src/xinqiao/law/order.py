"""Which event may come after which: one literal table.

A row says what must have come before, what must not, and which earlier events stop counting once
this one has happened (a hearing that is closed is no longer open; a remand reopens the handling).
"""

from collections.abc import Mapping
from dataclasses import dataclass

from xinqiao.law.errors import ImpossibleOrder
from xinqiao.law.events import Event, EventType
from xinqiao.law.limits import Edition
from xinqiao.law.wording import Fact, Term

E = EventType
Types = tuple[EventType, ...]


@dataclass(frozen=True, kw_only=True)
class Row:
    """`after`: one of these must have come. `never_after`: none of these may have."""

    after: Types = ()
    never_after: Types = ()
    once: bool = False
    forgets: Types = ()


OBJECTION = (E.OBJECTED, E.OBJECTION_UPHELD, E.OBJECTION_REJECTED)
HANDLING = (E.EXTENDED, E.OPINION_ISSUED, E.OPINION_DELIVERED)
APPEALS = (
    E.REVIEW_REQUESTED, E.REVIEW_OPINION_ISSUED, E.REVIEW_OPINION_DELIVERED,
    E.REEXAMINATION_REQUESTED, E.REEXAMINATION_OPINION_ISSUED, E.REEXAMINATION_OPINION_DELIVERED,
    E.REMANDED,
)  # fmt: skip

# Types without a row may come at any time after receipt, and more than once.
ORDER: Mapping[EventType, Row] = {
    E.RECEIVED: Row(once=True),
    # A transfer may be passed on, and a matter is referred anew after an upheld objection:
    # an objection belongs to one referral.
    E.REFERRED: Row(forgets=OBJECTION),
    E.OBJECTED: Row(after=(E.REFERRED,), once=True),
    E.OBJECTION_UPHELD: Row(
        after=(E.OBJECTED,), never_after=(E.OBJECTION_REJECTED,), once=True, forgets=(E.REFERRED,)
    ),
    E.OBJECTION_REJECTED: Row(after=(E.OBJECTED,), never_after=(E.OBJECTION_UPHELD,), once=True),
    # A second time only by the right unit, after an upheld objection: see History.renew.
    E.ACCEPTED: Row(once=True, never_after=(E.OPINION_DELIVERED,), forgets=HANDLING),
    E.EXTENDED: Row(after=(E.ACCEPTED,), never_after=(E.OPINION_DELIVERED,), once=True),
    E.OPINION_ISSUED: Row(after=(E.ACCEPTED,), once=True),
    # Delivery begins the appeals; after a remand it begins them anew.
    E.OPINION_DELIVERED: Row(after=(E.OPINION_ISSUED,), once=True, forgets=APPEALS),
    E.REVIEW_REQUESTED: Row(after=(E.OPINION_DELIVERED,), once=True),
    E.REVIEW_OPINION_ISSUED: Row(after=(E.REVIEW_REQUESTED,), once=True),
    E.REVIEW_OPINION_DELIVERED: Row(after=(E.REVIEW_OPINION_ISSUED,), once=True),
    E.REEXAMINATION_REQUESTED: Row(after=(E.REVIEW_OPINION_DELIVERED,), once=True),
    E.REEXAMINATION_OPINION_ISSUED: Row(after=(E.REEXAMINATION_REQUESTED,), once=True),
    E.REEXAMINATION_OPINION_DELIVERED: Row(after=(E.REEXAMINATION_OPINION_ISSUED,), once=True),
    E.REMANDED: Row(
        after=(E.REVIEW_OPINION_ISSUED, E.REEXAMINATION_OPINION_ISSUED),
        once=True,
        forgets=HANDLING,
    ),
    E.HEARING_OPENED: Row(once=True, forgets=(E.HEARING_CLOSED,)),
    E.HEARING_CLOSED: Row(after=(E.HEARING_OPENED,), forgets=(E.HEARING_OPENED,)),
    E.URGENT_REPORTED: Row(after=(E.URGENT_NOTICED,)),
}
ANYWHERE = Row()


def refusal(code: str, event: Event, edition: Edition, **facts: Fact) -> ImpossibleOrder:
    """The error that says why `event` cannot come now, with its article."""
    return ImpossibleOrder(
        code,
        event=Term(code=event.type),
        at=event.at,
        law=edition.article_of(event.type),
        **facts,
    )


class History:
    """The events that still count, by type: the last of each."""

    def __init__(self, edition: Edition) -> None:
        self.edition = edition
        self.seen: dict[EventType, Event] = {}
        self.renewable: set[EventType] = set()

    def check(self, event: Event) -> None:
        """Raise ImpossibleOrder when the table does not let `event` come now."""
        row = ORDER.get(event.type, ANYWHERE)
        if event.type is not E.RECEIVED and E.RECEIVED not in self.seen:
            raise refusal("order_before_receipt", event, self.edition)
        if row.once and event.type not in self.renewable:
            self._refuse_after((event.type,), "order_twice", event)
        if row.after and not any(kind in self.seen for kind in row.after):
            raise refusal("order_needs", event, self.edition, missing=Term(code=row.after[0]))
        self._refuse_after(row.never_after, "order_not_after", event)

    def _refuse_after(self, kinds: Types, code: str, event: Event) -> None:
        for kind in kinds:
            if earlier := self.seen.get(kind):
                term = Term(code=kind)
                raise refusal(code, event, self.edition, earlier=term, day=earlier.day)

    def add(self, event: Event) -> None:
        """Remember `event`, and forget what it puts an end to."""
        self.seen[event.type] = event
        self.renewable.discard(event.type)
        self.forget(ORDER.get(event.type, ANYWHERE).forgets)

    def renew(self, kind: EventType) -> None:
        """Let an event of this type come once more, while the earlier one counts on until then."""
        self.renewable.add(kind)

    def forget(self, kinds: Types) -> None:
        """Let events of these types count no longer."""
        for kind in kinds:
            self.seen.pop(kind, None)
