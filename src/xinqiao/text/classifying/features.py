"""What a classifier sees of a text: characters and pairs of them in subject and body, and what things they speak of."""

import math
import re
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files

from xinqiao.text.folding import fold

#: A body beyond this many characters repeats itself.
MOST_BODY = 1_500
#: In its first characters a body says what it is about.
HEAD = 200
#: What each block weighs against the others, whatever its length: grams of subject and body, things in subject,
#: body and head.
WEIGHTS: Mapping[str, float] = {"s": 1.4, "b": 1.4, "S": 0.8, "B": 0.8, "H": 0.4}
_GRAMS = ("s", "b")
_BETWEEN = re.compile(r"\s+")

#: Counts by block: grams of `s` and `b`, words of concepts of `S`, `B` and `H`.
Counts = Mapping[str, Counter[str]]


def counts(subject: str, body: str) -> Counts:
    """What stands in a text and how often. Nothing about who wrote it is asked for."""
    subject, body = _plain(subject), _plain(body)[:MOST_BODY]
    return {
        "s": _grams(subject),
        "b": _grams(body),
        "S": _words(subject),
        "B": _words(body),
        "H": _words(body[:HEAD]),
    }


def telling(texts: Iterable[Counts], least: Mapping[str, int]) -> dict[str, float]:
    """How telling each gram and each word is, by block and gram (`s通`) or word (`w通报`): the rarer, the more.

    `least`: in how many texts a gram of each of its blocks must stand at least to be kept.
    """
    seen: Counter[str] = Counter()
    number = 0
    for one in texts:
        number += 1
        for block in _GRAMS:
            seen.update(block + gram for gram in one[block])
        seen.update("w" + word for word in one["S"].keys() | one["B"].keys())
    rates = {
        name: 1 + math.log((1 + number) / (1 + n))
        for name, n in seen.items()
        if name[0] == "w" or n >= least[name[0]]
    }
    never = 1 + math.log(1 + number)
    return {f"w{word}": never for word in concepts_of()} | rates


def values(found: Counts, rates: Mapping[str, float]) -> dict[str, float]:
    """The value of each feature of a text: grams that `rates` knows, and the things that its words stand for."""
    result: dict[str, float] = {}
    for block, weight in WEIGHTS.items():
        counted = found[block]
        raw = (
            _weighed(block, counted, rates)
            if block in _GRAMS
            else _spoken_of(block, counted, rates)
        )
        if length := math.sqrt(sum(value * value for value in raw.values())):
            result.update((name, weight * value / length) for name, value in raw.items())
    return result


def _weighed(block: str, counted: Counter[str], rates: Mapping[str, float]) -> dict[str, float]:
    """A count enters as 1 + its logarithm: the tenth mention says little more than the ninth."""
    return {
        name: (1 + math.log(n)) * rates[name]
        for gram, n in counted.items()
        if (name := block + gram) in rates
    }


def _spoken_of(block: str, counted: Counter[str], rates: Mapping[str, float]) -> dict[str, float]:
    """A word that stands for several things speaks for each in part."""
    spoken: defaultdict[str, float] = defaultdict(float)
    for word, n in counted.items():
        things = concepts_of()[word]
        for thing in things:
            spoken[block + thing] += (1 + math.log(n)) * rates.get(f"w{word}", 1.0) / len(things)
    return {name: math.sqrt(value) for name, value in spoken.items()}


def _plain(text: str) -> str:
    return _BETWEEN.sub(" ", fold(text))


def _grams(text: str) -> Counter[str]:
    counted = Counter(text)
    counted.update(text[i : i + 2] for i in range(len(text) - 1))
    return counted


def _words(text: str) -> Counter[str]:
    """The words of concepts in a text, from left to right, the longest first, none inside another."""
    beginning, found, at = _by_beginning(), Counter[str](), 0
    while at < len(text):
        for word in beginning.get(text[at], ()):
            if text.startswith(word, at):
                found[word] += 1
                at += len(word)
                break
        else:
            at += 1
    return found


@cache
def concept_words() -> Mapping[str, tuple[str, ...]]:
    """The words of each thing that petitions speak of (`concepts.toml`)."""
    source = files("xinqiao.text.classifying").joinpath("concepts.toml").read_text(encoding="utf-8")
    return {name: tuple(words.split()) for name, words in tomllib.loads(source)["concepts"].items()}


@cache
def concepts_of() -> Mapping[str, tuple[str, ...]]:
    """The things that each word stands for."""
    belongs: defaultdict[str, list[str]] = defaultdict(list)
    for concept, words in concept_words().items():
        for word in dict.fromkeys(words):
            belongs[word].append(concept)
    return {word: tuple(concepts) for word, concepts in belongs.items()}


@cache
def _by_beginning() -> Mapping[str, tuple[str, ...]]:
    """Words by their first character: three times as fast as one pattern of two thousand alternatives."""
    begins: defaultdict[str, list[str]] = defaultdict(list)
    for word in sorted(concepts_of(), key=lambda word: (-len(word), word)):
        begins[word[0]].append(word)
    return {first: tuple(words) for first, words in begins.items()}
