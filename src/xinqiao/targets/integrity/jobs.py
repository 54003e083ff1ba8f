"""Signs are looked for every night. It may run twice and may run late."""

import logging
from datetime import date, datetime
from importlib.util import find_spec
from typing import Any

from xinqiao.directory import queries as directory
from xinqiao.matters import queries as matters
from xinqiao.rules.integrity import signs
from xinqiao.targets.integrity import actions
from xinqiao.targets.models import Sign

log = logging.getLogger(__name__)


def look(now: datetime) -> int:
    """Looks at the last twelve whole months. Returns how many signs stand.

    Without the libraries of the extra `analytics` nothing is looked for, and the log says so.
    """
    if find_spec("scipy") is None:
        log.warning("no signs of integrity looked for: install xinqiao[analytics]")
        return 0
    from xinqiao.targets.integrity.gathering import Gathered  # noqa: PLC0415
    from xinqiao.targets.integrity.looking import findings  # noqa: PLC0415  needs scipy

    today = matters.today(now)
    first, end = months(today)
    gathered = Gathered(first=first, end=end, units=directory.units())
    found = list(findings(gathered, today))
    actions.forget_origins(now)
    return actions.keep(found, first, end, now)


def months(today: date) -> tuple[date, date]:
    """The first day of the last twelve whole months, and the day after their last."""
    end = today.replace(day=1)
    return end.replace(year=end.year - 1), end


def standing() -> list[dict[str, Any]]:
    """All signs that stand, with their words, for the command line of who runs the platform."""
    rows = Sign.objects.filter(stands=True).order_by("-end", "q", "id")
    return [
        {
            "unit": row.unit, "sign": row.sign, "part": row.part, "first": row.first.isoformat(),
            "end": row.end.isoformat(), "strength": row.strength, "p": row.p, "q": row.q, "cases": row.cases.count(),
            **{f"says_{lang}": signs()[row.sign].says(row.part, row.facts, lang) for lang in ("zh", "en")},
        }
        for row in rows
    ]  # fmt: skip
