"""The first part of a story: registration, urgent reports, and the way to the unit in charge."""

from datetime import timedelta
from itertools import pairwise

from xinqiao.demo import grammar
from xinqiao.demo.catalogue import (
    CITY,
    acting,
    categories,
    county_of,
    government,
    petition_office,
    responsible,
    tree,
    units,
)
from xinqiao.demo.dice import happens
from xinqiao.demo.handling import accounts_of
from xinqiao.demo.rhythm import pace_of
from xinqiao.demo.story import Story
from xinqiao.rules.states import OUTSIDE_PATHS, Kind
from xinqiao.rules.units import RANK, Level, Unit, UnitKind

_LATE_OFFICE = 0.03
_WRONG_CATEGORY = 0.02
_ANSWERED_AT_DESK = 0.04
_DECLINED = 0.025
_GUIDED_AT_DESK = 0.55
_MISLED, _DISPUTED = 0.6, 0.18  # of objections: sent to the wrong unit; brought before a superior
_JOINT_CONFERENCE = "anqing-joint-conference"


def register(story: Story, brisk: bool) -> None:
    """The receiver registers the contact, and reports it at once when it is urgent."""
    cast = story.cast
    heard = story.contacts[0].channel in {"visit", "call"}
    story.wait(0, 0.15) if heard or brisk else story.wait(0.1, 2)
    wrong = _sibling(story) if happens(story.rng, _WRONG_CATEGORY) else None
    fields = {
        "kind": str(cast.subject.kind),
        "category": wrong or cast.subject.category,
        "region": cast.region,
        "repeat": False,
        "path": str(cast.subject.path or ""),
        "reported_units": list(cast.reported),
    }
    given = {name: value for name, value in fields.items() if value not in ("", [])}
    story.step("register", cast.receiver, "clerk", **given)
    if happens(story.rng, cast.subject.chances.urgent):
        _report_urgent(story)
    if wrong:
        story.wait(0.1, 1)
        reason = story.say("office.reclassify")
        story.step(
            "reclassify", cast.receiver, "officer", reason=reason, category=cast.subject.category
        )


def _sibling(story: Story) -> str | None:
    """Another category of the same parent, such as a hurried clerk picks."""
    own = categories()[story.cast.subject.category]
    others = [c.code for c in categories().values() if c.parent == own.parent and c != own]
    return story.rng.choice(others) if others else None


def _report_urgent(story: Story) -> None:
    """Mostly within the hours the law gives; now and then a day too late."""
    receiver = story.cast.receiver
    story.at += story.rng.randrange(3, 30)
    story.step("notice_urgent", receiver, "clerk", reason=story.say("office.urgent"))
    if happens(story.rng, 0.12):
        story.wait(1, 2)
    else:
        story.at += story.rng.randrange(5, 60)
    to_whom, record = story.say("office.urgent_to"), story.say("office.urgent_record")
    story.step("report_urgent", receiver, "officer", to_whom=to_whom, record=record)


def ends_at_the_desk(story: Story) -> bool:
    """Whether the receiving office itself answers, guides or declines it, and nobody else gets it."""
    subject, chance = story.cast.subject, story.rng.random()
    if subject.path in OUTSIDE_PATHS:
        if chance > _GUIDED_AT_DESK and story.cast.handler.kind is not UnitKind.DISCIPLINE:
            return False
        story.wait(0.5, 5)
        guide(story)
        return True
    if subject.kind is Kind.REPORT or story.cast.reported:
        return False
    if chance < _DECLINED and subject.kind is Kind.CLAIM:
        story.wait(1, 7)
        decline(story)
        return True
    office = story.cast.receiver.kind is UnitKind.PETITION_OFFICE
    if office and chance > 1 - _ANSWERED_AT_DESK:
        story.wait(0.2, 4)
        outcome = "explained" if subject.kind is Kind.CLAIM else "noted"
        found = grammar.finding(story.rng, subject, outcome, story.words())
        answer = story.say("office.direct_reply", found=found.found, decision=found.decision)
        adopted = {"adopted": False} if subject.kind is Kind.SUGGESTION else {}
        story.handle("reply", "officer", answer=answer, **adopted, **accounts_of(story))
        return True
    return False


def guide(story: Story) -> None:
    """The claim belongs to another procedure: the petitioner is told which, where and until when."""
    subject = story.cast.subject
    way = grammar.say(story.rng, subject.guide, story.words())
    story.handle("guide", "officer", outside_path=str(subject.path), organ_and_limit=way)


def decline(story: Story) -> None:
    """The matter is not accepted, with the reason in writing."""
    code, phrase = story.rng.choice(
        (
            ("in_handling_elsewhere", "decline_elsewhere"),
            ("in_legal_procedure", "decline_legal"),
            ("no_facts_or_request", "decline_vague"),
            ("concluded_before", "decline_concluded"),
        )
    )
    other = _another(story, story.handler).name
    reason = story.say(f"office.{phrase}", other=other)
    story.handle("decline", "officer", decline_reason=code, reason=reason)


def refer(story: Story, brisk: bool) -> None:
    """From office to office down to the unit in charge; now and then a unit objects on the way."""
    route = _route(story)
    late = happens(story.rng, _LATE_OFFICE)
    objected = len(route) > 1 and _somebody_objects(story)
    misled = objected and happens(story.rng, _MISLED)
    for hop, (office, target) in enumerate(pairwise(route)):
        if late and hop == 0:
            story.wait_days(story.received, story.rng.randrange(16, 28))
        else:
            story.wait(0.1, 0.6) if brisk else story.wait(0.4, 3.5)
        last = hop == len(route) - 2
        _send(story, office, _another(story, target) if last and misled else target, last)
    if misled:
        _object_rightly(story, route[-2], route[-1])
    elif objected:
        _object_wrongly(story, route[-2])


def _somebody_objects(story: Story) -> bool:
    objects = pace_of(story.cast.handler.code).objects
    return story.cast.subject.kind is not Kind.REPORT and happens(story.rng, objects)


def _route(story: Story) -> list[Unit]:
    """The offices a matter passes, from the receiver to the unit in charge."""
    receiver, handler = story.cast.receiver, story.cast.handler
    if receiver.code == handler.code:
        return [receiver]
    route = [receiver]
    if receiver.level is Level.PROVINCE:
        route.append(petition_office(CITY))
    if receiver.level is Level.COUNTY and handler.level is Level.CITY:
        route.append(petition_office(CITY))
    county = county_of(handler.region)
    own_county = county and petition_office(county)
    direct = handler.kind is UnitKind.DISCIPLINE
    if own_county and not direct and own_county.code != receiver.code:
        route.append(own_county)
    return [*route, handler]


def _send(story: Story, office: Unit, target: Unit, last: bool) -> None:
    """A transfer, or an assignment with a date to report by."""
    story.handler = acting(target.code, story.today)
    rng = story.rng
    weighty = story.cast.head_count > 1 or office.level is not Level.COUNTY
    if target.kind is UnitKind.PETITION_OFFICE and RANK[target.level] > RANK[office.level]:
        reason = story.say("office.report_up")
        story.step("report_up", office, "officer", to_unit=target.code, reason=reason)
    elif last and happens(rng, 0.35 if weighty else 0.08):
        report_by = story.today + timedelta(days=rng.randrange(45, 71))
        spoken = f"{report_by.month}月{report_by.day}日"
        reason = story.say("office.assign", report_by=spoken)
        fields = {"report_by": report_by.isoformat(), "reason": reason}
        story.step("assign", office, "officer", to_unit=story.handler.code, **fields)
    else:
        reason = story.say("office.transfer")
        fields = {"reason": reason} if reason else {}
        story.step("transfer", office, "officer", to_unit=story.handler.code, **fields)
    story.assigned = story.steps[-1].step == "assign"


def _object(story: Story, other: Unit) -> None:
    """The unit sends it back within five working days and names whose it is (art. 23)."""
    story.wait(0.5, 4)
    reason = story.say("office.object", other=other.name)
    story.handle("object", "officer", reason=reason, suggested_unit=other.code)
    story.wait(0.3, 3)


def _object_rightly(story: Story, office: Unit, right: Unit) -> None:
    """It went to the wrong unit, so the objection is upheld, or the matter decided for the right one."""
    right = acting(right.code, story.today)
    _object(story, right)
    if happens(story.rng, _DISPUTED):
        _dispute(story, office, mine=right, other=story.handler)
        return
    story.step("uphold_objection", office, "officer", reason=story.say("office.uphold"))
    story.wait(0.1, 2)
    _send(story, office, right, last=True)


def _object_wrongly(story: Story, office: Unit) -> None:
    """The unit in charge would rather not be; it is told that it is."""
    other = _another(story, story.handler)
    _object(story, other)
    if happens(story.rng, _DISPUTED):
        _dispute(story, office, mine=story.handler, other=other)
        return
    reason = story.say("office.reject", other=other.name)
    story.step("reject_objection", office, "officer", reason=reason)


def _dispute(story: Story, office: Unit, mine: Unit, other: Unit) -> None:
    """The common superior, or the joint conference, decides whose it is: `mine` (art. 24)."""
    superior = government(office.region)
    decider = units()[_JOINT_CONFERENCE] if superior.code == story.handler.code else superior
    second = other if mine == story.handler else mine
    reason = story.say("office.dispute", other=second.name)
    story.step("escalate_dispute", office, "officer", to_unit=decider.code, reason=reason)
    story.wait(1, 6)
    named = acting(mine.code, story.today)
    story.assigned = story.assigned and named == story.handler
    story.handler = named
    reason = story.say("office.competence", other=other.name)
    fields = {"to_unit": named.code, "reason": reason}
    story.step("decide_competence", decider, "head", **fields)


def _another(story: Story, unit: Unit) -> Unit:
    """Another unit of the same level that could be in charge: the trade's own, or any of its peers."""
    cast, day = story.cast, story.today
    charged = [u for u in responsible(cast.subject.category, cast.region, day) if u != unit]
    peers = [u for u in charged if u.region == unit.region] or [
        u
        for u in tree().on(day)
        if u.region == unit.region and u.kind is UnitKind.DEPARTMENT and u != unit
    ]
    if peers:
        return story.rng.choice(peers)
    return government(unit.region) if unit.kind is UnitKind.TOWNSHIP else government(CITY)
