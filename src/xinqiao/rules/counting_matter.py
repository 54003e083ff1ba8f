"""All that is counted of one matter, told from its ledger alone."""

from collections.abc import Mapping, Sequence

from xinqiao.law.clocks import Clock
from xinqiao.rules.counting import Arrived, Counted
from xinqiao.rules.counting_contacts import contacts
from xinqiao.rules.counting_course import Course
from xinqiao.rules.counting_duties import duties
from xinqiao.rules.counting_leaders import lead_visits
from xinqiao.rules.counting_outcomes import outcomes
from xinqiao.rules.replay import Turn
from xinqiao.rules.states import Kind
from xinqiao.rules.units import Units


def count(
    turns: Sequence[Turn], clocks: Sequence[Clock], arrived: Mapping[int, Arrived], units: Units
) -> list[Counted]:
    """What a matter with these entries and clocks is counted as; (what, seq) stands once.

    `clocks` are those as of the last day of the ledger or later, `arrived` its contacts by the number of their entry.
    A report (检举控告) is counted nowhere: its figures are the discipline organs' (art. 30), and no figure of a unit
    must tell it that it was reported.
    """
    if not turns or turns[-1].after.kind is Kind.REPORT:
        return []
    course = Course(turns=turns, clocks=clocks, arrived=arrived, units=units)
    owed = list(duties(course))
    return [*contacts(course, owed), *owed, *outcomes(course), *lead_visits(course)]
