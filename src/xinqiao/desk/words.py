"""What stored codes are called on a page: the glossary, the directory and the calendar, in the reader's language."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from django.utils import timezone, translation
from django.utils.formats import date_format

from xinqiao.directory import queries as directory
from xinqiao.rules import glossary
from xinqiao.rules.refusals import Refusal
from xinqiao.rules.units import Units, territory
from xinqiao.text.clean import Problem

_COUNTY_DIGITS = 6
_MOST_REGIONS = 400


@dataclass
class Names:
    """The words of one request; what it reads from the directory, it reads once."""

    language: str

    @classmethod
    def here(cls) -> "Names":
        """In the language of the page that is being made."""
        return cls(translation.get_language() or "zh-hans")

    @cached_property
    def units(self) -> Units:
        return directory.units()

    @cached_property
    def _regions(self) -> Mapping[str, str]:
        return directory.region_names()

    @cached_property
    def categories(self) -> Mapping[str, str]:
        """Codes and full names of the categories that are offered."""
        return dict(directory.category_choices(self.language))

    @cached_property
    def regions(self) -> Mapping[str, str]:
        """Codes and names of all regions, townships with their county."""
        return {code: self.region(code) for code in self._regions}

    @property
    def own_region_names(self) -> Mapping[str, str]:
        """Codes of all regions and their own names alone."""
        return self._regions

    def regions_around(self, units: Iterable[str], also: str) -> list[tuple[str, str]]:
        """Codes and names of the regions of these units; without the townships where they would be too many."""
        around = {territory(self.units[code].region) for code in units if code in self.units}
        within = {code for area in around for code in directory.regions_within(area)}
        found = sorted(within)
        if len(found) > _MOST_REGIONS:
            found = [code for code in found if len(code) <= _COUNTY_DIGITS]
        if also in self._regions and also not in found:
            found.append(also)
        return [(code, self.region(code)) for code in found]

    def unit(self, code: str) -> str:
        if code not in self.units:
            return code
        unit = self.units[code]
        return unit.name_en if self.language.startswith("en") and unit.name_en else unit.name

    def region(self, code: str) -> str:
        county, name = code[:_COUNTY_DIGITS], self._regions.get(code, code)
        above = self._regions.get(county) if code != county else None
        return f"{above} {name}" if above else name

    def category(self, code: str) -> str:
        """The full name, also of a retired one."""
        return directory.category_name(code, self.language)

    def word(self, group: str, code: str) -> str:
        """The label of a stored code; nothing for nothing."""
        return glossary.label(group, code, self.language) if code else ""

    def helping(self, group: str, code: str) -> str:
        return glossary.help_of(group, code, self.language) if code else ""

    def done(self, step: str, group: str = "step") -> str:
        return glossary.done(step, self.language, group)

    def done_of(self, group: str, code: str) -> str:
        """A stored code as something that happened, for a history."""
        word = glossary.word_of(group, code)
        return word.done_en if self.language.startswith("en") else word.done_zh

    def cite(self, article: str | None) -> str:
        return glossary.cite(article, self.language)

    def yes_no(self, value: bool) -> str:
        return glossary.yes_no(value, self.language)

    def say(self, refusal: Refusal, *, with_article: bool = True) -> str:
        """Why not, and what to do next."""
        return glossary.say(refusal, self.language, names=self._fact, with_article=with_article)

    def problem(self, problem: Problem, field: str) -> str:
        """What is wrong with a value that was typed into `field`."""
        return self.say(Refusal(problem.code, None, {"field": field, **problem.facts}))

    def _fact(self, what: str, value: str) -> str:
        return self.unit(value) if what == "unit" else day_words(value)


def day_words(text: str) -> str:
    """A date or time of the rules, written as ISO text, as people of the page's language write it."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return text
    if len(text) > len("2026-03-02"):
        return date_format(timezone.localtime(moment), "DATETIME_FORMAT")
    return date_format(moment.date(), "DATE_FORMAT")


def day_of(moment: datetime) -> date:
    """The date in Shanghai."""
    return timezone.localdate(moment)
