"""A platform with stories at every station, and one address of each kind of page within somebody's reach.

Run as a program (`python -m tests.journeys.everywhere`) it founds the town in XINQIAO_HOME and prints the addresses.
"""

import json
from collections import Counter
from collections.abc import Iterable
from datetime import time
from typing import Any

STAFF = ("wangmin", "lina", "chenbo", "malin")
#: Pages that another post sees otherwise; of all others one look is enough.
BY_POST = {"desk:matter", "desk:work"}

#: Pages of a form that asks by its address: hits, and what is said where there are none.
SEARCHES = ("/desk/search/?q=电梯", "/desk/search/saved/")
#: Pages of figures to which no link leads: answers to what was asked.
FIGURES = (
    "/desk/targets/forecast/indicators/total/?limit=5",
    "/desk/targets/forecast/capacity/?growth=30",
)


def found() -> dict[str, Any]:
    """Addresses by log-in name; for citizens those of nobody's matter, and of each matter with its number and code."""
    from django.test import Client  # noqa: PLC0415  the program sets Django up first
    from django.utils import timezone  # noqa: PLC0415

    from tests.desk.at_work import Desk  # noqa: PLC0415
    from tests.disputes.neighbourhood import Neighbourhood  # noqa: PLC0415
    from tests.pages import crawl  # noqa: PLC0415
    from tests.pages.towns import load_town, opened, stories  # noqa: PLC0415
    from xinqiao.search.jobs import file_everything  # noqa: PLC0415

    crawl.PAGES_OF_A_KIND = 1
    desk = Desk(load_town("zh"))
    _hall()
    receipts = stories(desk, "zh")
    _reception(desk, receipts[1].matter)
    desk.reports(6)
    neighbourhood = Neighbourhood.of(desk.city)
    desk.takes(desk.refers(5).matter, "object", by="lina", days=4, reason="不属于本单位职权")
    _decisions(desk)
    _supervised(desk)
    _planned(desk)
    _hot_spots(desk)
    _counted(desk)
    _asked_about(desk)
    _answered(desk)
    file_everything(timezone.now())
    _searched(desk)
    kinds, seen = set[str](), Counter[str]()
    starts = [
        "/desk/work/",
        *SEARCHES,
        *FIGURES,
        "/desk/targets/plans/",
        *neighbourhood.addresses(),
        *(f"/desk/matters/{one.number}/" for one in receipts),
    ]

    def first_of(pages: Iterable[crawl.Visited], name: str = "") -> list[str]:
        """The first of each kind, of the desk for who is logged in there, else of the portal."""
        chosen = []
        for page in pages:
            if page.address.startswith("/desk/") is not bool(name):
                continue
            chain = getattr(page.answer, "redirect_chain", [])
            route = str(crawl._kind(chain[-1][0] if chain else page.address))
            kind = f"{route} {name}" if route in BY_POST else route
            shown = page.answer.get("Content-Type", "").startswith("text/html")
            if shown and page.answer.status_code == 200 and kind not in kinds:
                kinds.add(kind)
                chosen.append(page.address)
        return chosen

    town: dict[str, Any] = {
        name: first_of(crawl.Walk(desk.log_in(name), "zh-hans", starts).pages(), name)
        for name in STAFF
    }
    doors = ["/", "/reception/", "/reception/east/screen/"]
    town["citizens"] = first_of(crawl.Walk(Client(), "zh-hans", doors, seen).pages())
    town["matters"] = []
    for one in receipts:
        walk = crawl.Walk(opened(Client(), one), "zh-hans", [f"/lookup/{one.number}/"], seen)
        addresses = [page.address for page in walk.pages() if one.number in page.address]
        town["matters"].append([one.number, one.query_code, addresses])
    return town


def _decisions(desk: Any) -> None:
    """Decisions at several stages, a call with a suggestion, and what the pages of a finding, an answer show."""
    from tests.public_decisions.stories import Council  # noqa: PLC0415
    from tests.safety.visitors import Decided  # noqa: PLC0415

    council = Council(desk.city)
    council.asks(10)
    Decided.of(desk)
    council.in_force(40)


def _asked_about(desk: Any) -> None:
    """A matter that was registered without a category, and suggestions that were confirmed."""
    from django.utils import timezone  # noqa: PLC0415

    from xinqiao.insight.classifying.jobs import follow_confirmations, learn  # noqa: PLC0415

    desk.registers(3, fields={"category": ""})
    desk.registers(2, fields={"suggested": ["housing.property:0:0"]})
    while follow_confirmations(timezone.now()):
        pass
    learn(timezone.now())


def _searched(desk: Any) -> None:
    """A saved search that finds something new."""
    from django.utils import timezone  # noqa: PLC0415

    from xinqiao.search import saved  # noqa: PLC0415
    from xinqiao.search.values import All  # noqa: PLC0415

    saved.save(desk.city.account("wangmin"), "q=电梯", All([], False, True), timezone.now())


def _answered(desk: Any) -> None:
    """Two answers that repeat each other."""
    from django.utils import timezone  # noqa: PLC0415

    from tests.insight.answering import FULL, replies  # noqa: PLC0415
    from xinqiao.insight.answers.jobs import file_all_answers  # noqa: PLC0415

    replies(desk, FULL, 20), replies(desk, FULL, 10)
    file_all_answers(timezone.now())


def _planned(desk: Any) -> None:
    """A plan with something at every station."""
    from tests.targets.planning import planned  # noqa: PLC0415

    planned(desk.city)


def _hot_spots(desk: Any) -> None:
    """A hot spot with its warnings, and something that rises."""
    from tests.insight.plants import Plant, rise  # noqa: PLC0415

    Plant.smells(desk)
    rise()


def _counted(desk: Any) -> None:
    """Figures, forecasts and open figures of what came in, with a month in which several people wrote."""
    from datetime import timedelta  # noqa: PLC0415

    from django.utils import timezone  # noqa: PLC0415

    from xinqiao.people.values import PersonInput  # noqa: PLC0415
    from xinqiao.targets.forecast.jobs import make_forecasts  # noqa: PLC0415
    from xinqiao.targets.jobs import count_everything  # noqa: PLC0415
    from xinqiao.targets.keeping import keep_figures  # noqa: PLC0415
    from xinqiao.targets.open_figures.jobs import publish_months  # noqa: PLC0415
    from xinqiao.targets.values import Place, Scale  # noqa: PLC0415

    for number in range(4):
        desk.registers(75, petitioners=[PersonInput(name="张伟", phone=f"1385550999{number}")])
    now = timezone.now()
    count_everything(now + timedelta(minutes=10))
    keep_figures(now)
    make_forecasts(now, only=[Place(scale=Scale.REGION, code="340800")])
    publish_months(now)


def _supervised(desk: Any) -> None:
    """Something that is late, urged, listed and recommended, so that no page of supervision is empty."""
    from datetime import timedelta  # noqa: PLC0415

    from django.utils import timezone  # noqa: PLC0415

    from xinqiao.supervision import actions  # noqa: PLC0415
    from xinqiao.supervision.jobs import follow_everything  # noqa: PLC0415

    matter, now = desk.refers(30).matter, timezone.now()
    head, day = desk.city.person("zhaogang"), (now + timedelta(days=9)).date()
    actions.urge(matter, form="written", answer_by=day, reason="请书面答复。", by=head, now=now)
    listed = {"decided_by": "city-conference", "until": day, "reason": "久拖不决。"}
    actions.list_supervision(matter, **listed, by=head, now=timezone.now())
    words = {
        "facts_found": "多件超期。",
        "legal_basis": "条例第四十条。",
        "advice": "专人登记期限。",
    }
    to = {"kind": "improve_work", "addressee": "city-housing"}
    actions.recommend(matter, **to, **words, by=head, now=timezone.now())
    follow_everything(timezone.now())
    _signs(matter)


def _signs(matter: int) -> None:
    """A sign of integrity of each picture, with a case and an answer."""
    from datetime import date  # noqa: PLC0415

    from django.utils import timezone  # noqa: PLC0415

    from tests.targets.test_integrity_kept import finding  # noqa: PLC0415
    from xinqiao.targets.integrity import actions  # noqa: PLC0415
    from xinqiao.targets.integrity.values import Case  # noqa: PLC0415

    found = [
        finding("city-housing", Case(matter, 1)),
        finding("city-housing", Case(matter, 1), sign="bunching", part="limit"),
    ]
    actions.keep(found, date(2025, 11, 1), date(2026, 11, 1), timezone.now())


def _hall() -> None:
    """A hall with one desk that is open every day."""
    from django.utils import timezone  # noqa: PLC0415

    from xinqiao.reception import actions  # noqa: PLC0415
    from xinqiao.reception.values import HallValue, WindowValue  # noqa: PLC0415
    from xinqiao.rules.persons import SYSTEM  # noqa: PLC0415

    hall = HallValue(
        code="east", name="东院接待大厅", name_en="East hall", address="某某路1号", address_en="1 Road",
        unit="city-petition", region="340800",
    )  # fmt: skip
    week = {day: [(time(0, 0), time(23, 59))] for day in range(1, 8)}
    desk = WindowValue(
        label="1", unit="city-petition", topics="来访登记", topics_en="Visits", place=0, hours=week
    )
    actions.save_hall(hall, by=SYSTEM, now=timezone.now())
    actions.save_window("east", desk, by=SYSTEM, now=timezone.now())


def _reception(desk: Any, matter: int) -> None:
    """Wu Tao receives in three days; a group has come on a matter, and the first-in-charge is called."""
    from datetime import timedelta  # noqa: PLC0415

    from django.utils import timezone  # noqa: PLC0415

    from tests.group_visits.visits import calls  # noqa: PLC0415
    from xinqiao.reception import queries  # noqa: PLC0415
    from xinqiao.reception.days import actions  # noqa: PLC0415
    from xinqiao.reception.days.values import DayInput  # noqa: PLC0415

    today = timezone.localdate()
    value = DayInput(
        leader=desk.city.account("wutao"), unit="city-government", window=queries.windows("east")[0].id,
        day=today + timedelta(days=3), spans=[(time(9), time(11))], minutes=30, published_on=today, topics="住房",
        topics_en="Housing",
    )  # fmt: skip
    actions.plan(value, by=desk.city.person("zhaogang"), now=timezone.now())
    calls(desk, matter)


if __name__ == "__main__":
    from xinqiao.cli.django import setup

    setup()
    from xinqiao.config.founding import prepare_database

    prepare_database()
    print(json.dumps(found()))
