"""Categories on the first day, when nobody has labelled anything: from the phrases that a taxonomy itself has."""

import csv
from collections import Counter, defaultdict
from collections.abc import Mapping
from pathlib import Path

from xinqiao.text.classifying.features import concept_words
from xinqiao.text.classifying.values import Suggested, Suggestion
from xinqiao.text.clues import likely
from xinqiao.text.folding import fold

Phrases = Mapping[str, tuple[str, ...]]
_LIKE = 1  # so many words of a thing stand in a category's phrases before the category may be about that thing
_NOTHING = frozenset({"其他", "其它", ""})
_TOP = 3


class UnusableTaxonomy(Exception):
    """A file that is no taxonomy; the message says what is missing."""


def read_taxonomy(path: Path) -> Phrases:
    """The phrases under each first-level category: columns 一级分类, 二级分类, 三级分类 of a CSV file."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as source:
            rows = list(csv.DictReader(source))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise UnusableTaxonomy(f"{path.name} cannot be read as a CSV file in UTF-8.") from error
    if not rows or "一级分类" not in rows[0]:
        raise UnusableTaxonomy(f"{path.name} has no column 一级分类, or nothing under it.")
    found: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for row in rows:
        cells = [(row.get(name) or "").strip() for name in ("一级分类", "二级分类", "三级分类")]
        if cells[0]:
            found[cells[0]].update(dict.fromkeys(cells))
    return {label: tuple(words) for label, words in found.items()}


def with_concepts(phrases: Phrases) -> Phrases:
    """The phrases of each category, and the words of the things that they speak of more than others do."""
    spoken: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for label, written in phrases.items():
        text = fold("\n".join((label, *written)))
        for thing, words in concept_words().items():
            spoken[thing][label] += sum(text.count(word) for word in words)
    told: defaultdict[str, list[str]] = defaultdict(list)
    for thing, by_label in spoken.items():
        label, number = by_label.most_common(1)[0]
        if number >= _LIKE:
            told[label].extend(concept_words()[thing])
    return {
        label: tuple(dict.fromkeys([*(fold(w) for w in words if w not in _NOTHING), *told[label]]))
        for label, words in phrases.items()
    }


def suggest(subject: str, body: str, lexicon: Phrases) -> Suggestion:
    """The three categories whose words weigh most. A person always decides: nobody has yet said what is right."""
    found = likely(subject, body, lexicon, most=len(lexicon))
    whole = sum(one.weight for one in found)
    return Suggestion(
        labels=tuple(
            Suggested(label=one.code, confidence=round(one.weight / (whole + 1), 4))
            for one in found[:_TOP]
        ),
        abstain=True,
    )
