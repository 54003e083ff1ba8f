"""What a classifier is given and what it says."""

from dataclasses import dataclass

#: How sure a category must be, over all that are decided alone, for nobody to be asked.
ALONE = 0.95


class TooFewLabels(Exception):
    """Nothing can be learned from so little; the message says what is missing."""


class UnusableModel(Exception):
    """A file that holds no model of this version; the message says what to do."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Text:
    """What is looked at of a message, and the label that a person gave it, if any."""

    subject: str
    body: str
    label: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Suggested:
    """A category and how likely it is the right one, from 0 to 1: of those said with 0.8, four in five are right."""

    label: str
    confidence: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Suggestion:
    """The likeliest categories, best first (none where nothing is known), and whether a person must decide."""

    labels: tuple[Suggested, ...]
    abstain: bool
