"""Who comes with what, to whom, and who is in charge: the cast of a matter."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from xinqiao.demo import grammar
from xinqiao.demo.catalogue import (
    CITY,
    PROVINCE,
    Region,
    county_of,
    discipline,
    petition_office,
    regions,
    responsible,
    townships,
    units,
)
from xinqiao.demo.dice import dice, happens
from xinqiao.demo.names import Petitioner, organisation, person
from xinqiao.demo.rhythm import Arrival, rhythm
from xinqiao.demo.scene import Scene, place_words, representatives_of, scene, speaker
from xinqiao.demo.subjects import Reported, Setting, Subject
from xinqiao.demo.values import PlannedContact
from xinqiao.rules.entries import SHANGHAI
from xinqiao.rules.states import Kind
from xinqiao.rules.units import Level, Unit, UnitKind

_REPORTED_UP = 0.05
_STRAIGHT_TO_CITY = 0.6
_NEAREST_CHANCE = 0.7
_OWN_TOWNSHIP_WEIGHT = 5


@dataclass(frozen=True, kw_only=True)
class Cast:
    """The people, the place and the units of a matter.

    `variant` picks the title among those of the subject; `written_on` is the day of the words,
    before the postmark of a letter; `reported` are the units a report is about.
    """

    subject: Subject
    variant: int
    region: str
    words: Scene
    written_on: date
    petitioners: tuple[Petitioner, ...]
    head_count: int
    receiver: Unit
    visit_level: str
    handler: Unit
    reported: tuple[str, ...]


def cast(arrival: Arrival) -> Cast:
    """The cast of an arriving matter: people and place are the same when it arrives again."""
    subject, received = arrival.subject, arrival.received_at.astimezone(SHANGHAI).date()
    reported = _reported(dice(arrival.cast, "reported"), subject)
    region = _region(dice(arrival.cast, "region"), arrival, reported)
    head_count = _head_count(dice(arrival.cast, "group")) if arrival.group else 1
    written_on = received - timedelta(days=_days_in_the_post(arrival, received))
    words = _scene(arrival, region, head_count, written_on)
    people = _petitioners(arrival, words["spot"], region, head_count)
    offices = dice(arrival.cast, "offices", received)
    receiver, level, handler = _offices(offices, subject, region.code, reported, received)
    words = words.having(
        **speaker(people[0], written_on),
        office=receiver.name,
        today=f"{written_on.year}年{written_on.month}月{written_on.day}日",
        reported_unit=reported.name if reported else words["township"],
    )
    return Cast(
        subject=subject,
        variant=dice(arrival.cast, "variant").randrange(len(subject.title)),
        region=region.code,
        words=words,
        written_on=written_on,
        petitioners=people,
        head_count=head_count,
        receiver=receiver,
        visit_level=level,
        handler=handler,
        reported=(reported.code,) if reported else (),
    )


def _scene(arrival: Arrival, region: Region, people: int, written_on: date) -> Scene:
    rng = dice(arrival.cast, "scene")
    place = place_words(rng, region.code, arrival.subject.setting)
    words = scene(rng, arrival.subject, place, written_on, people)
    return words.having(**(arrival.spot.words if arrival.spot else {}))


def first_contact(rng: Random, arrival: Arrival, cast: Cast) -> PlannedContact:
    """The contact that opens the matter."""
    wording = _wording(rng, arrival, cast)
    visit, letter = arrival.channel == "visit", arrival.channel == "letter"
    return PlannedContact(
        unit=cast.receiver.code,
        channel=arrival.channel,
        received_at=arrival.received_at,
        subject=wording.subject,
        body=wording.text,
        petitioners=cast.petitioners,
        representatives=cast.petitioners if arrival.group else (),
        head_count=cast.head_count,
        level=cast.visit_level if visit else "",
        designated_place=at_designated_place(rng, cast.visit_level) if visit else None,
        postmark_on=cast.written_on if letter else None,
    )


def _wording(rng: Random, arrival: Arrival, cast: Cast) -> grammar.Petition:
    subject, words = cast.subject, cast.words
    if not arrival.echo:
        return grammar.petition(rng, subject, words, arrival.channel, arrival.group, cast.variant)
    title = grammar.title(subject, words, cast.variant)
    words = words.having(received="几个月前")
    again = grammar.repeat(rng, subject, words, title, said="")
    return replace(again, subject=title)


def _days_in_the_post(arrival: Arrival, received: date) -> int:
    """Letters take some days; a few lay about before anybody registered them."""
    rng = dice(arrival.cast, "post", received)
    if arrival.channel != "letter":
        return 0
    return rng.randrange(9, 30) if happens(rng, 0.03) else rng.randrange(1, 6)


def at_designated_place(rng: Random, level: str) -> bool:
    """Whether a visit of that level was made where it should be; a property of the visit alone."""
    return not happens(rng, {"nation": 0.3, "province": 0.1, "city": 0.02}.get(level, 0.0))


def _head_count(rng: Random) -> int:
    return min(160, max(5, round(rng.lognormvariate(2.5, 0.8))))


def _petitioners(
    arrival: Arrival, spot: str, region: Region, head_count: int
) -> tuple[Petitioner, ...]:
    """The petitioner, or the representatives of a group (art. 20)."""
    rng, subject = dice(arrival.cast, "people"), arrival.subject
    if subject.organisation:
        return (organisation(rng, f"{arrival.cast}-1", region, spot),)
    return tuple(
        person(rng, f"{arrival.cast}-{number}", region, spot, subject.ages)
        for number in range(1, representatives_of(head_count) + 1)
    )


def _reported(rng: Random, subject: Subject) -> Unit | None:
    """The unit a report is about; a village committee is no unit of the directory."""
    everyone = units().values()
    match subject.reported:
        case Reported.TOWNSHIP:
            return rng.choice([u for u in everyone if u.kind is UnitKind.TOWNSHIP])
        case Reported.BUREAU:
            level = rng.choice((Level.COUNTY, Level.COUNTY, Level.CITY))
            bureaus = [u for u in everyone if u.kind is UnitKind.DEPARTMENT and not u.valid_to]
            trades = tuple(f"-{trade}" for trade in subject.bureaus)
            return rng.choice([u for u in bureaus if u.level is level and u.code.endswith(trades)])
        case _:
            return None


def _region(rng: Random, arrival: Arrival, reported: Unit | None) -> Region:
    """The township where it happened."""
    if arrival.spot:
        return regions()[arrival.spot.region]
    if reported and reported.level is Level.TOWNSHIP:
        return regions()[reported.region]
    if reported and reported.level is Level.COUNTY:
        county = reported.region
    else:
        shares: dict[str, float] = rhythm()["counties"]
        county = rng.choices(list(shares), list(shares.values()))[0]
    return _township(rng, county, arrival.subject.setting)


def _township(rng: Random, county: str, setting: Setting) -> Region:
    """Streets and towns for what happens in town, towns and townships for the countryside."""
    other = {Setting.TOWN: "乡", Setting.VILLAGE: "街道", Setting.ANY: "-"}[setting]
    candidates = [t for t in townships(county) if not t.name.endswith(other)]
    own = {unit.region for unit in units().values() if unit.kind is UnitKind.TOWNSHIP}
    weights = [_OWN_TOWNSHIP_WEIGHT if t.code in own else 1 for t in candidates]
    return rng.choices(candidates, weights)[0]


def _offices(
    rng: Random, subject: Subject, region: str, reported: Unit | None, today: date
) -> tuple[Unit, str, Unit]:
    """Who receives it, the level of the visit if it is one, and who is in charge of it."""
    if subject.kind is Kind.REPORT:
        return _report_offices(rng, region, reported)
    door = _door(rng)
    charged = responsible(subject.category, region, today)
    if door == "county" and charged[0].level is Level.CITY and happens(rng, _STRAIGHT_TO_CITY):
        door = "city"
    elif door == "county" and not happens(rng, _REPORTED_UP):
        charged = tuple(u for u in charged if u.level is not Level.CITY) or charged
    handler = _in_charge(rng, charged)
    match door:
        case "organ":
            return handler, str(handler.level), handler
        case "county" | "city":
            office = petition_office(region if door == "county" else CITY)
            return office, door, handler
        case _:
            return petition_office(PROVINCE), door, handler


def _door(rng: Random) -> str:
    shares: dict[str, float] = rhythm()["receivers"]
    return rng.choices(list(shares), list(shares.values()))[0]


def _in_charge(rng: Random, charged: Sequence[Unit]) -> Unit:
    """Mostly the nearest of the units in charge."""
    return charged[0] if happens(rng, _NEAREST_CHANCE) else rng.choice(charged)


def _report_offices(rng: Random, region: str, reported: Unit | None) -> tuple[Unit, str, Unit]:
    """A report goes to the discipline line with authority over the reported, never through them."""
    city = reported is not None and reported.level is Level.CITY
    handler = discipline(CITY if city else region)
    if city or happens(rng, 0.4):
        return petition_office(CITY), "city", handler
    return petition_office(county_of(region) or CITY), "county", handler
