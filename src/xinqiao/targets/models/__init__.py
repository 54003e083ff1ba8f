"""The tables of targets, a file for each subject."""

from xinqiao.targets.models.facts import FOREVER, Fact
from xinqiao.targets.models.figures import MonthlyFigure

__all__ = ["FOREVER", "Fact", "MonthlyFigure"]
