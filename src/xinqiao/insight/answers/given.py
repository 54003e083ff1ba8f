"""Where in a ledger the words of an answer stand, and what the petition said that it answers."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from xinqiao.matters import queries as matters
from xinqiao.matters.queries import Told
from xinqiao.rules.entries import CARRIED, CORRECTIONS, effective

#: The steps in which an answer is written, with the fields that are the answer itself. What the petition asked for
#: (`claim`) is told in it again, and would answer anything.
WRITTEN: Mapping[str, tuple[str, ...]] = {
    "reply": ("answer",),
    "submit_opinion": ("facts_found", "opinion", "legal_basis"),
    "issue_review_opinion": ("opinion", "legal_basis"),
    "issue_reexamination_opinion": ("opinion", "legal_basis"),
    "record_answer": ("answer",),
}
#: The step by which a head signs what another step wrote.
SIGNS = {"issue_opinion": "submit_opinion"}
#: The steps by which an answer goes out.
GOES_OUT = frozenset({*WRITTEN, *SIGNS}) - set(SIGNS.values())
#: All that tells of answers, with what takes one back or moves its date.
TELLING = GOES_OUT | set(SIGNS.values()) | {"revoke", "correct_date"}
#: Words that answers to different things share: the law they rest on.
_SHARED = frozenset({"legal_basis"})
_SAID = {
    "receive": ("subject", "body"),
    "add_contact": ("subject", "body"),
    "supplement": ("supplement",),
}
#: All that tells of what was said, with what takes it back or away.
SAYING = frozenset(_SAID) | CORRECTIONS
_APPEALED = {
    "issue_review_opinion": "request_review",
    "issue_reexamination_opinion": "request_reexamination",
}


@dataclass(frozen=True, kw_only=True)
class Given:
    """An answer that went out by entry `seq`; its words stand in entry `words_in`, `own` are those of no other."""

    seq: int
    words_in: int
    unit: str
    at: datetime
    words: str
    own: str

    @classmethod
    def of(cls, entry: Any, words: Told) -> "Given":
        return cls(
            seq=entry.seq, words_in=words.seq, unit=entry.unit, at=entry.at,
            words=answer_in(words.step, words.texts), own=own_words(words.step, words.texts),
        )  # fmt: skip


def told_of(ids: Iterable[int], steps: Iterable[str]) -> dict[int, list[Told]]:
    """What the ledgers of these matters tell of some steps, each in its order."""
    wanted, found = list(ids), defaultdict[int, list[Told]](list)
    for step in sorted(steps):
        for matter, entries in matters.entries_of(wanted, step).items():
            found[matter] += entries
    return {matter: sorted(told, key=lambda one: one.seq) for matter, told in found.items()}


def given(entries: Iterable[Told], *, carried: bool = False) -> list[Given]:
    """The answers that went out on a matter and were not revoked, oldest first; none whose words were erased.

    What was written to another matter, with which this one was handled together, was written once: there. It is left
    out, unless those that were `carried` along are wanted, too.
    """
    told = {one.seq: one for one in entries}
    written, found = dict[str, Told](), list[Given]()
    for entry in effective(one.entry for one in told.values()):
        if entry.step in WRITTEN:
            written[entry.step] = told[entry.seq]
        words = written.get(SIGNS.get(entry.step, entry.step))
        if (
            entry.step in GOES_OUT
            and words is not None
            and (carried or CARRIED not in entry.payload)
        ):
            found.append(Given.of(entry, words))
    return [one for one in found if one.words.strip()]


def submitted(entries: Iterable[Told], step: str) -> Told | None:
    """What waits to be signed by this step: the entry in which it was written last."""
    told = {one.seq: one for one in entries}
    found = [
        one.seq for one in effective(one.entry for one in told.values()) if one.step == SIGNS[step]
    ]
    return told[found[-1]] if found else None


def answer_in(step: str, texts: Mapping[str, Any]) -> str:
    """The words of an answer among the fields of the step that writes it."""
    return _joined(str(texts.get(name) or "") for name in WRITTEN[step])


def own_words(step: str, texts: Mapping[str, Any]) -> str:
    """The same without what answers to different things share."""
    names = [name for name in WRITTEN[step] if name not in _SHARED]
    return _joined(str(texts.get(name) or "") for name in names)


def own_fields() -> frozenset[str]:
    """The fields in which own words of answers stand."""
    return frozenset(name for names in WRITTEN.values() for name in names) - _SHARED


def petition(entries: Sequence[Told], step: str) -> str:
    """What was said by all contacts of a matter, and for an appeal what it asks, which comes first.

    A contact that became a matter of its own is answered there. A subject that is the beginning of its text is not
    repeated.
    """
    counted = {one.seq for one in effective(told.entry for told in entries)}
    appealed = _APPEALED.get(step)
    there = [one for one in entries if one.seq in counted]
    asked = [one.texts.get("reason") or "" for one in there if one.step == appealed]
    said = [_of_contact(one) for one in there if one.step in _SAID]
    return _joined([*asked, *said])


def _of_contact(entry: Told) -> str:
    words = [entry.texts.get(name) or "" for name in _SAID[entry.step]]
    if len(words) > 1 and words[0].rstrip("…. ") in words[1]:
        return words[1]
    return _joined(words)


def _joined(words: Iterable[str]) -> str:
    return "\n".join(one for one in words if one.strip())
