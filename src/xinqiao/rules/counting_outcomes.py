"""What came of a matter: answers handed out and rated, closing, appeals, the end of the procedure, the stock."""

from collections.abc import Iterator
from datetime import date
from itertools import chain

from xinqiao.rules.counting import Counted, What
from xinqiao.rules.counting_course import HANDED_OUT, Course
from xinqiao.rules.replay import Turn
from xinqiao.rules.states import CLOSED, State

_HELP = ("give_help", "pay_relief")


def outcomes(course: Course) -> Iterator[Counted]:
    """All that came of this matter so far, and the matter itself."""
    return chain(
        delivered(course), closings(course), appeals(course), conclusions(course), [matter(course)]
    )


def delivered(course: Course) -> Iterator[Counted]:
    """Each answer that was handed out: an opinion, a plain reply, an agreement. `mark` is how the petitioner rated
    the unit for it, `done` on which day, `settled` where they said so then; none of it while they have not.
    """
    turns = course.of(*HANDED_OUT)
    ends = [turn.entry.seq for turn in turns[1:]]
    rated = course.of("rate")
    for turn, end in zip(turns, [*ends, None], strict=False):
        rating = next((one.entry for one in rated if _between(turn, one, end)), None)
        yield course.fact(
            What.DELIVERED, turn, turn.after.handler, turn.entry.day, again=course.again(turn),
            mark=rating.payload["unit_rating"] if rating else "",
            done=rating.day if rating else None,
            settled=rating.day if rating and rating.payload["settled"] else None,
        )  # fmt: skip


def _between(begin: Turn, turn: Turn, end: int | None) -> bool:
    seq = turn.entry.seq
    return seq > begin.entry.seq and (end is None or seq < end)


def closings(course: Course) -> Iterator[Counted]:
    """Each closing, whatever its kind (`mark`: the state): a refusal improves no rate by being left out.

    `settled` is the day on which the petitioner said so, `done` that on which a supported opinion was carried out;
    whether it stayed quiet, `again` tells. Asking for a written opinion opens it again.
    """
    for turn in course.turns:
        if turn.after.state in CLOSED and turn.before.state not in CLOSED:
            yield course.fact(
                What.CLOSED, turn, turn.after.handler or turn.after.holder, turn.entry.day,
                start=course.received.entry.day, settled=course.confirmed, done=course.executed,
                again=course.again(turn), mark=str(turn.after.state),
            )  # fmt: skip


def appeals(course: Course) -> Iterator[Counted]:
    """Each opinion of review or re-examination that was delivered, as a figure of whose opinion it judged.

    A review judges that of the handler, a re-examination that of the reviewer (art. 35, 36).
    """
    for turn in course.of("deliver_review_opinion", "deliver_reexamination_opinion"):
        before = turn.before
        again = turn.entry.step == "deliver_reexamination_opinion"
        yield course.fact(
            What.APPEAL, turn, before.reviewer if again else before.handler, turn.entry.day,
            mark=before.reexamination_result if again else before.review_result,
        )  # fmt: skip


def conclusions(course: Course) -> Iterator[Counted]:
    """The end of the procedure (终结); `done` is the first day on which help was given after it (art. 36, 37)."""
    for turn in course.turns:
        if turn.after.state is State.CONCLUDED and turn.before.state is not State.CONCLUDED:
            helped = (one for one in course.of(*_HELP) if one.entry.seq > turn.entry.seq)
            yield course.fact(
                What.CONCLUDED, turn, turn.after.handler, turn.entry.day, again=course.again(turn),
                settled=course.confirmed, done=next((one.entry.day for one in helped), None),
            )  # fmt: skip


def matter(course: Course) -> Counted:
    """The matter, from receipt on: `done` closed, as it stands; `settled` confirmed, or carried out and not denied.

    `again` is the first further contact after that. One that goes on as another (`mark` reopened) is that one's.
    """
    facts, settled = course.facts, course.settled
    closed = [t for t in course.turns if t.after.state in CLOSED and t.before.state not in CLOSED]
    return course.fact(
        What.MATTER, course.received, facts.handler or facts.receiver, course.received.entry.day,
        settled=settled, done=closed[-1].entry.day if facts.state in CLOSED else None,
        again=_again_after(course, settled), first=facts.predecessor is None,
        mark="reopened" if course.of("reopen") else "",
    )  # fmt: skip


def _again_after(course: Course, day: date | None) -> date | None:
    """The first return on a later day than this."""
    if day is None:
        return None
    later = (turn.entry.day for turn in course.of("add_contact", "reopen"))
    return min((one for one in later if one > day), default=None)
