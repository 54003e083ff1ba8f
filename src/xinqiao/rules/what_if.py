"""What may be asked of a forecast: what if, from the next month on, something were otherwise."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib import resources
from typing import Any


class Change(StrEnum):
    """How a shift changes a month."""

    TO = "to"  # a rate becomes the amount
    ADD = "add"  # so many more
    FACTOR = "factor"  # so many times as large


@dataclass(frozen=True, kw_only=True)
class Shift:
    """One question: whose forecast it changes and how; `amount` is proposed, `least` to `most` may be asked."""

    id: str
    indicators: tuple[str, ...]
    change: Change
    amount: float
    least: float
    most: float
    words: Mapping[str, str]

    @property
    def factor(self) -> bool:
        return self.change is Change.FACTOR

    def label(self, language: str) -> str:
        return self.words["en" if language.startswith("en") else "zh"]

    def changed(self, months: Iterable[float], amount: float) -> list[float]:
        """What is expected of each month then. Raises ValueError for an amount beyond `least` and `most`."""
        if not self.least <= amount <= self.most:
            raise ValueError(f"{self.id}: {amount} is not between {self.least} and {self.most}")
        if self.change is Change.TO:
            return [amount for _ in months]
        if self.change is Change.ADD:
            return [one + amount for one in months]
        return [one * amount for one in months]


@cache
def shifts() -> Mapping[str, Shift]:
    """All questions by id, in the order of `what_if.toml`."""
    text = resources.files("xinqiao.rules").joinpath("what_if.toml").read_text(encoding="utf-8")
    return {row["id"]: _shift(row) for row in tomllib.loads(text)["shift"]}


def shifts_of(indicator: str) -> list[Shift]:
    """The questions that may be asked of the forecast of an indicator."""
    return [one for one in shifts().values() if indicator in one.indicators]


def _shift(row: Mapping[str, Any]) -> Shift:
    return Shift(
        id=row["id"],
        indicators=tuple(row["indicators"]),
        change=Change(row["change"]),
        amount=row["amount"],
        least=row["least"],
        most=row["most"],
        words={"zh": row["zh"], "en": row["en"]},
    )
