"""Duties for stories: Zhao Gang gives one to the housing department."""

from datetime import timedelta

from django.utils import timezone

from tests.desk.at_work import Desk
from xinqiao.duties import actions
from xinqiao.duties.values import NewDuty, Source
from xinqiao.rules.duties import SourceKind


def in_days(days: int) -> NewDuty:
    return NewDuty(
        words="三十日内修好电梯",
        unit="city-housing",
        due=timezone.localdate() + timedelta(days=days),
    )


def gives(desk: Desk, by: str = "zhaogang", **more: object) -> int:
    """Zhao Gang gives the housing department seven days, unless said otherwise."""
    new = NewDuty(**{**vars(in_days(7)), **more})  # type: ignore[arg-type]
    source = Source(kind=SourceKind.MATTER, id=new.matter or 1)
    now = timezone.now()
    return actions.give(source, new, by=desk.city.person(by, now), now=now)
