"""A "no" that explains itself: a code for programs, an article for the law, facts for the sentence."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Refusal:
    """Why something may not be done. The words for `code` stand in the glossary, in both languages."""

    code: str
    article: str | None = None
    facts: Mapping[str, str] = field(default_factory=dict)


class Refused(Exception):
    """Raised by actions with the refusal of the rules; doors turn it into their own language in one place."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.code)
        self.refusal = refusal
