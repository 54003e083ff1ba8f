"""The last part of a story: results reported, ratings, execution, conclusion, and coming again."""

from datetime import datetime, timedelta

from xinqiao.demo import grammar
from xinqiao.demo.casting import at_designated_place
from xinqiao.demo.catalogue import CITY, PROVINCE, petition_office
from xinqiao.demo.dice import happens
from xinqiao.demo.rhythm import moment_of
from xinqiao.demo.scene import month_and_day
from xinqiao.demo.story import Story
from xinqiao.demo.values import PlannedContact, PlannedStep
from xinqiao.rules.states import Kind
from xinqiao.rules.units import Unit

_WINDOW = 30
_RATINGS = ("satisfied", "basically_satisfied", "dissatisfied")
_CONTENT = {  # shares of the three ratings of the handling unit, by the result
    "supported": (0.55, 0.3, 0.15),
    "adopted": (0.7, 0.25, 0.05),
    "verified": (0.6, 0.3, 0.1),
    "partly": (0.3, 0.45, 0.25),
    "explained": (0.22, 0.4, 0.38),
    "noted": (0.3, 0.5, 0.2),
    "settled": (0.75, 0.22, 0.03),
}
_DISCONTENT = (0.1, 0.28, 0.62)
_COMMENTS = dict(zip(_RATINGS, ("rating_good", "rating_fair", "rating_bad"), strict=True))
_REPEATS = 0.13


def report_result(story: Story) -> None:
    """The result of an assigned matter goes back to whoever assigned it; sometimes it is forgotten."""
    if not story.assigned or happens(story.rng, 0.07):
        return
    story.wait(0.3, 4)
    result = story.result
    if result in story.cast.subject.outcomes:
        found = grammar.finding(story.rng, story.cast.subject, result, story.words())
        record = story.say("office.result_report", found=found.found, decision=found.decision)
    else:
        settled = result == "settled"
        record = story.say("office.result_settled" if settled else "office.result_answered")
    story.handle("report_result", "officer", record=record)


def rate(story: Story, chance: float) -> None:
    """The petitioner rates the petition office and the handling unit, if at all."""
    rng = story.rng
    if not happens(rng, chance):
        return
    story.wait(0.3, 14)
    unit = rng.choices(_RATINGS, _CONTENT.get(story.result, _DISCONTENT))[0]
    better = _RATINGS[max(0, _RATINGS.index(unit) - rng.randrange(2))]
    settled = unit != "dissatisfied" and happens(rng, 0.8)
    comment = story.say(f"closing.{_COMMENTS[unit]}")
    fields = {"comment": comment} if comment else {}
    story.petitioner("rate", office_rating=better, unit_rating=unit, settled=settled, **fields)


def execute(story: Story) -> None:
    """A supported opinion is executed, and the petition office looks whether it was (art. 32)."""
    if story.result != "supported" or not happens(story.rng, 0.85):
        return
    story.wait(3, 35)
    execution = story.say("office.execution")
    executed_on = story.today - timedelta(days=story.rng.randrange(0, 3))
    story.handle(
        "record_execution", "officer", execution=execution, executed_on=executed_on.isoformat()
    )
    if happens(story.rng, 0.5):
        story.wait(2, 25)
        confirmed = happens(story.rng, 0.92)
        record = story.say("office.follow_up_good" if confirmed else "office.follow_up_bad")
        story.step(
            "follow_up_execution",
            story.office,
            "officer",
            execution_confirmed=confirmed,
            record=record,
        )


def conclude(story: Story) -> None:
    """The window has run out unused: the territory's petition office concludes the matter (art. 36)."""
    if happens(story.rng, 0.1):
        return
    story.wait_days(story.delivered, _WINDOW)
    story.wait(1, 9)
    story.step("conclude", story.office, "clerk")


def withdraw(story: Story) -> None:
    """The petitioner takes the petition back."""
    story.wait(1, 12)
    story.petitioner("withdraw", reason=story.say("petition.withdrawal"))


def come_again(story: Story) -> None:
    """Some petitioners come again on the same matter while it runs or after it, some of them higher."""
    while len(story.contacts) < 4 and happens(story.rng, _REPEATS * len(story.contacts)):
        begun, last = story.steps[0].at, story.steps[-1].at
        days = story.rng.randrange(3, max(8, (last - begun).days + 60))
        _one_more_contact(story, begun + timedelta(days=days))


def _one_more_contact(story: Story, moment: datetime) -> None:
    rng, cast = story.rng, story.cast
    channel = rng.choices(("online", "call", "visit", "letter"), (4, 3, 3, 1))[0]
    moment = moment_of(rng, channel, moment.date(), story.clock)
    if moment <= story.steps[0].at:  # days off put it back before the registration
        return
    level, unit = ("", cast.receiver)
    if channel == "visit":
        level, unit = _where_to(story)
    said = "".join(earlier.body for earlier in story.contacts)
    words = cast.words.having(received=month_and_day(story.received, moment.date()))
    wording = grammar.repeat(rng, cast.subject, words, story.title, said)
    contact = PlannedContact(
        unit=unit.code,
        channel=channel,
        received_at=moment,
        subject=wording.subject,
        body=wording.text,
        petitioners=cast.petitioners[:1],
        level=level,
        designated_place=at_designated_place(rng, level) if channel == "visit" else None,
        postmark_on=moment.date() - timedelta(days=3) if channel == "letter" else None,
    )
    story.contacts.append(contact)
    fields = {"contact": len(story.contacts) - 1, "channel": channel, "repeat": True}
    recorded = story.clock.moment(story.clock.at_or_after(moment) + rng.randrange(2, 60))
    step = PlannedStep(
        step="add_contact", at=recorded, by_unit=unit.code, by_role="clerk", fields=fields
    )
    story.steps = sorted([*story.steps, step], key=lambda s: s.at)


def _where_to(story: Story) -> tuple[str, Unit]:
    """The same office again, or the one above; a report stays with the office that received it."""
    receiver, rng = story.cast.receiver, story.rng
    if story.cast.subject.kind is Kind.REPORT or happens(rng, 0.6):
        return story.cast.visit_level, receiver
    door = rng.choices(("city", "province", "nation"), (8, 3, 1))[0]
    return door, petition_office(CITY if door == "city" else PROVINCE)
