"""A ledger entry as a value, and which entries count once corrections are read."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime
from types import MappingProxyType
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")
#: Steps that say how the entries before them are to be read.
CORRECTIONS = frozenset({"revoke", "correct_date", "separate", "split_off"})
#: In the payload of an entry that came with a step on another matter: the number of that entry there.
CARRIED = "carried"
#: Granted on a matter while it was carried: it may rest on an acceptance that falls.
_EXTENSION = frozenset({"request_extension", "approve_extension", "refuse_extension"})


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
    """The entries that count: a revoked one is left out, a wrong date is replaced by the corrected one,
    and what was undone by a separation or a splitting off is left out, too.

    The ledger itself keeps all of them; a correction is an entry of its own and never counts as a step of the matter.
    """
    listed = list(entries)
    if not any(entry.step in CORRECTIONS for entry in listed):
        return listed
    revoked = {entry.payload["entry"] for entry in listed if entry.step == "revoke"}
    dates = {
        entry.payload["entry"]: date.fromisoformat(entry.payload["corrected_date"])
        for entry in listed
        if entry.step == "correct_date" and entry.seq not in revoked
    }
    gone = revoked | _undone(listed, revoked)
    return [
        _on(entry, dates[entry.seq]) if entry.seq in dates else entry
        for entry in listed
        if entry.seq not in gone
    ]


def _undone(entries: Iterable[Entry], revoked: Collection[int]) -> set[int]:
    """What a separation takes back (the joining, and what was entered with the other matter since), and the contacts
    that became matters of their own."""
    split = {entry.payload["contact"] for entry in entries if entry.step == "split_off"}
    found: set[int] = set()
    joined: list[int] = []
    for entry in entries:
        if entry.step == "join":
            joined = [entry.seq]
        elif entry.step == "separate" and entry.seq not in revoked:
            found.update(joined)
            joined = []
        elif joined and (CARRIED in entry.payload or entry.step in _EXTENSION):
            joined.append(entry.seq)
        elif entry.step == "add_contact" and entry.payload["contact"] in split:
            found.add(entry.seq)
    return found


def _on(entry: Entry, day: date) -> Entry:
    """The entry moved to another day, at the same time of day."""
    local = entry.at.astimezone(SHANGHAI)
    return entry._replace(at=datetime.combine(day, local.time(), tzinfo=SHANGHAI))
