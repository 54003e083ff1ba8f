"""What is asked about a text, and what is suggested; each suggestion says why."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from xinqiao.rules.suggesting import Suggested as SuggestedUnit

#: From these confidences on a suggestion is said to be likely, or perhaps right; below, a person has to choose.
LIKELY, PERHAPS = 0.8, 0.5
#: Stands in the ledger for the words of the taxonomy, which are no model and have no confidence.
WORDS_ALONE = 0


class Sureness(StrEnum):
    """A confidence in plain words; `BY_WORDS` is none, words of the taxonomy stand in the text."""

    LIKELY = "likely"
    PERHAPS = "perhaps"
    UNSURE = "unsure"
    BY_WORDS = "by_words"


class Serving(StrEnum):
    """What categories are suggested with, and where it is not the learned model, why."""

    MODEL = "model"
    NONE_YET = "none_yet"
    UNUSABLE = "unusable"  # missing, damaged, or of another version: the worker trains again
    NO_LIBRARY = "no_library"  # the extra `analytics` is not installed


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What is known of a matter when suggestions are asked for. There is no field for who petitions.

    `unit` is where it lies; `kind`, `category`, `region`, `path` are what a person has chosen; the reported units of a
    report are walled off.
    """

    subject: str
    body: str
    unit: str = ""
    kind: str = ""
    category: str = ""
    region: str = ""
    path: str = ""
    reported_units: frozenset[str] = field(default_factory=frozenset)


@dataclass(frozen=True, kw_only=True)
class Suggestion:
    """A code with the words of the text that speak for it. `confidence` 0 to 1; None where words alone speak."""

    code: str
    words: tuple[str, ...] = ()
    confidence: float | None = None

    @property
    def sureness(self) -> Sureness:
        if self.confidence is None:
            return Sureness.BY_WORDS
        if self.confidence >= LIKELY:
            return Sureness.LIKELY
        return Sureness.PERHAPS if self.confidence >= PERHAPS else Sureness.UNSURE


@dataclass(frozen=True, kw_only=True)
class Source:
    """What categories come from: the version of the model (0: words alone), and from how many matters it learned."""

    serving: Serving
    version: int = WORDS_ALONE
    learned_from: int = 0


@dataclass(frozen=True, kw_only=True)
class Categories:
    """At most three categories, the best first, and what they come from."""

    found: Sequence[Suggestion]
    source: Source

    @property
    def abstains(self) -> bool:
        """Whether a person has to choose without advice: nothing was found, or nothing of it is likely enough."""
        return not self.found or self.found[0].sureness is Sureness.UNSURE

    def recorded(self) -> list[str]:
        """As the ledger keeps it: code, hundredths of confidence and version, the best first."""
        return [self._recorded(one) for one in self.found]

    def _recorded(self, one: Suggestion) -> str:
        if one.confidence is None:
            return f"{one.code}:0:{WORDS_ALONE}"
        return f"{one.code}:{round(100 * one.confidence)}:{self.source.version}"


@dataclass(frozen=True, kw_only=True)
class Suggestions:
    """Everything that is suggested for a text: first of each the best. A person decides on each."""

    categories: Categories
    kinds: Sequence[Suggestion] = ()
    places: Sequence[Suggestion] = ()
    paths: Sequence[Suggestion] = ()
    urgencies: Sequence[Suggestion] = ()
    unit: SuggestedUnit | None = None

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all was found in the text."""
        some = (self.categories.found, self.kinds, self.places, self.paths, self.urgencies)
        return not any(some) and self.unit is None
