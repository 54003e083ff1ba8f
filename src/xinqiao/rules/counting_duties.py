"""What somebody owes by a day, and when it was done: told from the clocks of the law and from what was asked."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import chain

from xinqiao.rules.counting import Counted, What
from xinqiao.rules.counting_course import Course
from xinqiao.rules.replay import Turn
from xinqiao.rules.states import ANSWERED_STATES, State
from xinqiao.rules.supervision import rules
from xinqiao.rules.urging import ANSWERED_BY_REPORT, RECOMMENDATIONS

_REFERS = ("transfer", "assign", "report_up")
#: A unit has said what becomes of the matter, or has sent it on: with one of these a duty of acceptance is done.
_DECIDES = frozenset({"accept", "take_up", "decline", "guide", "reply", "record_answer", *_REFERS})


def duties(course: Course) -> Iterator[Counted]:
    """All that is owed, or was, on this matter."""
    return chain(
        acceptances(course), answers(course), executions(course), reports_back(course), urgings(course),
        recommendations(course),
    )  # fmt: skip


def acceptances(course: Course) -> Iterator[Counted]:
    """Each unit at which the matter arrived has fifteen days to refer, accept, decline, guide or notify (art. 22, 23).

    A referral that was rightly objected to falls. An office that sends it on has done its part with that; the next
    unit's time begins. The shorter limit for accepting in the simple procedure is not counted beside these.
    """
    first = (course.received,)
    referred = [*course.of(*_REFERS), *filter(_another, course.of("decide_competence"))]
    for clock_id, begun in (
        ("register_and_refer" if course.facts.received_by == "petition_office" else "notify_direct", first),
        ("notify_referred", referred),
    ):  # fmt: skip
        for clock, turn in course.running([clock_id], begun):
            unit = (
                course.facts.receiver if turn is course.received else turn.entry.payload["to_unit"]
            )
            due = clock.due_day or clock.start
            yield course.fact(
                What.ACCEPTANCE, turn, unit, due, start=clock.start, due=due, mark=clock_id,
                done=_earlier(clock.met_on, _decided(course, turn)),
            )  # fmt: skip


def _another(turn: Turn) -> bool:
    """A decision on competence that names another unit is a referral of its own; else the first one stands."""
    return turn.after.handler != turn.before.handler


def _decided(course: Course, began: Turn) -> date | None:
    later = (turn.entry for turn in course.turns if turn.entry.seq > began.entry.seq)
    return next((entry.day for entry in later if entry.step in _DECIDES), None)


def _earlier(one: date | None, other: date | None) -> date | None:
    return min((day for day in (one, other) if day is not None), default=None)


def answers(course: Course) -> Iterator[Counted]:
    """An opinion is owed by who accepted, reviews or re-examines (art. 32 to 36); an extension moves the last day."""
    accepted = course.of("accept")
    ordinary = [turn for turn in accepted if turn.entry.payload["procedure"] == "ordinary"]
    simple = [turn for turn in accepted if turn.entry.payload["procedure"] == "simple"]
    appeals = course.of("deliver_review_opinion", "deliver_reexamination_opinion")
    again = [turn for turn in appeals if turn.after.state is State.ACCEPTED]
    for ids, begun in (
        (("handle", "handle_extended"), [*ordinary, *course.of("record_answer"), *again]),
        (("simple_handle",), simple),
        (("review",), course.of("request_review")),
        (("reexamine",), course.of("request_reexamination")),
    ):
        for clock, turn in course.running(ids, begun):
            due = clock.due_day or clock.start
            yield course.fact(
                What.ANSWER, turn, _owes_answer(turn), due, start=clock.start, due=due, done=clock.met_on,
                mark=ids[0], extended=clock.id == "handle_extended",
            )  # fmt: skip


def _owes_answer(turn: Turn) -> str:
    return str(turn.entry.payload.get("to_unit") or turn.after.handler)


def executions(course: Course) -> Iterator[Counted]:
    """An opinion that supports the petitioner is carried out within the days after which supervision urges (art. 32).

    One that a review sent back is in force no longer.
    """
    facts = course.facts
    delivered = course.of("deliver_opinion")
    if not facts.supported or not delivered or facts.state not in ANSWERED_STATES:
        return
    turn = delivered[-1]
    due = turn.entry.day + timedelta(days=rules()["not_executed"].days)
    yield course.fact(
        What.EXECUTION,
        turn,
        facts.handler,
        due,
        start=turn.entry.day,
        due=due,
        done=course.executed,
    )


def reports_back(course: Course) -> Iterator[Counted]:
    """What was assigned is reported back by who handles it, by the day set and never after the answer's (art. 22)."""
    facts = course.facts
    for clock, turn in course.running(["report_back"], course.of("assign")):
        due = clock.due_day or clock.start
        unit = facts.handler or turn.entry.payload["to_unit"]
        yield course.fact(
            What.REPORT_BACK, turn, unit, due, start=clock.start, due=due, done=clock.met_on
        )


def urgings(course: Course) -> Iterator[Counted]:
    """Each urging, and each ordered correction, by the day that was set for its answer (art. 39, 40)."""
    for turn, answer, what in _asked(course, ANSWERED_BY_REPORT):
        due = turn.entry.payload_day("answer_by") or turn.entry.day
        yield course.fact(
            What.URGING, turn, what[1], due, start=turn.entry.day, due=due, mark=what[0],
            done=answer.entry.day if answer else None,
        )  # fmt: skip


def recommendations(course: Course) -> Iterator[Counted]:
    """Each of the three recommendations (三项建议) by the last day for its answer (art. 40); `mark`: its fate."""
    answered = {turn.entry.seq: answer for turn, answer, _ in _asked(course, RECOMMENDATIONS)}
    for clock, turn in course.running(["recommendation_feedback"], course.of("recommend")):
        answer = answered.get(turn.entry.seq)
        due = clock.due_day or clock.start
        yield course.fact(
            What.RECOMMENDATION, turn, turn.entry.payload["addressee"], due, start=clock.start, due=due,
            done=answer.entry.day if answer else None,
            mark=answer.entry.payload.get("adoption", "") if answer else "",
        )  # fmt: skip


def _asked(
    course: Course, kinds: tuple[str, ...]
) -> Iterator[tuple[Turn, Turn | None, tuple[str, str]]]:
    """What supervision asked of these kinds, with its answer, and what of whom."""
    if not course.facts.asked:
        return
    by_seq = {turn.entry.seq: turn for turn in course.turns}
    answers = {
        turn.entry.payload["addressed"]: turn
        for turn in course.of("answer_urging", "answer_recommendation")
    }
    for one in sorted(course.facts.asked, key=lambda one: one.seq):
        if one.what in kinds:
            yield by_seq[one.seq], answers.get(one.seq), (one.what, one.unit)
