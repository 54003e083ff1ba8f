"""The tables of insight, a file for each subject: all made from ledgers and confirmations, and made anew from them."""

from xinqiao.insight.models.answers import Answer, Band
from xinqiao.insight.models.reading import Alike, Order, Reading

__all__ = ["Alike", "Answer", "Band", "Order", "Reading"]
