"""The tables of targets, a file for each subject."""

from xinqiao.targets.models.facts import FOREVER, Fact
from xinqiao.targets.models.figures import MonthlyFigure
from xinqiao.targets.models.following import Followed, Position
from xinqiao.targets.models.forecasts import Forecast, ForecastMonth
from xinqiao.targets.models.open_figures import OpenCell, OpenMonth
from xinqiao.targets.models.plans import (
    Assessment,
    Letter,
    Part,
    PlanEvent,
    Population,
    ScoreAppeal,
    Target,
    YearClose,
)
from xinqiao.targets.models.signs import RatingOrigin, Sign, SignAnswer, SignCase

__all__ = [
    "FOREVER",
    "Assessment",
    "Fact",
    "Followed",
    "Forecast",
    "ForecastMonth",
    "Letter",
    "MonthlyFigure",
    "OpenCell",
    "OpenMonth",
    "Part",
    "PlanEvent",
    "Population",
    "Position",
    "RatingOrigin",
    "ScoreAppeal",
    "Sign",
    "SignAnswer",
    "SignCase",
    "Target",
    "YearClose",
]
