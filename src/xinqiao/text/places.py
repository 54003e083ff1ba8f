"""Places that a text names, out of the tree of regions that a platform has."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from xinqiao.text.folding import fold

#: What people leave out behind a name; not of the smallest places, whose bare names are words of every day.
_ENDINGS = ("自治县", "自治州", "市", "县", "区", "省")
_LEAST = 2
_COUNTY_DIGITS = 6


@dataclass(frozen=True, kw_only=True)
class Mention:
    """A region, and the words that name it in the order of the text."""

    code: str
    words: tuple[str, ...]


class _Place(NamedTuple):
    word: str
    codes: frozenset[str]


class Gazetteer:
    """The names of a platform's regions. Texts are read from left to right, the longest name first."""

    def __init__(self, names: Mapping[str, str], above: Mapping[str, str | None]) -> None:
        """`names` by code; `above` says in which region each lies."""
        self._above = above
        codes: defaultdict[str, set[str]] = defaultdict(set)
        for code, name in names.items():
            for form in _forms(code, fold(name)):
                codes[form].add(code)
        self._codes = {form: frozenset(some) for form, some in codes.items()}
        begins: defaultdict[str, list[str]] = defaultdict(list)
        for form in sorted(codes, key=lambda one: (-len(one), one)):
            begins[form[0]].append(form)
        self._begins = dict(begins)

    def mentioned(
        self, text: str, prefer: Callable[[str], bool], *, most: int = 3
    ) -> list[Mention]:
        """The regions that a text names: those preferred first, then the narrowest, then in the order of the text.

        A name of several places stands for the one that is preferred, or whose surroundings are named too; what then
        still stands for several stands for none. What only surrounds another place that is named is left out.
        """
        found = list(self._found(fold(text)))
        sure = {code for one in found if len(one.codes) == 1 for code in one.codes}
        meant: defaultdict[str, dict[str, None]] = defaultdict(dict)
        for one in found:
            code = self._meant(one.codes, sure, prefer)
            if code:
                meant[code][one.word] = None
        around = {outer for code in meant for outer in self._surroundings(code)}
        mentions = [
            Mention(code=code, words=tuple(words))
            for code, words in meant.items()
            if code not in around
        ]
        return sorted(mentions, key=lambda one: (not prefer(one.code), -len(one.code)))[:most]

    def _found(self, text: str) -> Iterator[_Place]:
        at = 0
        while at < len(text):
            form = next((f for f in self._begins.get(text[at], ()) if text.startswith(f, at)), "")
            if form:
                yield _Place(form, self._codes[form])
            at += len(form) or 1

    def _meant(
        self, codes: Collection[str], sure: Collection[str], prefer: Callable[[str], bool]
    ) -> str:
        """The one region that a name stands for; "" for none."""
        for narrowed in (
            codes,
            [code for code in codes if any(one in sure for one in self._surroundings(code))],
            [code for code in codes if prefer(code)],
        ):
            if len(narrowed) == 1:
                return next(iter(narrowed))
        return ""

    def _surroundings(self, code: str) -> Iterator[str]:
        outer = self._above.get(code)
        while outer is not None:
            yield outer
            outer = self._above.get(outer)


def _forms(code: str, name: str) -> Iterator[str]:
    """The name, and for a county or more the name as people say it."""
    if len(name) < _LEAST:
        return
    yield name
    if len(code) > _COUNTY_DIGITS:
        return
    for ending in _ENDINGS:
        bare = name.removesuffix(ending)
        if bare != name and len(bare) >= _LEAST:
            yield bare
            return
