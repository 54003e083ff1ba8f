"""What is filed, and what was found."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from xinqiao.matters.queries import Line


class Unusable(Exception):
    """The index is missing or broken. It is made anew by `xinqiao index rebuild`; nothing else needs it."""


class Asked(NamedTuple):
    """What is looked for: a plain piece of two characters or more, and marks.

    `any_of`: marks of which each must have one (None: whatever its marks); `all_of`: marks that each must have.
    """

    piece: str
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
    """One page of hits, the latest received first.

    `number` hits in all that exist for who asks; `more`: and further ones beyond these. `whole`: everything was looked
    through; else only the latest, since too many that the filters leave out have the words.
    """

    hits: Sequence[Hit]
    number: int
    more: bool
    whole: bool
