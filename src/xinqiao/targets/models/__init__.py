"""The tables of targets, a file for each subject."""

from xinqiao.targets.models.facts import FOREVER, Fact
from xinqiao.targets.models.figures import MonthlyFigure
from xinqiao.targets.models.following import Followed, Position
from xinqiao.targets.models.open_figures import OpenCell, OpenMonth

__all__ = ["FOREVER", "Fact", "Followed", "MonthlyFigure", "OpenCell", "OpenMonth", "Position"]
