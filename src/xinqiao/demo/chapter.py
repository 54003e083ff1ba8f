"""What a chapter of the demonstration gets and gives: the city as it stands, and what the rules refused."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from random import Random

from xinqiao.directory import queries as directory
from xinqiao.rules.entries import SHANGHAI
from xinqiao.rules.persons import Person

Refused = Counter[tuple[str, str]]


@dataclass(frozen=True, kw_only=True)
class City:
    """The city as it stands: its size, the last day, and its accounts by log-in (`load.username`)."""

    size: str
    today: date
    accounts: Mapping[str, int]

    def person(self, username: str, on: date) -> Person:
        """A member of staff as the rules see them on a day."""
        return directory.person(self.accounts[username], on)


def at(day: date, hour: int = 10, minute: int = 0) -> datetime:
    """A moment of office hours in Shanghai."""
    return datetime.combine(day, time(hour, minute), SHANGHAI)


#: Plays three years of its capability through the real actions, with dice of its own; gives what the rules refused
#: (verb and code), which should be nothing.
Chapter = Callable[[City, Random], Refused]
