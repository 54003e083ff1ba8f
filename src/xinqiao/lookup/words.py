"""What stored codes are called on the pages of citizens: glossary and directory, in the reader's language."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from xinqiao.directory import queries as directory
from xinqiao.law.wording import Lang
from xinqiao.rules import glossary
from xinqiao.rules.refusals import Refusal
from xinqiao.rules.units import Units


@dataclass
class Words:
    """The words of one request."""

    language: str

    @classmethod
    def here(cls) -> "Words":
        """In the language of the page that is being made."""
        return cls(translation.get_language() or "zh-hans")

    @property
    def law_language(self) -> Lang:
        """The language code of the package of the law."""
        return "en" if self.language.startswith("en") else "zh"

    @cached_property
    def units(self) -> Units:
        return directory.units()

    def unit(self, code: str) -> str:
        """The name of a unit; “that unit” for one that is not in the directory."""
        if code not in self.units:
            return self.label("unknown", "unit")
        unit = self.units[code]
        return unit.name_en if self.language.startswith("en") and unit.name_en else unit.name

    def region(self, code: str) -> str:
        return directory.region_name(code)

    def label(self, group: str, code: str) -> str:
        return glossary.label(group, code, self.language)

    def help(self, group: str, code: str) -> str:
        return glossary.help_of(group, code, self.language)

    def told(self, group: str, code: str) -> str:
        """What explains the code, addressed to the reader: “you”, where officials read “the petitioner”."""
        return glossary.told(group, code, self.language)

    def yes_no(self, value: bool) -> str:
        return glossary.yes_no(value, self.language)

    def say(self, refusal: Refusal) -> str:
        """Why not, and what to do next."""
        return glossary.say(refusal, self.language, names=self._fact)

    def _fact(self, what: str, value: str) -> str:
        return self.unit(value) if what == "unit" else _written(value)


def day_words(day: date) -> str:
    """A date as people write it."""
    return date_format(day, "DATE_FORMAT")


def list_words(parts: list[str]) -> str:
    """Several words in a row, with the comma of the language."""
    return _(", ").join(parts)


def _written(text: str) -> str:
    """A date or an instant of the rules (ISO text) as people write it; other text as it is."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return text
    if len(text) > len("2026-03-02"):
        return date_format(timezone.localtime(moment), "DATETIME_FORMAT")
    return day_words(moment.date())
