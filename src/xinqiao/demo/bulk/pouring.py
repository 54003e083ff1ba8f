"""Pouring a mould: the same story with numbers, people, salts, hashes and seals of its own."""

import json
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import count
from random import Random
from typing import Any

from xinqiao.demo.bulk.moulds import Mould, Row
from xinqiao.demo.bulk.tables import TABLES, Rows, as_stored, columns_of
from xinqiao.demo.load import person_input
from xinqiao.demo.names import Petitioner, anew
from xinqiao.intake.codes import query_mac
from xinqiao.matters.ledger import GENESIS, entry_hash, keyed_seal, new_salt, text_hash
from xinqiao.matters.numbers import new_number, new_query_code
from xinqiao.people.bulk import card
from xinqiao.rules.entries import SHANGHAI

_BLOCK = 20_000
_HASHED = ("seq", "step", "at", "recorded_at", "account", "unit", "article")


@dataclass(frozen=True, kw_only=True)
class Share:
    """Which of several processes this is: row ids and numbers of one are never those of another."""

    index: int = 0
    processes: int = 1

    def ids(self) -> Iterator[int]:
        """Row ids in blocks, so that the processes together fill a table nearly in order."""
        for block in count(self.index, self.processes):
            yield from range(block * _BLOCK + 1, (block + 1) * _BLOCK + 1)


class Pourer:
    """Pours moulds into rows, which stay here until they are taken."""

    def __init__(self, share: Share, vendor: str, rng: Random) -> None:
        self.share, self.rng = share, rng
        self.contacts = 0
        self._ids = {name: share.ids() for name in TABLES}
        self._columns = {name: columns_of(name) for name in TABLES}
        self._stored = {name: as_stored(name, vendor) for name in TABLES}
        self._numbers: set[str] = set()
        self._rows: Rows = defaultdict(list)

    def take(self) -> Rows:
        """The rows poured since the last time, by table, those that others refer to first."""
        rows, self._rows = self._rows, defaultdict(list)
        return {name: rows[name] for name in TABLES if rows[name]}

    def ready(self, mould: Mould) -> "Ready":
        """The mould with everything in it that no pouring changes in the form of the database."""
        return Ready(mould, self._stored)

    def pour(self, ready: "Ready") -> None:
        """One matter more."""
        mould, matter = ready.mould, self._next("matter")
        numbers = {row["seq"]: self._number(row) for row in mould.contacts}
        number = numbers[1]
        head = self._ledger(ready, matter, number, numbers)
        added = {"added": sorted(one for seq, one in numbers.items() if seq != 1)}
        self._add(
            "matter", ready.matter, id=matter, number=number, head_hash=head,
            facts=json.dumps(mould.matter["facts"] | added),
            head_seal=keyed_seal(number, mould.matter["last_seq"], head),
        )  # fmt: skip
        for name, rows in (("involvement", ready.involvements), ("wall", ready.walls)):
            for row in rows:
                self._add(name, row, id=self._next(name), matter_id=matter)
        self._contacts(ready, matter, numbers)
        self.contacts += len(numbers)

    def _ledger(self, ready: "Ready", matter: int, number: str, numbers: Mapping[int, str]) -> str:
        """The entries with their texts, chained anew. Returns the hash of the last."""
        previous, own = GENESIS, ""
        for told, stored in zip(ready.mould.entries, ready.entries, strict=True):
            payload = dict(told["payload"])
            if told["seq"] in numbers:
                payload["contact"] = numbers[told["seq"]]
            for text in ready.texts[told["seq"]]:
                salt = new_salt()
                payload[text["field"]] = {"sha256": text_hash(salt, text["body"])}
                self._add("text", text, id=self._next("text"), matter_id=matter, salt=salt)
            hashed = {name: told[name] for name in _HASHED}
            own = entry_hash(number=number, payload=payload, previous=previous, **hashed)
            self._add(
                "entry", stored, id=self._next("entry"), matter_id=matter,
                payload=json.dumps(payload), previous=previous, hash=own,
            )  # fmt: skip
            previous = own
        return own

    def _contacts(self, ready: "Ready", matter: int, numbers: Mapping[int, str]) -> None:
        cards = [self._card(one, ready) for one in ready.mould.people]
        for row, parties in zip(ready.contacts, ready.mould.parties, strict=True):
            contact, number = self._next("contact"), numbers[row["seq"]]
            mac = query_mac(number, new_query_code())
            self._add("contact", row, id=contact, matter_id=matter, number=number, query_mac=mac)
            for role, seat, who in parties:
                behind = {"petitioner_id": cards[who], "role": role, "seat": seat}
                self._add("party", behind, id=self._next("party"), contact_id=contact)

    def _card(self, someone: Petitioner, ready: "Ready") -> int:
        """Somebody else of the same age in the same place, sealed with a key of their own."""
        row, now = self._next("card"), ready.mould.contacts[0]["recorded_at"]
        key, sealed = card(row, person_input(anew(self.rng, someone)), now)
        self._add("key", key)
        self._add("card", sealed, created_at=ready.contacts[0]["recorded_at"])
        return row

    def _number(self, contact: Row) -> str:
        """A number that no other contact has."""
        day = contact["received_at"].astimezone(SHANGHAI).date()
        while True:
            number = new_number(day)
            mine = int(number[-3]) % self.share.processes == self.share.index
            if mine and number not in self._numbers:
                self._numbers.add(number)
                return number

    def _next(self, name: str) -> int:
        return next(self._ids[name])

    def _add(self, name: str, row: Row, **more: Any) -> None:
        whole = row | more
        self._rows[name].append(tuple([whole[column] for column in self._columns[name]]))


class Ready:
    """A mould whose unchanging values are in the form of the database already."""

    def __init__(self, mould: Mould, stored: Mapping[str, Mapping[str, Callable[[Any], Any]]]):
        self.mould, self._stored = mould, stored
        self.matter = self._form("matter", mould.matter)
        self.entries = [self._form("entry", row) for row in mould.entries]
        self.involvements = [self._form("involvement", row) for row in mould.involvements]
        self.walls = [self._form("wall", row) for row in mould.walls]
        self.contacts = [self._form("contact", row) for row in mould.contacts]

    @cached_property
    def texts(self) -> Mapping[int, list[Row]]:
        """The texts by the entry they belong to."""
        found: defaultdict[int, list[Row]] = defaultdict(list)
        for row in self.mould.texts:
            found[row["seq"]].append(self._form("text", row))
        return found

    def _form(self, name: str, row: Row) -> Row:
        forms = self._stored[name]
        return row | {
            column: form(row[column]) for column, form in forms.items() if row[column] is not None
        }
