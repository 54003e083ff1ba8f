"""The tables of insight, a file for each subject: all made from ledgers and confirmations, and made anew from them."""

from xinqiao.insight.models.answers import Answer, Band
from xinqiao.insight.models.classifying import Confirmed, ModelVersion, Settled, Telling
from xinqiao.insight.models.hotspots import (
    Rise,
    Spot,
    SpotHandOver,
    SpotJudgement,
    SpotProgress,
    Warned,
)
from xinqiao.insight.models.reading import Alike, Order, Reading
from xinqiao.insight.models.same import Judged, ScorerVersion

__all__ = [
    "Alike",
    "Answer",
    "Band",
    "Confirmed",
    "Judged",
    "ModelVersion",
    "Order",
    "Reading",
    "Rise",
    "ScorerVersion",
    "Settled",
    "Spot",
    "SpotHandOver",
    "SpotJudgement",
    "SpotProgress",
    "Telling",
    "Warned",
]
