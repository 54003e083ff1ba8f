"""What the text says: regulations by date, the working-day calendar, the clocks. Pure Python."""

from xinqiao.law.errors import LawError, NoLawInForce
from xinqiao.law.limits import Law
from xinqiao.law.provisions import by_id, on

__all__ = ["Law", "LawError", "NoLawInForce", "by_id", "on"]
