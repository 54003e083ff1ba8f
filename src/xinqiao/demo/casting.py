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
from xinqiao.demo.scene import Scene, place_words, scene, speaker
from xinqiao.demo.subjects import Reported, Setting, Subject
from xinqiao.demo.values import PlannedContact
from xinqiao.rules.entries import SHANGHAI
from xinqiao.rules.states import Kind
from xinqiao.rules.units import Level, Unit, UnitKind

MOST_REPRESENTATIVES = 5
_NEAREST_CHANCE = 0.7
_OWN_TOWNSHIP_WEIGHT = 5


@dataclass(frozen=True, kw_only=True)
class Cast:
    """The people, the place and the units of a matter. `reported` are the units a report is about."""

    subject: Subject
    region: str
    words: Scene
    petitioners: tuple[Petitioner, ...]
    head_count: int
    receiver: Unit
    visit_level: str
    handler: Unit
    reported: tuple[str, ...]


def cast(arrival: Arrival) -> Cast:
    """The cast of an arriving matter, the same whenever the same one arrives again."""
    rng = dice("cast", arrival.cast)
    subject, today = arrival.subject, arrival.received_at.astimezone(SHANGHAI).date()
    reported = _reported(rng, subject)
    region = _region(rng, arrival, reported)
    place = place_words(rng, region.code, subject.setting)
    head_count = _head_count(rng) if arrival.group else 1
    words = scene(rng, subject, place, today, head_count)
    words = words.having(**(arrival.spot.words if arrival.spot else {}))
    people = _petitioners(rng, arrival, words["spot"], region, head_count, today)
    receiver, level, handler = _offices(rng, subject, region.code, reported, today)
    words = words.having(
        **speaker(people[0], today),
        office=receiver.name,
        today=f"{today.year}年{today.month}月{today.day}日",
        reported_unit=reported.name if reported else words["township"],
    )
    return Cast(
        subject=subject,
        region=region.code,
        words=words,
        petitioners=people,
        head_count=head_count,
        receiver=receiver,
        visit_level=level,
        handler=handler,
        reported=(reported.code,) if reported else (),
    )


def first_contact(rng: Random, arrival: Arrival, cast: Cast) -> PlannedContact:
    """The contact that opens the matter."""
    group = arrival.group
    if arrival.echo:
        title = grammar.say(dice("cast", arrival.cast, "title"), cast.subject.title, cast.words)
        wording = replace(grammar.repeat(rng, cast.subject, cast.words, title), subject=title)
    else:
        wording = grammar.petition(rng, cast.subject, cast.words, arrival.channel, group)
    visit, letter = arrival.channel == "visit", arrival.channel == "letter"
    received = arrival.received_at
    return PlannedContact(
        unit=cast.receiver.code,
        channel=arrival.channel,
        received_at=received,
        subject=wording.subject,
        body=wording.text,
        petitioners=cast.petitioners,
        representatives=cast.petitioners if group else (),
        head_count=cast.head_count if group else 1,
        level=cast.visit_level if visit else "",
        designated_place=_at_designated_place(rng, cast.visit_level) if visit else None,
        postmark_on=_postmark(rng, received.date()) if letter else None,
    )


def _at_designated_place(rng: Random, level: str) -> bool:
    return not happens(rng, {"nation": 0.3, "province": 0.1, "city": 0.02}.get(level, 0.0))


def _postmark(rng: Random, received: date) -> date:
    """Letters take some days; a few lay about before anybody registered them."""
    days = rng.randrange(9, 30) if happens(rng, 0.03) else rng.randrange(1, 6)
    return received - timedelta(days=days)


def _head_count(rng: Random) -> int:
    return min(160, max(5, round(rng.lognormvariate(2.5, 0.7))))


def _petitioners(
    rng: Random, arrival: Arrival, spot: str, region: Region, head_count: int, today: date
) -> tuple[Petitioner, ...]:
    """The petitioner, or the representatives of a group: at most 5 (art. 20)."""
    count = min(MOST_REPRESENTATIVES, max(1, head_count // 6))
    make = organisation if arrival.subject.organisation else person
    if make is organisation:
        return (organisation(rng, f"{arrival.cast}-1", region, spot),)
    return tuple(
        person(rng, f"{arrival.cast}-{n}", region, spot, today) for n in range(1, count + 1)
    )


def _reported(rng: Random, subject: Subject) -> Unit | None:
    """The unit a report is about; a village committee is no unit of the directory."""
    everyone = units().values()
    match subject.reported:
        case Reported.TOWNSHIP:
            return rng.choice([u for u in everyone if u.kind is UnitKind.TOWNSHIP])
        case Reported.BUREAU:
            levels = (Level.COUNTY, Level.COUNTY, Level.CITY)
            level = rng.choice(levels)
            bureaus = [u for u in everyone if u.kind is UnitKind.DEPARTMENT and not u.valid_to]
            return rng.choice([u for u in bureaus if u.level is level])
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
    if door == "county":
        charged = tuple(u for u in charged if u.level is not Level.CITY)
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
