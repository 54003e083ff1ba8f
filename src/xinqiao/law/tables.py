"""Reading data files strictly: a key too many or too few is an error, never a shrug."""

import tomllib
from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path

from xinqiao.law.errors import LawError
from xinqiao.law.wording import Fact, Phrase

Table = dict[str, object]


def read_toml(path: Path, error: type[LawError]) -> Table:
    """The table in a TOML file.

    Raises `error` when the file is missing, is not UTF-8 or is not TOML.
    """
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as problem:
        raise error("file_unreadable", file=path.name, why=problem.strerror or "") from problem
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as problem:
        raise error("file_not_toml", file=path.name, why=str(problem)) from problem


class StrictTable:
    """A table of a data file, read key by key; each wrong value is refused by name."""

    def __init__(self, values: object, *, where: str, error: type[LawError]) -> None:
        self.where = where
        self.error = error
        if not isinstance(values, dict):
            raise self.refuse("", Phrase(code="expect_table"))
        self.values: Table = values

    def refuse(self, key: str, expected: Fact) -> LawError:
        """The error that says what this key should have been."""
        return self.error("file_bad_value", where=self.where, key=key or "-", expected=expected)

    def only(self, known: Iterable[str]) -> None:
        """Refuse keys nobody reads: a misspelt key must not pass in silence."""
        names = tuple(known)
        for key in self.values:
            if key not in names:
                raise self.error(
                    "file_unknown_key", where=self.where, key=key, known=", ".join(names)
                )

    def text(self, key: str) -> str:
        """A text that is not blank."""
        value = self.values.get(key)
        if not isinstance(value, str) or not value.strip():
            raise self.refuse(key, Phrase(code="expect_text"))
        return value

    def text_or_none(self, key: str) -> str | None:
        """A text, or None when the key is absent."""
        return self.text(key) if key in self.values else None

    def day(self, key: str) -> date:
        """A date without a time of day."""
        value = self.values.get(key)
        if not isinstance(value, date) or isinstance(value, datetime):
            raise self.refuse(key, Phrase(code="expect_day"))
        return value

    def day_or_none(self, key: str) -> date | None:
        """A date, or None when the key is absent."""
        return self.day(key) if key in self.values else None

    def days(self, key: str) -> frozenset[date]:
        """A list of dates, each once."""
        found = self.items(key)
        dates = frozenset(d for d in found if isinstance(d, date) and not isinstance(d, datetime))
        if len(dates) != len(found):
            raise self.refuse(key, Phrase(code="expect_days"))
        return dates

    def whole(self, key: str, low: int, high: int) -> int:
        """A whole number within bounds, both included."""
        value = self.values.get(key)
        if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
            raise self.refuse(key, f"{low} … {high}")
        return value

    def choice(self, key: str, choices: Iterable[str]) -> str:
        """One of the texts named."""
        value = self.text(key)
        names = tuple(choices)
        if value not in names:
            raise self.refuse(key, " | ".join(names))
        return value

    def items(self, key: str) -> list[object]:
        """A list of anything."""
        value = self.values.get(key)
        if not isinstance(value, list):
            raise self.refuse(key, Phrase(code="expect_list"))
        return value

    def tables(self, key: str) -> "list[StrictTable]":
        """A list of tables, each to be read as strictly."""
        return [
            StrictTable(item, where=f"{self.where} [{key} {number}]", error=self.error)
            for number, item in enumerate(self.items(key), 1)
        ]
