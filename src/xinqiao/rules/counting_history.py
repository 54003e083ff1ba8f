"""What a matter was counted as after each moment at which its ledger grew: a figure of the past never changes."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from xinqiao.law.clocks import Clock
from xinqiao.rules.counting import Arrived, Counted
from xinqiao.rules.counting_matter import count
from xinqiao.rules.entries import CORRECTIONS, Entry
from xinqiao.rules.replay import Turn, turns
from xinqiao.rules.table import STEPS
from xinqiao.rules.units import Units

#: Steps after which nothing is counted otherwise than before; any other may change something.
SILENT = frozenset(
    {
        "designate", "take_on", "ask_petitioner", "supplement", "request_extension", "refuse_extension",
        "open_mediation", "end_mediation", "schedule_hearing", "submit_opinion", "return_opinion", "issue_opinion",
        "issue_review_opinion", "issue_reexamination_opinion", "notice_urgent", "report_urgent", "link_dispute",
        "request_relief", "check_relief", "approve_relief", "refuse_relief", "drop_relief", "lead_progress",
        "take_in", "let_go", "go_alone", "tell_apart", "tell_alike", "give_duty", "duty_done", "answer_duty",
        "record_reception", "recuse",
    }
)  # fmt: skip


@dataclass(frozen=True, kw_only=True, slots=True)
class Recorded:
    """An entry with the moment at which it was entered (aware)."""

    entry: Entry
    recorded_at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Seen:
    """All facts of a matter from this moment until the next one, resting on the entries up to `seq`."""

    since: datetime
    seq: int
    facts: Sequence[Counted]


def history(
    ledger: Sequence[Recorded],
    arrived: Mapping[int, Arrived],
    units: Units,
    clocks_of: Callable[[Sequence[Turn]], Sequence[Clock]],
    after: int = 0,
) -> Iterator[Seen]:
    """The facts after each moment, oldest first, of those that rest on entries beyond `after`.

    A moment at which nothing is counted otherwise is left out. Entries of one moment count together. A moment never
    lies before that of an earlier entry, whatever clock said so.
    """
    course, clocks = _Courses([one.entry for one in ledger]), None
    for begin, end, since in _moments(ledger):
        if ledger[end - 1].entry.seq <= after or all(
            one.entry.step in SILENT for one in ledger[begin:end]
        ):
            continue
        told = course.upto(end)
        if clocks is None or any(_moves_clocks(one.entry) for one in ledger[begin:end]):
            clocks = clocks_of(told)
        yield Seen(
            since=since, seq=ledger[end - 1].entry.seq, facts=count(told, clocks, arrived, units)
        )


def _moves_clocks(entry: Entry) -> bool:
    return bool(STEPS[entry.step].law) or entry.step in CORRECTIONS or entry.step == "recompute"


def _moments(ledger: Sequence[Recorded]) -> Iterator[tuple[int, int, datetime]]:
    """From which to before which entry each moment goes."""
    begin = 0
    while begin < len(ledger):
        since, end = ledger[begin].recorded_at, begin + 1
        while end < len(ledger) and ledger[end].recorded_at <= since:
            end += 1
        yield begin, end, since
        begin = end


class _Courses:
    """The entries that count among the first so many; replayed once, up to the first correction."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self._entries = entries
        plain = (n for n, entry in enumerate(entries) if entry.step in CORRECTIONS)
        self._plain = next(plain, len(entries))
        self._turns = turns(entries[: self._plain])

    def upto(self, end: int) -> Sequence[Turn]:
        return self._turns[:end] if end <= self._plain else turns(self._entries[:end])
