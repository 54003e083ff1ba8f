"""Who approves which amount here: the file `relief.toml` in the platform's home, else what comes with the platform."""

import logging
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from xinqiao.rules.refusals import Refusal, Refused
from xinqiao.rules.relief import ARTICLE, Limits, UnusableLimits, default_limits, read_limits

FILE = "relief.toml"
_LOG = logging.getLogger(__name__)


def limits() -> Limits:
    """The limits that count now. A file of the place is read anew when it has changed.

    Raises Refused where that file cannot be used: nothing is approved by figures that nobody set.
    """
    path = Path(settings.XINQIAO_HOME) / FILE
    try:
        changed = path.stat().st_mtime_ns
    except FileNotFoundError:
        return default_limits()
    return _of_place(path, changed)


def same_need_months() -> int:
    """So long is asked about earlier help. A broken file keeps nobody from reading: the default counts meanwhile."""
    try:
        return limits().same_need_months
    except Refused:
        return default_limits().same_need_months


@lru_cache(maxsize=4)
def _of_place(path: Path, changed: int) -> Limits:
    del changed  # another time of change is another file
    try:
        return read_limits(path.read_text("utf-8"))
    except (UnusableLimits, UnicodeDecodeError) as fault:
        _LOG.error("%s cannot be used: %s", path, fault)
        raise Refused(Refusal("relief_limits_unusable", ARTICLE)) from fault
