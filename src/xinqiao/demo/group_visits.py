"""Group visits over three years: the first-in-charge is called, goes, hears, promises; the last ones still run."""

from collections import Counter
from datetime import date, datetime, timedelta
from random import Random

from xinqiao.demo.chapter import City, Refused, at
from xinqiao.demo.in_person import (
    CONCERNS,
    YEARS,
    Concern,
    bring,
    send_on,
    settle,
    somebody,
    working_day,
)
from xinqiao.demo.load import username
from xinqiao.duties import actions as duties
from xinqiao.group_visits import actions
from xinqiao.intake import queries as intake
from xinqiao.matters import actions as matters
from xinqiao.rules.group_visits import Cause
from xinqiao.rules.persons import petitioner_of
from xinqiao.rules.refusals import Refused as Refusing

_MANY = {"small": 5, "city": 36}
_LESSONS = {
    Cause.PROMISE_NOT_KEPT: "承诺事项列入督办清单，每周通报进度，到期前三日提醒责任人。",
    Cause.LATE: "办理期限过半由分管负责人过问一次，逾期的当天说明原因。",
    Cause.NOT_EXPLAINED: "作出答复前先当面解释政策依据，并把办理进度发给代表。",
    Cause.DECISION_WITHOUT_ASKING: "涉及群众利益的方案出台前，先在当地公示并听取意见。",
}  # fmt: skip


def play(city: City, rng: Random) -> Refused:
    """So many visits over three years; one of yesterday has not been acknowledged yet."""
    refused: Refused = Counter()
    many = _MANY.get(city.size, _MANY["small"])
    for number in range(many):
        last = number == many - 1
        day = (
            city.today - timedelta(days=1) if last else city.today - YEARS + YEARS * number // many
        )
        concern = CONCERNS[number % len(CONCERNS)]
        try:
            _play(city, rng, concern, day if last else working_day(day))
        except Refusing as refusal:
            refused["group_visit", refusal.refusal.code] += 1
    return refused


def _play(city: City, rng: Random, concern: Concern, day: date) -> None:
    when = at(day, 9, 20)
    receipt = bring(city, rng, concern, somebody(rng), when, heads=rng.randrange(6, 40))
    send_on(city, receipt.matter, concern, when + timedelta(minutes=20))
    visit = intake.visit(receipt.contact)
    row = actions.call(visit, now=when + timedelta(minutes=21)) if visit else None
    if row is None or day >= city.today - timedelta(days=1):
        return
    _on_the_spot(city, rng, row, concern, day, when)
    answered = settle(city, receipt.matter, concern, day, rng)
    if answered is not None:
        _review(city, rng, row, receipt.matter, concern, answered)


def _on_the_spot(
    city: City, rng: Random, row: int, concern: Concern, day: date, when: datetime
) -> None:
    """The head comes, mostly in time, hears the representatives, and promises something by a day."""
    head, officer = (city.person(username(concern.unit, role), day) for role in ("head", "officer"))
    late = timedelta(minutes=rng.choice((35, 45, 50, 80)))
    actions.acknowledge(row, by=head, now=when + late)
    actions.arrive(row, by=head, now=when + late + timedelta(minutes=rng.choice((30, 60, 90))))
    heard = when + timedelta(hours=4)
    actions.hear(row, concern.body, rng.randrange(2, 6), by=head, now=heard)
    promised = heard.date() + timedelta(days=10)
    duty = actions.promise(row, concern.decided, concern.unit, promised, by=head, now=heard)
    if rng.random() < 0.4:
        taken = rng.random() < 0.6
        actions.offer_help(
            row, offered=True, consented=taken, given=taken or None, by=head, now=heard
        )
    done = at(working_day(day + timedelta(days=3)), 16)
    if done.date() < city.today:
        duties.report_done(duty, concern.answer, by=officer, now=done)
        duties.confirm(duty, by=head, now=done + timedelta(hours=1))


def _review(
    city: City, rng: Random, row: int, matter: int, concern: Concern, answered: datetime
) -> None:
    """Settled, the follow-up ends; a week later the unit has looked at what went wrong before."""
    rating = {"office_rating": "satisfied", "unit_rating": "satisfied", "settled": True}
    evening = answered + timedelta(hours=4)
    matters.take(matter, "rate", rating, by=petitioner_of(matter), now=evening, tell=False)
    actions.end_follow_up(row, now=evening + timedelta(minutes=5))
    reviewed = at(working_day(answered.date() + timedelta(days=6)), 9)
    if reviewed.date() < city.today:
        cause = rng.choice(list(_LESSONS))
        head = city.person(username(concern.unit, "head"), reviewed.date())
        actions.review(row, cause, _LESSONS[cause], by=head, now=reviewed)
