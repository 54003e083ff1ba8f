"""Matters that may be about the same, for who may see them: suggested with what they share, decided by a person."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from xinqiao.insight.models import Alike, Reading
from xinqiao.insight.reading import store
from xinqiao.insight.reading.shared import shared
from xinqiao.insight.reading.words import county
from xinqiao.insight.same.queries import refused
from xinqiao.matters import queries as matters
from xinqiao.matters.queries import Line
from xinqiao.rules.persons import Person
from xinqiao.text.linking.grams import Writing, prepare

#: So likely a pair is at least, to be shown; from here on it is likely, not only possible.
SHOWN, LIKELY = 0.15, 0.50
#: A text of fewer characters says too little to be held against others.
SHORTEST = 6


@dataclass(frozen=True, kw_only=True)
class Same:
    """A matter that may be about the same: how likely, 0 to 1, and the words that both have."""

    line: Line
    probability: float
    shared: tuple[str, ...]

    @property
    def is_likely(self) -> bool:
        """Whether it more likely is than not."""
        return self.probability >= LIKELY


def same(
    person: Person, subject: str, body: str, region: str, now: datetime, most: int = 5
) -> list[Same]:
    """Matters in the asker's scope that a text may be about, the likeliest first; none for a text that says little.

    Only what exists for the asker is compared at all: nothing else takes a place among the candidates.
    """
    if not store.can_read() or len(subject) + len(body) < SHORTEST:
        return []
    new = prepare(Writing("", subject, body, now, county(region)))
    visible: dict[int, int] = {}

    def seen(numbers: Sequence[int]) -> Collection[int]:
        visible.update(_visible(person, numbers, now))
        return visible

    found = store.current().candidates(new, seen)
    best: defaultdict[int, float] = defaultdict(float)
    for one in found:
        if not one.contradicts:
            matter = visible[one.position]
            best[matter] = max(best[matter], one.probability)
    lines = _lines(person, best, now, most)
    words = _words([one.id for one in lines])
    text = f"{subject}\n{body}"
    return [
        Same(line=one, probability=best[one.id], shared=shared(text, words.get(one.id, "")))
        for one in lines
    ]


def among(
    own: Collection[int], subject: str, body: str, region: str, now: datetime
) -> Collection[int]:
    """Which of these matters a text may be about; none where nothing can be read. The caller says whose they are: a
    petitioner is told of their own, and nothing else is compared.
    """
    if not own or not store.can_read() or len(subject) + len(body) < SHORTEST:
        return ()
    rows = Reading.objects.filter(matter__in=own, cluster__isnull=False)
    of = dict(rows.values_list("number", "matter"))
    new = prepare(Writing("", subject, body, now, county(region)))
    found = store.current().candidates(new, lambda _: of) if of else ()
    return {of[one.position] for one in found if one.probability >= SHOWN and not one.contradicts}


def related(person: Person, matter_id: int, now: datetime, most: int = 6) -> list[Line]:
    """Other matters in the asker's scope that may be about the same as this one, the likeliest first.

    The caller has asked for this one in scope. What a person found to be about something else is left out.
    """
    own = list(Reading.objects.filter(matter=matter_id).values_list("number", flat=True))
    pairs = Alike.objects.filter(Q(later__in=own) | Q(earlier__in=own), probability__gte=SHOWN)
    likely: defaultdict[int, float] = defaultdict(float)
    for later, earlier, probability in pairs.values_list("later", "earlier", "probability"):
        other = earlier if later in own else later
        likely[other] = max(likely[other], probability)
    if not likely:
        return []
    visible, apart = _visible(person, list(likely), now), refused(matter_id)
    best: defaultdict[int, float] = defaultdict(float)
    for number, matter in visible.items():
        if matter != matter_id and matter not in apart:
            best[matter] = max(best[matter], likely[number])
    return _lines(person, best, now, most)


def _visible(person: Person, numbers: Sequence[int], now: datetime) -> Mapping[int, int]:
    """The matters of these readings that exist for the asker, by number; asked also where there are none."""
    rows = Reading.objects.filter(number__in=[*numbers, -1], cluster__isnull=False)
    of = dict(rows.values_list("number", "matter"))
    asked = matters.scope(person, now).filter(id__in=[*of.values(), 0])
    there = set(asked.values_list("id", flat=True))
    return {number: matter for number, matter in of.items() if matter in there}


def _lines(person: Person, best: Mapping[int, float], now: datetime, most: int) -> list[Line]:
    """The likeliest of these matters that are likely enough to be shown."""
    ranked = sorted((one for one in best if best[one] >= SHOWN), key=lambda one: (-best[one], -one))
    asked = matters.scope(person, now).filter(id__in=[*ranked[:most], 0])
    lines = {one.id: one for one in matters.lines(asked)}
    return [lines[one] for one in ranked[:most] if one in lines]


def _words(ids: Collection[int]) -> dict[int, str]:
    found: defaultdict[int, list[str]] = defaultdict(list)
    for (matter, _), words in matters.words_of(ids, ["subject", "body"]).items():
        found[matter].append(words)
    return {matter: "\n".join(words) for matter, words in found.items()}
