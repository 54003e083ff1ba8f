"""Who administers in these stories, and short ways to say what they do.

Ma Lin (马林) administers the city petition office and so, as long as no office above has an administrator, the whole
platform. Bai Xue (白雪) administers the county petition office: its territory and nothing else.
"""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from tests.support.city_database import SINCE, City
from xinqiao.audit import queries as audit
from xinqiao.audit.kinds import AuditAction
from xinqiao.directory import actions as directory
from xinqiao.rules.persons import Person, Role

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
TODAY = date(2026, 3, 2)


def bai_xue(city: City) -> Person:
    """The administrator of the county petition office."""
    account = directory.open_account(
        username="baixue", name="白雪", password=None, posts={"county-petition": Role.ADMIN}, since=SINCE
    )  # fmt: skip
    city.accounts["baixue"] = account
    return city.person("baixue", TODAY)


def ma_lin(city: City) -> Person:
    return city.person("malin", TODAY)


def changes() -> list[dict[str, Any]]:
    """What administrators changed, by the audit, newest first."""
    return [dict(entry.detail) for entry in audit.entries(action=AuditAction.ADMINISTERED)]
