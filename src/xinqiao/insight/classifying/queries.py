"""What a text seems to be about, with reasons: category, kind, place, legal path, haste, responsible unit.

Only words are looked at, never who petitions. A person decides on each; the ledger then says what was suggested.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from xinqiao.directory import queries as directory
from xinqiao.insight.classifying.fitting import MOST, READ, by_words, fitting
from xinqiao.insight.classifying.referrals import unit_for
from xinqiao.insight.classifying.store import in_use
from xinqiao.insight.classifying.values import Asked, Categories, Suggestion, Suggestions
from xinqiao.rules.entries import SHANGHAI
from xinqiao.rules.persons import Person
from xinqiao.rules.states import Kind
from xinqiao.rules.units import within
from xinqiao.text.clues import kind_words, likely, path_words
from xinqiao.text.places import Gazetteer
from xinqiao.text.urgency import urgencies

_READ = (
    20_000  # characters of a text that are looked through: what it is about stands at its beginning
)
_MOST = 3


def suggest(asked: Asked, *, by: Person, now: datetime) -> Suggestions:
    """Everything that the text lets one suggest. Counts of earlier matters are those that `by` may see."""
    subject, body = asked.subject, asked.body[:READ]
    found = categories(subject, body)
    kinds = _kinds(subject, body)
    places = _places(f"{subject}\n{body}", asked.unit)
    chosen = replace(
        asked,
        category=asked.category or ("" if found.abstains else found.found[0].code),
        region=asked.region or (places[0].code if places else ""),
    )
    is_claim = (asked.kind or (kinds[0].code if kinds else Kind.CLAIM)) == Kind.CLAIM
    return Suggestions(
        categories=found,
        kinds=kinds,
        places=places,
        paths=by_words(likely(subject, body, path_words(), most=2)) if is_claim else (),
        urgencies=[
            Suggestion(code=one.code, words=one.words)
            for one in urgencies(subject, body, now.astimezone(SHANGHAI).month)
        ],
        unit=unit_for(chosen, by, directory.units(), now),
    )


def categories(subject: str, body: str, most: int = MOST) -> Categories:
    """The categories of this platform that fit best, and what they come from."""
    used = in_use()
    found = fitting(used.model, used.seen, subject, body, offered(), most)
    return Categories(found=found, source=used.source)


def offered() -> tuple[str, ...]:
    """The codes of the categories that this platform offers."""
    return tuple(code for code, _ in directory.category_choices("zh-hans"))


def recorded(subject: str, body: str) -> list[str]:
    """What is suggested for a text at this moment, as the ledger keeps it beside what a person chose."""
    return categories(subject, body).recorded() if subject.strip() or body.strip() else []


def _kinds(subject: str, body: str) -> list[Suggestion]:
    """The likeliest kind; a second one where it weighs nearly as much."""
    found = likely(subject, body, kind_words(), most=len(Kind))
    near = [one for one in found if one.weight * 2 > found[0].weight]
    return by_words(near[:2])


def _places(text: str, unit: str) -> list[Suggestion]:
    """The places that the text names, those in the territory of the unit first."""
    units = directory.units()
    area = units[unit].region if unit in units else ""

    def inside(code: str) -> bool:
        return not area or within(code, area)

    found = _gazetteer().mentioned(text, inside, most=MOST)
    return [Suggestion(code=one.code, words=one.words) for one in found]


def _gazetteer() -> Gazetteer:
    """Made anew when the directory has other regions: it then gives other mappings."""
    names, above = directory.region_names(), directory.regions_above()
    key, made = _made.get("it", (None, None))
    if made is None or key is not names:
        made = Gazetteer(names, above)
        _made["it"] = (names, made)
    return made


_made: dict[str, tuple[Mapping[str, str], Gazetteer]] = {}
