"""What is filed, and what was found."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from xinqiao.matters.queries import Line


class Unusable(Exception):
    """The index is missing or broken. It is made anew by `xinqiao index rebuild`; nothing else needs it."""


class Order(StrEnum):
    """In which order hits come. The latest received first; or those first whose subject has most of the words, then
    those in which they stand most often, then the latest.
    """

    NEWEST = "newest"
    RELEVANCE = "relevance"


class All(NamedTuple):
    """The matters that a question finds, the latest received first: as many as are counted; `more`: and others."""

    ids: Sequence[int]
    more: bool
    whole: bool


class Asked(NamedTuple):
    """What is looked for: plain pieces of two characters or more, all of them, and marks.

    `any_of`: marks of which each must have one (None: whatever its marks); `all_of`: marks that each must have.
    """

    pieces: Sequence[str]
    any_of: frozenset[str] | None
    all_of: frozenset[str]


class Page(NamedTuple):
    """What is filed of a matter: its plain texts, each on a line of its own, and its marks, a blank between two."""

    matter: int
    last_seq: int
    words: str
    marks: str


@dataclass(frozen=True, kw_only=True)
class Excerpt:
    """Where it stands: the field, and the text around it in pieces, each with whether it is what was looked for."""

    field: str
    pieces: Sequence[tuple[str, bool]]


@dataclass(frozen=True, kw_only=True)
class Hit:
    """A matter in which it stands: its line, its subject in pieces, and where else."""

    line: Line
    subject: Sequence[tuple[str, bool]]
    excerpts: Sequence[Excerpt]


@dataclass(frozen=True, kw_only=True)
class Found:
    """One page of hits, in the order asked for; `all` that were found, whatever the page.

    `number` hits in all that exist for who asks; `more`: and further ones beyond these. `whole`: everything was looked
    through; else only the latest, since too many that the filters leave out have the words.
    """

    hits: Sequence[Hit]
    number: int
    more: bool
    whole: bool
    all: All


@dataclass(frozen=True, kw_only=True)
class Saved:
    """A search that somebody saved: `address` is the query part of its address, without the question mark."""

    id: int
    address: str
    seen: frozenset[int]
    whole: bool
    looked_at: datetime

    def new_among(self, found: All) -> int:
        """How many of these were not found when the person looked last.

        Of more hits than are counted the latest are remembered; what lay beyond is not called new.
        """
        beyond = 0 if self.whole else min(self.seen, default=0)
        return sum(one not in self.seen and one > beyond for one in found.ids)
