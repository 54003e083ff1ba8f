"""The plan of a year for stories: figures by hand, Zhao Gang who sets and assesses, Chen Bo who signs and appeals."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from io import BytesIO
from typing import Any

from django.utils import timezone

from tests.evidence import samples
from tests.support.city_database import City
from xinqiao.evidence import actions as evidence
from xinqiao.evidence.values import Owner
from xinqiao.leadership.actions import responsibility
from xinqiao.rules import indicators as table
from xinqiao.rules.leadership import Responsible
from xinqiao.rules.persons import SYSTEM, Person
from xinqiao.rules.targets import Aim
from xinqiao.targets.plans import queries, reading
from xinqiao.targets.plans.actions import assessing, closing, letters, setting
from xinqiao.targets.plans.values import ScoreLine, TargetLine, Wanted
from xinqiao.targets.values import Figure, Period, Place, Scale

OFFICE = "city-petition"
THIS, LAST = timezone.localdate().year, timezone.localdate().year - 1


def region(code: str) -> Place:
    return Place(scale=Scale.REGION, code=code)


def unit(code: str) -> Place:
    return Place(scale=Scale.UNIT, code=code)


CITY, YIXIU, TAIHU = region("340800"), region("340811"), region("340825")
HOUSING, LABOUR = unit("city-housing"), unit("city-labour")
#: counts, or (counts, of): of one year, by place and indicator.
Numbers = Mapping[tuple[Place, str], int | tuple[int, int]]


@dataclass
class Figures:
    """Figures by hand, by year; what is not named is zero, or a rate of nothing."""

    by_year: dict[int, dict[tuple[Place, str], int | tuple[int, int]]] = field(default_factory=dict)

    def of(self, year: int, numbers: Numbers) -> None:
        self.by_year.setdefault(year, {}).update(numbers)

    def __call__(
        self, places: list[Place], period: Period, as_of: datetime, *, indicators: list[str]
    ) -> list[Figure]:
        known = self.by_year.get(period.first.year, {})
        found = []
        for place in places:
            for one in indicators:
                number = known.get(
                    (place, one), 0 if table.indicators()[one].shows == "number" else (0, 0)
                )
                counts, of = number if isinstance(number, tuple) else (number, None)
                found.append(
                    Figure(
                        indicator=one, place=place, period=period, as_of=as_of, counts=counts, of=of
                    )
                )
        return found


@dataclass
class Plan:
    """The plan of the city, at a moment that moves on by a minute with each deed."""

    city: City
    figures: Figures
    now: datetime = field(default_factory=timezone.now)

    def person(self, username: str) -> Person:
        return self.city.person(username, self.now)

    def does(
        self, action: Callable[..., Any], *args: Any, by: str = "zhaogang", **more: Any
    ) -> Any:
        self.now += timedelta(minutes=1)
        return action(*args, by=self.person(by), now=self.now, **more)

    def sets(
        self, place: Place, amount: int, *, indicator: str = "total", year: int = THIS, aim: Aim = Aim.ABSOLUTE,
        by: str = "zhaogang", office: str = OFFICE,
    ) -> int:  # fmt: skip
        wanted = Wanted(place=place, year=year, indicator=indicator, aim=aim, amount=amount)
        made: int = self.does(setting.set_target, office, wanted, by=by)
        return made

    def target(self, made: int) -> TargetLine:
        found = queries.target(self.person("zhaogang"), made)
        assert found is not None
        return found

    def names_who_answers(self, year: int = THIS) -> None:
        for kind, username, words in (
            (Responsible.FIRST, "chenbo", ""),
            (Responsible.IN_CHARGE, "lina", ""),
            (Responsible.MEMBER, "lina", "物业管理"),
        ):
            account = self.city.account(username)
            self.does(responsibility.name, "city-housing", year, kind, account, words, by="chenbo")

    def issues(self, year: int = THIS) -> int:
        made: int = self.does(letters.issue, OFFICE, "city-housing", year)
        return made

    def assesses(self, year: int = LAST, **more: Any) -> int:
        made: int = self.does(assessing.assess, OFFICE, year, **more)
        return made

    def closes(self, year: int = LAST, **more: Any) -> int:
        made: int = self.does(closing.close, OFFICE, year, **more)
        return made

    def score(
        self, place: Place = HOUSING, indicator: str = "total", year: int = LAST
    ) -> ScoreLine:
        found = queries.scores(self.person("zhaogang"), year)
        return next(
            one
            for at in found
            if at.place == place
            for one in at.scores
            if one.indicator == indicator
        )

    def appeals(self, score: int, by: str = "chenbo", reason: str = "其中5件属于市人社局。") -> int:
        made: int = self.does(assessing.appeal, score, reason, [], by=by)
        return made


def last_year(figures: Figures) -> None:
    """Last year, and the one before, of the housing department and of human resources."""
    figures.of(LAST - 1, {(HOUSING, "total"): 100, (LABOUR, "total"): 80,
                          (HOUSING, "settled_rate"): (9, 10)})  # fmt: skip
    figures.of(LAST, {
        (HOUSING, "total"): 108, (LABOUR, "total"): 75, (CITY, "total"): 400, (YIXIU, "total"): 130,
        (TAIHU, "total"): 120, (HOUSING, "on_time_answer"): (90, 100), (LABOUR, "on_time_answer"): (40, 40),
        (HOUSING, "settled_rate"): (7, 10),
    })  # fmt: skip


def planned(city: City) -> dict[str, int]:
    """A plan with something at every station, for those who look at all pages: what stands in their addresses."""
    figures = Figures()
    last_year(figures)
    with reading.given(figures):
        plan = Plan(city, figures, now=timezone.now() - timedelta(hours=1))
        target = plan.sets(HOUSING, 100)
        plan.sets(CITY, 360)
        plan.names_who_answers()
        letter = plan.issues()
        for year in (LAST, LAST - 1):
            plan.sets(HOUSING, 100, year=year)
            plan.assesses(year)
        plan.closes(LAST - 1)
        (closed,) = queries.closed(plan.person("zhaogang"), LAST - 1)
        score = plan.score().id
        paper = evidence.keep(
            BytesIO(samples.picture()), name="核对表.jpg", owner=Owner(kind="draft", id=987), by=SYSTEM, now=plan.now
        )  # fmt: skip
        plan.does(assessing.appeal, score, "其中5件属于市人社局。", [paper], by="chenbo")
    return {
        "target": target, "letter": letter, "score": score, "appeal_file": paper.id, "closed_year": closed.id,
    }  # fmt: skip
