"""The plan of the demonstration city: three years of petition matters, told to their end.

Pure values: nothing here touches a database. The same size, seed and end give the same plan.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from random import Random

from xinqiao.demo import closing, handling, referral
from xinqiao.demo.appeals import appeal
from xinqiao.demo.casting import cast, first_contact
from xinqiao.demo.dice import dice, happens
from xinqiao.demo.rhythm import Arrival, Size, arrivals, years_before
from xinqiao.demo.story import Story
from xinqiao.demo.values import PlannedMatter, PlannedStep
from xinqiao.demo.workclock import WorkClock
from xinqiao.law.calendar import published
from xinqiao.rules.entries import SHANGHAI
from xinqiao.rules.states import OUTSIDE_PATHS, LegalPath

R2022_BEGINS = date(2022, 5, 1)
_WITHDRAWN = 0.015
_STUCK, _STUCK_DAYS = 0.1, 260
_LONGEST_STORY = timedelta(days=1500)


def plan(size: Size, seed: int, end: date) -> Iterator[PlannedMatter]:
    """The matters of the three years before `end`, by the time of their first contact.

    Raises ValueError when the three years would begin under the regulation of 2005, whose steps
    were others. Everything happens before the day `end` begins in Shanghai; what would come later is left out,
    so the latest matters are still open, some of them beyond their dates. `small` has about 250
    matters, `city` about 6,000. Staff act in office hours; what petitioners do online does not
    keep to them.
    """
    if years_before(end) < R2022_BEGINS:
        raise ValueError(f"{end}: the plan needs three years after {R2022_BEGINS}")
    begins = years_before(end) - timedelta(days=40)
    clock = WorkClock(published(), begins, end + _LONGEST_STORY)
    stop = datetime.combine(end, time(), tzinfo=SHANGHAI)
    for number, arrival in enumerate(arrivals(size, seed, end, clock), 1):
        yield _matter(f"{seed}-{number:05d}", arrival, clock, dice(seed, "story", number), stop)


def _matter(
    key: str, arrival: Arrival, clock: WorkClock, rng: Random, stop: datetime
) -> PlannedMatter:
    """One matter, cut off where the plan ends."""
    people = cast(arrival)
    story = Story(people, first_contact(rng, arrival, people), clock, rng)
    _tell(story)
    closing.come_again(story)
    _get_stuck(story, stop)
    return _as_of(key, story, stop)


def _tell(story: Story) -> None:
    """From the desk to the unit in charge, its answer, and what follows it."""
    rng, subject = story.rng, story.cast.subject
    simple = subject.path is LegalPath.PETITION and happens(rng, subject.chances.simple)
    referral.register(story, brisk=simple)
    if referral.ends_at_the_desk(story):
        closing.rate(story, 0.2)
        return
    referral.refer(story, brisk=simple)
    if happens(rng, _WITHDRAWN):
        closing.withdraw(story)
        return
    if subject.path in OUTSIDE_PATHS:
        story.wait(1, 8)
        referral.guide(story)
    elif subject.path is LegalPath.PETITION:
        _handle(story, simple)
        return
    else:
        handling.study(story)
    closing.report_result(story)
    closing.rate(story, 0.4)


def _handle(story: Story, simple: bool) -> None:
    """A claim on the sixth path: a settlement, a plain answer or an opinion, and its aftermath."""
    inquiry = handling.accept(story, simple)
    if simple:
        handling.answer_simply(story)
    elif not handling.inquire(story, inquiry):
        story.result = "settled"
    else:
        handling.answer(story, inquiry)
        _after_opinion(story)
        return
    closing.report_result(story)
    closing.rate(story, 0.5)


def _after_opinion(story: Story) -> None:
    closing.report_result(story)
    concluded = appeal(story)
    closing.rate(story, 0.45)
    closing.execute(story)
    if not concluded:
        closing.conclude(story)


def _get_stuck(story: Story, stop: datetime) -> None:
    """A few of the late matters lie about: somebody did not act, and has not until the end."""
    young = story.contacts[0].received_at > stop - timedelta(days=_STUCK_DAYS)
    if young and happens(story.rng, _STUCK * story.pace.speed):
        kept = story.rng.randrange(1, len(story.steps) + 1)
        story.steps = story.steps[:kept]


def _as_of(key: str, story: Story, stop: datetime) -> PlannedMatter:
    steps = [step for step in story.steps if step.at < stop]
    came = {0} | {step.fields["contact"] for step in steps if step.step == "add_contact"}
    order = sorted(came, key=lambda number: story.contacts[number].received_at)
    subject = story.cast.subject
    return PlannedMatter(
        key=key,
        template=subject.code,
        kind=str(subject.kind),
        category=subject.category,
        region=story.cast.region,
        path=str(subject.path) if subject.path else None,
        urgent=any(step.step == "notice_urgent" for step in steps),
        unit=story.cast.receiver.code,
        contacts=tuple(story.contacts[number] for number in order),
        steps=tuple(_renumbered(step, order) for step in steps),
    )


def _renumbered(step: PlannedStep, order: list[int]) -> PlannedStep:
    """The step pointing at the contact's place in `order`."""
    if step.step != "add_contact":
        return step
    number = order.index(step.fields["contact"])
    return replace(step, fields={**step.fields, "contact": number})
