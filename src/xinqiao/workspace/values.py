"""What the rest of the platform knows of a workspace."""

from dataclasses import dataclass

MOST_VIEWS = 20
LONGEST_NAME = 40
LONGEST_ADDRESS = 1000


@dataclass(frozen=True, kw_only=True)
class View:
    """A saved list; `address` is the query part of its address, without the question mark."""

    id: int
    name: str
    address: str
    opens_first: bool
