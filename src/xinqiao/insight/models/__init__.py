"""The tables of insight, a file for each subject. All of them can be made anew from the ledgers and from confirmations."""

from xinqiao.insight.models.reading import Alike, Reading

__all__ = ["Alike", "Reading"]
