"""Hot spots in the demonstration city: several people write about one plant, one estate, one site, one village.

They are real contacts, read by the same linking as on any platform; one spot is handed over, one is judged.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from random import Random
from typing import Any

from xinqiao.demo import catalogue, names
from xinqiao.demo.chapter import City, Refused, at
from xinqiao.demo.in_person import OFFICE, working_day
from xinqiao.demo.load import person_input, suggested, username
from xinqiao.disputes.values import Finding
from xinqiao.insight.reading import queries as reading
from xinqiao.insight.reading.shared import shared
from xinqiao.insight.same import actions as same
from xinqiao.insight.same import jobs as words
from xinqiao.insight.spots import actions, queries
from xinqiao.insight.spots.jobs import look_for_hot_spots
from xinqiao.insight.spots.values import Filters, SpotLine
from xinqiao.intake import joining
from xinqiao.intake.actions import receive
from xinqiao.intake.values import ContactInput
from xinqiao.matters import actions as matters
from xinqiao.matters import queries as matter_queries
from xinqiao.matters.queries import Line
from xinqiao.rules.persons import Person
from xinqiao.rules.refusals import Refused as Refusing
from xinqiao.rules.states import Kind, State

_CHANNELS = ("letter", "call", "letter", "visit")
_FOUND_TRUE = "到现场核查，附近居民反映的是同一家企业的夜间排放，属实。"
_ABOUT_THE_SAME = "两件反映的是同一处问题，一并办理。"
_KNOWN = "已由清欠专班在办，工资名册正在核对。"


def play(city: City, rng: Random) -> Refused:
    """What people wrote, then what the office did about what was found."""
    refused: Refused = Counter()
    for spot in catalogue.read_toml("hotspots.toml")["spot"]:
        for number, before in enumerate(spot["before"]):
            try:
                _write(city, rng, spot, number, before)
            except Refusing as refusal:
                refused["hot_spot", refusal.refusal.code] += 1
    return refused


def _write(city: City, rng: Random, spot: Mapping[str, Any], number: int, before: int) -> None:
    """One neighbour writes or comes; the office registers it, and what is not of these days is sent on."""
    day = min(working_day(city.today - timedelta(days=before)), city.today - timedelta(days=1))
    when, clerk = at(day, 9, rng.randrange(60)), city.person(username(OFFICE, "clerk"), day)
    region = catalogue.regions()[spot["region"]]
    who = person_input(names.person(rng, f"{spot['place']} {number}", region, "新桥村", (28, 76)))
    channel = _CHANNELS[number % len(_CHANNELS)]
    visit: dict[str, Any] = (
        {"level": "city", "designated_place": True} if channel == "visit" else {}
    )
    contact = ContactInput(
        unit=OFFICE, channel=channel, received_at=when, subject=spot["titles"][number], body=spot["bodies"][number],
        petitioners=[who], **visit,
    )  # fmt: skip
    receipt = receive(contact, by=clerk, now=when)
    fields = {
        "kind": "claim",
        "region": region.code,
        "category": spot["category"],
        "path": "petition",
        **suggested(contact.subject, contact.body),
    }
    matters.take(receipt.matter, "register", fields, by=clerk, now=when, tell=False)
    if before > 5:
        head = city.person(username(OFFICE, "head"), day)
        sent = {"to_unit": spot["unit"], "reason": "属于该单位职责范围。"}
        matters.take(
            receipt.matter, "transfer", sent, by=head, now=when + timedelta(hours=2), tell=False
        )


def act_on_what_was_found(city: City) -> None:
    """When all was read: the office hands the plant over, and says that the site was known."""
    now = at(city.today, 10)
    look_for_hot_spots(now)
    head = city.person(username(OFFICE, "head"), city.today)
    for line in queries.listed(head, Filters(list="new"), now):
        if "化工园" in line.place:
            _hand_over(city, line)
        elif "安置房项目" in line.place:
            actions.judge(line.id, "known", _KNOWN, by=head, now=now)


def say_which_are_the_same(city: City) -> None:
    """When all was read: the office joins the first two that wait there and are suggested for each other, and refuses
    the first suggestion whose title has nothing in common with the matter's."""
    now = at(city.today, 10)
    clerk = city.person(username(OFFICE, "clerk"), city.today)
    scope = matter_queries.scope(clerk, now).filter(kind=Kind.CLAIM).order_by("id")
    waiting = matter_queries.lines(scope.filter(holder=OFFICE, state=State.REGISTERED))
    any(_joined(one.id, other.number, clerk, now) for one, other in _pairs(clerk, waiting, now))
    for one, other in _pairs(clerk, matter_queries.lines(scope), now):
        if not shared(one.subject, other.subject):
            same.tell_apart(one.id, other.number, by=clerk, now=now)
            break
    words.follow_all(now)


def _pairs(clerk: Person, some: Iterable[Line], now: datetime) -> Iterator[tuple[Line, Line]]:
    """Each of these with what is suggested for it."""
    for one in some:
        for other in reading.related(clerk, one.id, now):
            yield one, other


def _joined(matter: int, number: str, by: Person, now: datetime) -> bool:
    try:
        joining.join(matter, number, _ABOUT_THE_SAME, by=by, now=now)
    except Refusing:
        return False
    return True


def _hand_over(city: City, line: SpotLine) -> None:
    now, head = at(city.today, 10), city.person(username(OFFICE, "head"), city.today)
    actions.judge(line.id, "true", _FOUND_TRUE, by=head, now=now)
    finding = Finding(
        unit=OFFICE, region=line.region, place=line.place, subject=line.title, category=line.category,
        roles=["residents", "company"], people=line.people, yes=["danger"], remedy="夜间监测，责令整改。",
    )  # fmt: skip
    actions.hand_over(
        line.id, finding, owner="anqing-ecology", settle_by=city.today + timedelta(days=20),
        note="请会同属地夜间到现场监测。", by=head, now=now,
    )  # fmt: skip
