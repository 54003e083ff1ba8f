"""What a text seems to be about, with reasons: category, kind, place, legal path, haste, responsible unit.

Only words are looked at, never who petitions. A person decides on each; the ledger then says what was suggested.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from functools import lru_cache

from xinqiao.directory import queries as directory
from xinqiao.insight.classifying.referrals import unit_for
from xinqiao.insight.classifying.store import InUse, in_use
from xinqiao.insight.classifying.values import Asked, Categories, Suggestion, Suggestions
from xinqiao.rules.entries import SHANGHAI
from xinqiao.rules.persons import Person
from xinqiao.rules.states import Kind
from xinqiao.rules.units import within
from xinqiao.text.classifying.levels import nearest_offered, ranked
from xinqiao.text.clues import Lexicon, Likely, category_words, kind_words, likely, path_words
from xinqiao.text.places import Gazetteer
from xinqiao.text.urgency import urgencies

_READ = (
    20_000  # characters of a text that are looked through: what it is about stands at its beginning
)
_MOST = 3


def suggest(asked: Asked, *, by: Person, now: datetime) -> Suggestions:
    """Everything that the text lets one suggest. Counts of earlier matters are those that `by` may see."""
    subject, body = asked.subject, asked.body[:_READ]
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
        paths=_by_words(likely(subject, body, path_words(), most=2)) if is_claim else (),
        urgencies=[
            Suggestion(code=one.code, words=one.words)
            for one in urgencies(subject, body, now.astimezone(SHANGHAI).month)
        ],
        unit=unit_for(chosen, by, directory.units(), now),
    )


def categories(subject: str, body: str, most: int = _MOST) -> Categories:
    """The categories of this platform that fit best: by the learned model, and by the words of the taxonomy where it
    has not learned, or knows no more."""
    used = in_use()
    codes = tuple(code for code, _ in directory.category_choices("zh-hans"))
    by_words = _by_words(likely(subject, body[:_READ], known_words(codes), most=most))
    learned = _learned(used, subject, body, codes)
    known = {one.code for one in learned}
    both = [*learned, *(one for one in by_words if one.code not in known)]
    return Categories(found=both[:most], source=used.source)


def recorded(subject: str, body: str) -> list[str]:
    """What is suggested for a text at this moment, as the ledger keeps it beside what a person chose."""
    return categories(subject, body).recorded() if subject.strip() or body.strip() else []


def _learned(used: InUse, subject: str, body: str, codes: tuple[str, ...]) -> list[Suggestion]:
    if used.model is None or not (subject.strip() or body.strip()):
        return []
    shares = used.model.likelihoods(subject, body)
    found = ranked(dict(zip(used.model.labels, map(float, shares), strict=True)), set(codes))
    return [
        Suggestion(
            code=one.label, confidence=one.confidence,
            words=used.model.because(subject, body, _speaking(one.label, used.model.labels)),
        )
        for one in found
    ]  # fmt: skip


def _speaking(code: str, labels: tuple[str, ...]) -> str:
    """The label whose weights say why: the code itself, or the first under it."""
    return next((one for one in labels if one == code or one.startswith(f"{code}.")), code)


def _kinds(subject: str, body: str) -> list[Suggestion]:
    """The likeliest kind; a second one where it weighs nearly as much."""
    found = likely(subject, body, kind_words(), most=len(Kind))
    near = [one for one in found if one.weight * 2 > found[0].weight]
    return _by_words(near[:2])


def _places(text: str, unit: str) -> list[Suggestion]:
    """The places that the text names, those in the territory of the unit first."""
    units = directory.units()
    area = units[unit].region if unit in units else ""

    def inside(code: str) -> bool:
        return not area or within(code, area)

    found = _gazetteer().mentioned(text, inside, most=_MOST)
    return [Suggestion(code=one.code, words=one.words) for one in found]


def _by_words(found: list[Likely]) -> list[Suggestion]:
    return [Suggestion(code=one.code, words=one.words[:4]) for one in found]


@lru_cache(maxsize=4)
def known_words(codes: tuple[str, ...]) -> Lexicon:
    """The words by the categories of this platform: words of one it does not have count for its nearest parent."""
    known: dict[str, set[str]] = {code: set() for code in codes}
    for code, words in category_words().items():
        if nearest := nearest_offered(code, known):
            known[nearest] |= set(words)
    return {code: tuple(sorted(words)) for code, words in known.items() if words}


def _gazetteer() -> Gazetteer:
    """Made anew when the directory has other regions: it then gives other mappings."""
    names, above = directory.region_names(), directory.regions_above()
    key, made = _made.get("it", (None, None))
    if made is None or key is not names:
        made = Gazetteer(names, above)
        _made["it"] = (names, made)
    return made


_made: dict[str, tuple[Mapping[str, str], Gazetteer]] = {}
