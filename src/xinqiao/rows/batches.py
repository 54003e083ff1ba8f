"""So many at a time: a database takes some hundreds of values in one question; short transactions hold up nobody."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

T = TypeVar("T")


def batches(items: Iterable[T], size: int) -> Iterator[list[T]]:
    """The items in their order, `size` at a time, fewer in the last; nothing for none."""
    left = iter(items)
    while some := list(islice(left, size)):
        yield some
