"""The tables of targets, a file for each subject."""

from xinqiao.targets.models.facts import FOREVER, Fact
from xinqiao.targets.models.figures import MonthlyFigure
from xinqiao.targets.models.following import Followed, Position
from xinqiao.targets.models.signs import RatingOrigin, Sign, SignAnswer, SignCase

__all__ = [
    "FOREVER",
    "Fact",
    "Followed",
    "MonthlyFigure",
    "Position",
    "RatingOrigin",
    "Sign",
    "SignAnswer",
    "SignCase",
]
