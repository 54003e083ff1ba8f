"""The rules of this place: a file in the platform's home, else what comes with the platform."""

import logging
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

from django.conf import settings

from xinqiao.rules import assessment, key_management, ranking
from xinqiao.rules.refusals import Refusal, Refused

T = TypeVar("T")
_LOG = logging.getLogger(__name__)
_FAULTS = (
    assessment.UnusableScale,
    key_management.UnusableRules,
    ranking.UnusableBands,
    UnicodeDecodeError,
)


def scale() -> assessment.Scale:
    """The weights that count now. Raises Refused `place_rules_unusable`: nothing is scored by weights nobody set."""
    return _of_place("assessment.toml", assessment.read_scale, assessment.default_scale)


def bands() -> ranking.Bands:
    """The size bands that count now. Raises Refused."""
    return _of_place("size_bands.toml", ranking.read_bands, ranking.default_bands)


def key_rules() -> key_management.Rules:
    """The rules of key management that count now. Raises Refused."""
    return _of_place("key_management.toml", key_management.read_rules, key_management.default_rules)


def _of_place(name: str, read: Callable[[str], T], default: Callable[[], T]) -> T:
    path = Path(settings.XINQIAO_HOME) / name
    try:
        changed = path.stat().st_mtime_ns
    except FileNotFoundError:
        return default()
    found: T = _read(read, path, changed)
    return found


@lru_cache(maxsize=12)
def _read(read: Callable[[str], T], path: Path, changed: int) -> T:
    del changed  # another time of change is another file
    try:
        return read(path.read_text("utf-8"))
    except _FAULTS as fault:
        _LOG.error("%s cannot be used: %s", path, fault)
        raise Refused(Refusal("place_rules_unusable", "41", {"file": path.name})) from fault
