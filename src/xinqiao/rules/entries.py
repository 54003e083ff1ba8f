"""A ledger entry as a value, and which entries count once corrections are read."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from types import MappingProxyType
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")


class Entry(NamedTuple):
    """One step that was taken. `at` is when it happened in law, aware; `unit` the unit for which the person acted.

    A proof and a count make one of each entry of a ledger: hence a tuple.
    """

    seq: int
    step: str
    at: datetime
    account: int | None = None
    unit: str = ""
    payload: Mapping[str, Any] = MappingProxyType({})

    @property
    def day(self) -> date:
        return self.at.astimezone(SHANGHAI).date()

    def payload_day(self, name: str) -> date | None:
        """A date of the payload, where it stands as ISO text; None when it is not there."""
        text = self.payload.get(name)
        return date.fromisoformat(text) if text else None


def effective(entries: Iterable[Entry]) -> list[Entry]:
    """The entries that count: a revoked one is left out, a wrong date is replaced by the corrected one.

    The ledger itself keeps all of them; a correction is an entry of its own and never counts as a step of the matter.
    """
    listed = list(entries)
    revoked = {entry.payload["entry"] for entry in listed if entry.step == "revoke"}
    dates = {
        entry.payload["entry"]: date.fromisoformat(entry.payload["corrected_date"])
        for entry in listed
        if entry.step == "correct_date" and entry.seq not in revoked
    }
    return [
        _on(entry, dates[entry.seq]) if entry.seq in dates else entry
        for entry in listed
        if entry.seq not in revoked
    ]


def _on(entry: Entry, day: date) -> Entry:
    """The entry moved to another day, at the same time of day."""
    local = entry.at.astimezone(SHANGHAI)
    return entry._replace(at=datetime.combine(day, local.time(), tzinfo=SHANGHAI))
