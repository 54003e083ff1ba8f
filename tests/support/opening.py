"""A matter without the contact that opened it, for tests that look at matters alone."""

from typing import Any

from xinqiao.matters import actions
from xinqiao.rows.writing import at_once, write


def open_matter(**given: Any) -> int:
    """The row id of a new matter; `given` is that of `actions.opening`. Raises Refused."""
    new = actions.opening(**given)
    with at_once():
        write(new.rows)
    assert new.matter.pk is not None
    return new.matter.pk
