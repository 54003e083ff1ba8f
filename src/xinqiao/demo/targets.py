"""Targets of the demonstration city: last year's, assessed, appealed and closed; this year's, parted and signed."""

import tomllib
from collections import Counter
from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import cache
from importlib import resources
from random import Random
from typing import Any

from django.db import transaction
from django.utils import timezone

from xinqiao.demo import catalogue
from xinqiao.demo.chapter import City, Refused, at
from xinqiao.demo.load import username
from xinqiao.leadership.actions import responsibility
from xinqiao.rules import refusals
from xinqiao.rules.leadership import Responsible
from xinqiao.rules.persons import Person
from xinqiao.rules.targets import Aim, Key, proposed
from xinqiao.targets import bulk
from xinqiao.targets.plans import places, queries
from xinqiao.targets.plans.actions import assessing, closing, letters, setting
from xinqiao.targets.plans.values import Wanted
from xinqiao.targets.values import Place, Scale

_OFFICE = catalogue.petition_office(catalogue.CITY).code
_WHOLE = Place(scale=Scale.REGION, code=catalogue.CITY)
#: Departments with targets of their own; who answers in them, the chapter of leadership has named.
_DEPARTMENTS = ("anqing-housing", "anqing-human-resources", "anqing-natural-resources")
_APPEALS = "anqing-housing"
#: What is parted among the counties, and by which key.
_PARTED = (("total", Aim.CHANGE, -300, Key.LAST_YEAR), ("provincial_group_visits", Aim.ABSOLUTE, 12, Key.POPULATION),
           ("on_time_answer", Aim.ABSOLUTE, 9500, Key.EQUAL))  # fmt: skip
_OWN = (("on_time_answer", 9500), ("settled_rate", 8000), ("satisfaction", 8500))
_REASON = "经核对，部分事项的实际承办单位为其他部门，请按承办单位重新核算。"
_ANSWER = "经复核台账，所列事项登记的承办单位无误，维持原得分；下年度按新的职责分工统计。"


def play(city: City, dice: Random) -> Refused:
    """Plays it all as far as the calendar has come; gives what the rules refused, which should be nothing."""
    del dice  # a plan is no matter of chance
    for _done in bulk.rebuild(timezone.now()):
        pass
    told = _Plan(city)
    this = city.today.year
    told.population(date(this - 1, 1, 20))
    told.year(this - 1, date(this - 1, 2, 10))
    told.judged(this - 1, date(this, 1, 14))
    told.year(this, date(this, 2, 10))
    return told.refused


@cache
def _people() -> tuple[dict[str, int], str]:
    text = (resources.files("xinqiao.demo") / "data" / "population.toml").read_text(
        encoding="utf-8"
    )
    read = tomllib.loads(text)
    return read["people"], read["source"]


class _Plan:
    """The plan on its way. What lies after the last day of the city does not happen."""

    def __init__(self, city: City) -> None:
        self.city = city
        self.refused: Refused = Counter()

    def does(
        self, day: date, unit: str, action: Callable[..., Any], *values: Any, **named: Any
    ) -> Any:
        """The head of a unit does something on a day; None when it was refused, or lies ahead."""
        if day > self.city.today:
            return None
        by = self.city.person(username(unit, "head"), day)
        try:
            with transaction.atomic():
                return action(*values, by=by, now=at(day, 15), **named)
        except refusals.Refused as no:
            self.refused[action.__name__, no.refusal.code] += 1
            return None

    def population(self, day: date) -> None:
        people, source = _people()
        for region, number in people.items():
            self.does(
                day, _OFFICE, setting.enter_population, _OFFICE, region, day.year, number, source
            )

    def year(self, year: int, day: date) -> None:
        """Targets, parts, letters and signatures of a year."""
        for indicator, aim, amount, key in _PARTED:
            wanted = Wanted(place=_WHOLE, year=year, indicator=indicator, aim=aim, amount=amount)
            made = self.does(day, _OFFICE, setting.set_target, _OFFICE, wanted)
            if made is not None:
                self._part(made, key, day)
        for unit in _DEPARTMENTS:
            for indicator, amount in _OWN:
                place = Place(scale=Scale.UNIT, code=unit)
                wanted = Wanted(
                    place=place, year=year, indicator=indicator, aim=Aim.ABSOLUTE, amount=amount
                )
                self.does(day, _OFFICE, setting.set_target, _OFFICE, wanted)
        self._letters(year, day + timedelta(days=6))

    def _part(self, made: int, key: Key, day: date) -> None:
        """As the key proposes; of a number, the city keeps what is no county's."""
        counties = places.below(_WHOLE, Scale.REGION, day)
        target = queries.target(self.person(_OFFICE, day), made)
        if target is None or target.aimed is None:
            return
        rate = queries.weights().indicators[target.indicator].rate
        among = counties if rate or key is not Key.LAST_YEAR else [*counties, _WHOLE]
        heavy = setting.weights(made, key, among, now=at(day, 15))
        given = proposed(target.aimed, rate, {one.code: weight for one, weight in heavy.items()})
        self.does(day, _OFFICE, setting.part, made, key, {one: given[one.code] for one in among})

    def _letters(self, year: int, day: date) -> None:
        if day > self.city.today:
            return
        for unit in queries.without_letter(self.person(_OFFICE, day), _OFFICE, year, at(day)):
            head = self.city.accounts.get(username(unit, "head"))
            if head is None:
                continue
            if unit not in _DEPARTMENTS:  # the governments of the counties
                self.does(day, unit, responsibility.name, unit, year, Responsible.FIRST, head, "")
            made = self.does(day, _OFFICE, letters.issue, _OFFICE, unit, year)
            if made is not None:
                self.does(day + timedelta(days=4), unit, letters.sign, made)

    def judged(self, year: int, day: date) -> None:
        """Assessed, a score appealed and answered, the year closed."""
        if self.does(day, _OFFICE, assessing.assess, _OFFICE, year) is None:
            return
        score = self._worst(year, day)
        if score is not None:
            made = self.does(
                day + timedelta(days=4), _APPEALS, assessing.appeal, score[0], _REASON, []
            )
            if made is not None:
                answered = day + timedelta(days=10)
                self.does(answered, _OFFICE, assessing.answer, made, score[1], _ANSWER)
        self.does(day + timedelta(days=16), _OFFICE, closing.close, _OFFICE, year)

    def _worst(self, year: int, day: date) -> tuple[int, int] | None:
        """The lowest score of the department that appeals, and its points."""
        found = [
            (one.points, one.id)
            for place in queries.scores(self.person(_OFFICE, day), year)
            for one in place.scores
            if place.place.code == _APPEALS
        ]
        return min(found)[::-1] if found else None

    def person(self, unit: str, day: date | datetime) -> Person:
        on = day.date() if isinstance(day, datetime) else day
        return self.city.person(username(unit, "head"), on)
