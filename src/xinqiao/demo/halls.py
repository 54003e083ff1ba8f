"""The reception halls of the demonstration city: two compounds, with the desks one finds there."""

from datetime import datetime, time

from xinqiao.demo import catalogue
from xinqiao.reception import actions
from xinqiao.reception.values import HallValue, WindowValue
from xinqiao.rules.persons import SYSTEM

_DAY = [(time(8, 30), time(12)), (time(14, 30), time(17, 30))]
_WEEK = dict.fromkeys(range(1, 6), _DAY)
_HALLS = (
    ("east", "东院人民来访接待大厅", "Reception hall, east compound", "龙山路1号", "1 Longshan Road", (
        ("anqing-petition-office", "来访登记、引导", "Registering and guidance"),
        ("anqing-housing", "房屋、物业", "Housing and property management"),
        ("anqing-human-resources", "工资、社会保险", "Wages and social insurance"),
    )),
    ("west", "西院人民来访接待大厅", "Reception hall, west compound", "菱湖南路8号", "8 South Linghu Road", (
        ("anqing-petition-office", "来访登记、引导", "Registering and guidance"),
        ("anqing-natural-resources", "土地、规划", "Land and planning"),
    )),
)  # fmt: skip


def open_halls(now: datetime) -> int:
    """Makes the halls with their desks and hours. Returns the number of desks."""
    office = catalogue.petition_office(catalogue.CITY)
    desks = 0
    for code, name, name_en, address, address_en, windows in _HALLS:
        hall = HallValue(
            code=code, name=name, name_en=name_en, address=address, address_en=address_en,
            unit=office.code, region=office.region,
        )  # fmt: skip
        actions.save_hall(hall, by=SYSTEM, now=now)
        for place, (unit, topics, topics_en) in enumerate(windows):
            value = WindowValue(
                label=str(place + 1), unit=unit, topics=topics, topics_en=topics_en,
                place=place, hours=_WEEK,
            )  # fmt: skip
            actions.save_window(code, value, by=SYSTEM, now=now)
            desks += 1
    return desks
