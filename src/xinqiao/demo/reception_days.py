"""Three years of reception days: planned, booked, cancelled now and then; people are received, heard and answered."""

from collections import Counter
from datetime import date, datetime, time, timedelta
from random import Random

from xinqiao.demo.chapter import City, Refused, at
from xinqiao.demo.in_person import (
    CONCERNS,
    OFFICE,
    YEARS,
    Concern,
    bring,
    send_on,
    settle,
    somebody,
    working_day,
)
from xinqiao.demo.load import username
from xinqiao.matters import actions as matters
from xinqiao.people.values import PersonInput
from xinqiao.reception import actions as halls
from xinqiao.reception.days import actions, queries
from xinqiao.reception.days.values import DayInput, SlotState
from xinqiao.reception.values import Outcome, WindowValue
from xinqiao.rules.persons import SYSTEM
from xinqiao.rules.refusals import Refused as Refusing

_ROOMS = (("east", "接访一室"), ("west", "接访二室"))
_LEADERS = ("anqing-government", "anqing-petition-office", *(one.unit for one in CONCERNS))
_HOURS = [(time(9), time(11, 30))]
_PLANNED_AHEAD = timedelta(days=25)
#: How many weeks lie between two days in one room.
_EVERY = {"small": 16, "city": 3}


def play(city: City, rng: Random) -> Refused:
    """Every few weeks a leader receives in each compound; the next days are planned and partly booked."""
    refused: Refused = Counter()
    for number, (hall, label) in enumerate(_ROOMS):
        window = _room(hall, label, city)
        for turn, day in enumerate(_days(city, number)):
            unit = _LEADERS[(turn + 3 * number) % len(_LEADERS)]
            try:
                _play(city, rng, window, day, unit)
            except Refusing as refusal:
                refused["reception_day", refusal.refusal.code] += 1
    return refused


def _days(city: City, room: int) -> list[date]:
    """Every few weeks for three years; around today and in the next weeks one a week, in the one room or the other."""
    every = timedelta(weeks=_EVERY.get(city.size, 16))
    past, lately = [], city.today - timedelta(days=16)
    day = city.today - YEARS + timedelta(days=7 * room)
    while day < lately:
        past.append(day)
        day += every
    near = [city.today + timedelta(days=7 * week + 3 * room) for week in range(-1, 6)]
    return sorted({working_day(one) for one in (*past, *near)})


def _room(hall: str, label: str, city: City) -> int:
    value = WindowValue(
        label=label, unit=OFFICE, topics="领导接访", topics_en="Reception by leaders", place=9
    )
    return halls.save_window(hall, value, by=SYSTEM, now=at(city.today - YEARS))


def _play(city: City, rng: Random, window: int, day: date, unit: str) -> None:
    """One day: planned some weeks before, booked since, and, if it is over, received."""
    planned = at(working_day(min(day - _PLANNED_AHEAD, city.today - timedelta(days=5))))
    head = city.person(username(OFFICE, "head"), planned.date())
    concern = next((one for one in CONCERNS if one.unit == unit), rng.choice(CONCERNS))
    value = DayInput(
        leader=city.accounts[username(unit, "head")], unit=unit, window=window, day=day, spans=_HOURS, minutes=30,
        published_on=planned.date(), topics=concern.subject.partition("，")[0],
    )  # fmt: skip
    made = actions.plan(value, by=head, now=planned)
    visitors = _book(city, rng, made, day, concern, planned)
    if rng.random() < 0.08 and day < city.today:
        actions.cancel(made, "参加全市防汛工作会议", by=head, now=at(day - timedelta(days=1)))
    elif day < city.today:
        _receive(city, rng, made, window, day, concern, visitors)


def _book(
    city: City, rng: Random, made: int, day: date, concern: Concern, planned: datetime
) -> list[PersonInput]:
    """Some of the times are booked in the weeks before, none later than now."""
    found = queries.published(made, planned)
    times = queries.slots(found, planned) if found else []
    visitors = []
    for slot in times[: rng.randrange(2, 5)]:
        when = min(
            planned + timedelta(days=rng.randrange(1, 5), hours=rng.randrange(9)), at(day, 8)
        )
        who = somebody(rng)
        asked = PersonInput(name=who.name, phone=who.phone)
        actions.book(slot.id, asked, category=concern.category.partition(".")[0], now=when)
        visitors.append(who)
    return visitors


def _receive(
    city: City, rng: Random, made: int, window: int, day: date, concern: Concern, visitors: list[PersonInput]
) -> None:  # fmt: skip
    """On the day: who booked comes, mostly, and somebody without; each is called, heard, registered."""
    clerk, leader = city.person(username(OFFICE, "clerk"), day), queries.published(made, at(day, 8))
    assert leader is not None  # noqa: S101  it was planned a moment ago
    for line in queries.times_of(leader, at(day, 8)):
        if line.state is SlotState.BOOKED and line.booking and rng.random() < 0.85:
            actions.arrive(line.booking, by=clerk, now=at(day, 8, 40))
    actions.walk_in(made, by=clerk, now=at(day, 8, 50))
    waiting = [*visitors, somebody(rng)]
    for number, who in enumerate(waiting):
        when = at(day, 9 + number // 2, 30 * (number % 2))
        ticket = halls.call_next(window, by=clerk, now=when)
        if ticket is None:
            return
        if number and rng.random() < 0.15:
            halls.end_turn(window, Outcome.ADVISED, by=clerk, now=when)
            continue
        receipt = bring(city, rng, concern, who, when)
        halls.close_with_contact(ticket.id, receipt.contact, by=clerk, now=when)
        halls.note_where(receipt.contact, room=leader.label, leader=leader.leader)
        actions.note_heard(ticket.id, receipt.contact, receipt.matter)
        decided = {"decided": concern.decided, "leader": leader.leader}
        matters.take(receipt.matter, "record_reception", decided, by=clerk, now=when, tell=False)
        send_on(city, receipt.matter, concern, when + timedelta(hours=5))
        settle(city, receipt.matter, concern, day, rng)
