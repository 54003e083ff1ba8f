"""A leader and a meeting for stories: Wu Tao of the city government takes charge, Zhao Gang prepares the conference."""

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from tests.desk.at_work import Desk, days_ago
from xinqiao.directory import actions as directory
from xinqiao.leadership.actions import conferences, leads
from xinqiao.leadership.values import Meeting
from xinqiao.rules.persons import Role


def in_days(days: int) -> date:
    return timezone.localdate() + timedelta(days=days)


def takes_charge(
    desk: Desk, matter: int, *, leader: str = "wutao", unit: str = "city-government", by: str = "zhaogang", **more: Any
) -> int:  # fmt: skip
    """The leader is to settle it within thirty days, unless said otherwise; the lead's id."""
    now = timezone.now()
    given = {"measures": "约谈物业，筹措维修资金", "settle_by": in_days(30)} | more
    account = desk.city.account(leader)
    return leads.assign(
        matter, leader=account, unit=unit, by=desk.city.person(by, now), now=now, **given
    )


def plans(desk: Desk, *, days: float = 7, by: str = "zhaogang", **more: Any) -> int:
    """A meeting in so many days, chaired by Wu Tao, with housing and labour called; its id."""
    now = days_ago(-days)
    given = {
        "unit": "city-petition", "meets_at": now, "place": "市政府第二会议室", "chair": desk.city.account("wutao"),
        "called": ["city-housing", "city-labour"],
    } | more  # fmt: skip
    at = min(timezone.now(), now)
    return conferences.plan(Meeting(**given), by=desk.city.person(by, at), now=at)


def conference_has_a_head(desk: Desk, username: str = "zhaogang") -> None:
    """Zhao Gang also works in the office of the conference."""
    account = desk.city.account(username)
    directory.appoint(account, "city-conference", Role.HEAD, date(2005, 5, 1))
