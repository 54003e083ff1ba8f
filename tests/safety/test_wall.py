"""The wall around a report, through every door.

The strongest form of "they learn nothing": each of the walled makes the same tour of all doors twice, once in a city in
which the reports were made and once in one in which they never were. The answers must be the same, byte for byte.

Of timing, the part that can be tested for certain: an address with the number of a report puts the same questions to
the database, in number and shape, as one with a number that nobody ever got.
"""

import re
import shutil
from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.desk.at_work import ZHANG_WEI, Desk
from tests.evidence import samples
from tests.safety.worlds import Answer, a_world, ask
from tests.support.city_database import City
from xinqiao.desk.work.filters import LISTS
from xinqiao.directory import actions as directory
from xinqiao.evidence import actions as evidence
from xinqiao.evidence.values import CONTACT, Owner
from xinqiao.insight.classifying.jobs import follow_confirmations
from xinqiao.insight.classifying.jobs import learn as learn_categories
from xinqiao.intake.values import Receipt
from xinqiao.matters import queries as matters
from xinqiao.matters.numbers import new_number
from xinqiao.outbox import queries as outbox
from xinqiao.outbox.values import Channel
from xinqiao.people.values import PersonInput
from xinqiao.rules.persons import SYSTEM
from xinqiao.rules.refusals import Refused
from xinqiao.search.jobs import file_everything

pytestmark = pytest.mark.long

#: The reported department's officer, its head (reported by name, too), those below it, who stands in for the officer,
#: and an administrator. The county's petition office is not reported: its territory alone opens no report.
WALLED = ("lina", "chenbo", "heping", "qianyu", "sunli", "malin", "dingxia")
SUBJECT = "住建局工作人员收受好处"
HE_WROTE = PersonInput(name="秦守望", phone="13955506789", address="安徽省安庆市宜秀区湖心路19号")
ONLY_REPORTED = PersonInput(name="郝正直", phone="13955507890")
SECRETS = (
    ONLY_REPORTED.name,
    str(ONLY_REPORTED.phone),
    SUBJECT,
    "收受",
    HE_WROTE.name,
    str(HE_WROTE.phone),
)
ONE_STEP_OF_EACH_KIND = ("transfer", "accept", "name_reported", "revoke")
FILTERS = (
    {"kind": "report"}, {"words": SUBJECT}, {"words": "收受"}, {"state": "referred"}, {"channel": "letter"},
    {"region": "340811"}, {"category": "housing"}, {"overdue": "on"}, {"page": "2"},
)  # fmt: skip


def city_with_a_claim(desk: Desk) -> Receipt:
    """The same person's claim lies with the department; Sun Li stands in for Li Na."""
    today = matters.today(timezone.now())
    directory.name_substitute(
        away=desk.city.account("lina"), stands_in=desk.city.account("sunli"), first_day=today,
        last_day=today + timedelta(days=3), by=desk.city.account("chenbo"), now=timezone.now(),
    )  # fmt: skip
    receipt = desk.registers(10, petitioners=[HE_WROTE, ZHANG_WEI])
    desk.takes(receipt.matter, "transfer", by="wangmin", days=10, to_unit="city-housing")
    desk.takes(receipt.matter, "accept", by="lina", days=10, procedure="ordinary")
    return receipt


def reports_made(desk: Desk) -> tuple[list[Receipt], int]:
    """Two on the department, the last by who wrote the claim, with a file; one on its head, by somebody else."""
    given = {"subject": SUBJECT, "body": "收受开发商的好处。", "petitioners": [HE_WROTE]}
    alone = given | {"petitioners": [ONLY_REPORTED]}
    found = [
        desk.reports(8, reported_units=["city-housing"]),
        desk.registers(7, kind="report", fields={"reported_accounts": [desk.city.account("chenbo")]}, **alone),
        desk.registers(8, kind="report", fields={"reported_units": ["city-housing"]}, **given),
    ]  # fmt: skip
    for one in found[1:]:
        desk.takes(one.matter, "transfer", by="wangmin", days=7, to_unit="city-discipline")
    kept = evidence.keep(
        BytesIO(samples.picture()), name="凭证.jpg", owner=Owner(kind=CONTACT, id=found[2].contact), by=SYSTEM,
        now=timezone.now(),
    )  # fmt: skip
    return found, kept.id


def by_number(number: str, file: int, claim: Receipt) -> Iterator[tuple[str, str, Any]]:
    """Every address of the desk that takes a number, and every form that does."""
    at = "desk:matter", "desk:people"
    yield from (("get", reverse(name, args=[number]), None) for name in at)
    yield "post", reverse("desk:people", args=[number]), {"who": "1", "reason": "核对身份"}
    for step in ONE_STEP_OF_EACH_KIND:
        yield "get", reverse("desk:step", args=[number, step]), None
        yield "post", reverse("desk:step", args=[number, step]), {"seen": "3"}
    yield "get", reverse("desk:paper", args=[number, 1]), None
    for name in ("desk:receipt", "desk:receipt_again"):
        for pair in ((number, number), (claim.matter_number, number), (number, claim.number)):
            yield "get", reverse(name, args=pair), None
            yield "post", reverse(name, args=pair), {"reason": "回执遗失"}
    for of in (number, claim.matter_number):
        yield "get", reverse("desk:file", args=[of, file]), None
    yield "get", reverse("desk:work"), {"queue": "all", "words": number}
    yield "get", reverse("desk:search"), {"q": number}
    yield "post", reverse("desk:together"), {"step": "accept", "matter": [number], "back": ""}
    row = {"step": "transfer", "row": f"{number}:3:city-labour"}
    yield "post", reverse("desk:referral-send"), row
    for door in ("visit", "letter"):
        yield "get", reverse(f"desk:{door}"), {"reopens": number}
    typed = {"who-name": HE_WROTE.name, "who-phone": HE_WROTE.phone, "matter": number}
    yield "post", reverse("desk:suggestions"), typed
    yield "post", reverse("desk:suggestions"), typed | {"matter": f"reopen:{number}"}
    yield "post", reverse("desk:learning_stays", args=[number]), {}
    for say in ("tell_apart", "tell_alike"):
        address = reverse("desk:tell_same", args=[claim.matter_number, say])
        yield "post", address, {"other": number}
        yield "post", reverse("desk:tell_same", args=[number, say]), {"other": claim.matter_number}


def by_looking_round(claim: Receipt) -> Iterator[tuple[str, str, Any]]:
    """Every list with every filter, and every page on which a report could leave a trace."""
    work = reverse("desk:work")
    for queue in LISTS:
        yield "get", work, {"queue": queue}
    for one in FILTERS:
        yield "get", work, {"queue": "all"} | one
    for words in (SUBJECT, "收受", "好处", "电梯", "工作人员"):
        yield "get", reverse("desk:search"), {"q": words}
        yield "get", reverse("desk:search"), {"q": words, "kind": "report"}
    yield "get", reverse("desk:matter", args=[claim.matter_number]), None
    yield "get", reverse("desk:step", args=[claim.matter_number, "transfer"]), None
    typed = {"who-name": HE_WROTE.name, "who-phone": HE_WROTE.phone, "subject": SUBJECT}
    yield "post", reverse("desk:suggestions"), typed
    words = {"subject": SUBJECT, "body": "收受开发商的好处。", "region": "340811"}
    yield "post", reverse("desk:advice"), words
    yield (
        "post",
        reverse("desk:advice"),
        {"subject": "电梯停运半年", "body": "小区电梯停运半年，请求修复。"},
    )
    alone = {"who-name": ONLY_REPORTED.name, "who-phone": ONLY_REPORTED.phone}
    yield "post", reverse("desk:suggestions"), alone
    like_it = {"subject": SUBJECT, "body": "收受开发商的好处。", "category": "housing.property"}
    yield "post", reverse("desk:advice"), like_it
    for name in (
        "referral",
        "learning",
        "views",
        "hall",
        "account",
        "admin-audit",
        "admin-accounts",
        "admin-health",
    ):
        yield "get", reverse(f"desk:{name}"), None
    yield "post", reverse("desk:admin-audit-export"), {}


def tour(desk: Desk, visitor: str, number: str, file: int, claim: Receipt) -> dict[str, Answer]:
    """What one of the walled meets everywhere."""
    file_everything(timezone.now())
    follow_confirmations(timezone.now())
    learn_categories(timezone.now())
    client = warm(desk, visitor)
    asked = [*by_looking_round(claim), *by_number(number, file, claim)]
    return {
        f"{place} {method} {address} {data}": ask(client, method, address, data)
        for place, (method, address, data) in enumerate(asked)
    }


def warm(desk: Desk, visitor: str) -> Client:
    """A browser that has been here before: the session is there, and what a process keeps of the directory."""
    client = desk.log_in(visitor)
    for page in ({"queue": "all"}, {"queue": "all", "words": "电梯"}):
        client.get(reverse("desk:work"), page)
    client.get(reverse("desk:search"), {"q": "电梯"})
    return client


@pytest.mark.parametrize("visitor", WALLED)
def test_a_city_with_reports_looks_to_the_walled_like_one_without(
    desk: Desk, visitor: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    moment = timezone.now()  # pages say since when, to the minute: both worlds are seen in the same
    disk = shutil.disk_usage(
        "/"
    )  # and how much room is left: others write to the same disk meanwhile
    monkeypatch.setattr(timezone, "now", lambda: moment)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: disk)
    claim = city_with_a_claim(desk)
    with a_world():
        made, file = reports_made(desk)
        with_them = tour(desk, visitor, made[2].matter_number, file, claim)
    with a_world():
        without = tour(desk, visitor, made[2].matter_number, file, claim)
    for place, answer in with_them.items():
        assert answer.body == without[place].body, place
        assert answer == without[place], place
    _nothing_is_told(with_them, made)


def _nothing_is_told(met: dict[str, Answer], made: list[Receipt]) -> None:
    """No number but the one that was typed, and nothing of the words of the reports but what was typed."""
    hidden = {one.matter_number for one in made} | {one.number for one in made}
    for place, answer in met.items():
        found = [one for one in (*hidden, *SECRETS) if one in answer.body and one not in place]
        assert found == [], place


@pytest.mark.parametrize("visitor", ["lina", "sunli", "malin"])
def test_the_number_of_a_report_is_a_number_like_nobodys(desk: Desk, visitor: str) -> None:
    """Same status, same page, and the same questions to the database: nor does the time of the answer tell."""
    claim, nobodys = city_with_a_claim(desk), new_number(timezone.localdate())
    made, file = reports_made(desk)
    reported, client = made[2].matter_number, warm(desk, visitor)
    pairs = zip(
        by_number(reported, file, claim), by_number(nobodys, file + 1000, claim), strict=True
    )
    for (method, address, data), (_, elsewhere, other) in pairs:
        theirs = ask(client, method, address, data)
        assert theirs.about(reported, nobodys) == ask(client, method, elsewhere, other), address


def test_at_the_doors_outside_number_and_wrong_code_tell_nothing(city: City) -> None:
    """Whoever suspects a report and types its number without its code learns what a made-up number tells."""
    desk = Desk(city)
    made, _ = reports_made(desk)
    nobodys, wrong = new_number(timezone.localdate()), "AAAA2222"
    for number in (made[2].number, made[2].matter_number):
        for address, data, headers in outside(number, wrong):
            other = address.replace(number, nobodys)
            typed = {name: value.replace(number, nobodys) for name, value in (data or {}).items()}
            method = "post" if data else "get"
            met = [
                ask(_fresh(), method, place, given or None, headers=headers)
                for place, given in ((address, data or {}), (other, typed))
            ]
            assert met[0].about(number, nobodys) == met[1], address


def outside(number: str, code: str) -> Iterator[tuple[str, dict[str, str] | None, dict[str, str]]]:
    """The doors for which no log-in is needed, with this number."""
    yield reverse("portal:lookup"), {"number": number, "code": code}, {}
    yield reverse("api:look_up", args=[number]), None, {"X-Query-Code": code}
    for name in ("matter", "supplement", "withdraw", "appeal"):
        yield reverse(f"portal:{name}", args=[number]), None, {}
    yield reverse("portal:file", args=[number, 1]), None, {}


def _fresh() -> Client:
    """A browser that has looked at the first page once."""
    client = Client()
    client.post(reverse("portal:lookup"), {"number": "20260101-000000-0", "code": "AAAA2222"})
    return client


def test_no_way_leads_a_report_to_the_reported(desk: Desk) -> None:
    """Neither the form of a step, nor the board, nor the step itself offers the reported or those below them."""
    report = desk.registers(7, kind="report", fields={"reported_units": ["city-housing"]})
    client, number = desk.log_in("wangmin"), report.matter_number
    walled = {"city-housing", "county-housing"}
    for step in ("transfer", "assign"):
        page: Any = client.get(reverse("desk:step", args=[number, step]))
        assert page.status_code == 200
        assert walled.isdisjoint(_values(page.content.decode())), step
    board = client.get(reverse("desk:referral")).content.decode()
    assert number in board
    assert [
        one for one in walled if f"{number}:" in board and f":{one}" in _row(board, number)
    ] == []
    for unit in sorted(walled):
        with pytest.raises(Refused):
            desk.takes(report.matter, "transfer", by="wangmin", to_unit=unit)


def _values(html: str) -> set[str]:
    """Every value that a page offers."""
    return set(re.findall(r'value="([^"]*)"', html))


def _row(board: str, number: str) -> str:
    """What the board offers for one matter."""
    return " ".join(value for value in _values(board) if value.startswith(number))


def test_messages_go_to_no_unit_behind_the_wall(desk: Desk) -> None:
    """A message on a desk goes to a unit by its code; what else is sent of a report, goes to who wrote it."""
    made, _ = reports_made(desk)
    reports = {one.matter for one in made}
    sent = [one for one in outbox.pending(limit=1000) if one.to.matter in reports]
    assert sent, "whoever wrote is told"
    assert {one.to.unit for one in outbox.pending(limit=1000)}.isdisjoint(
        {"city-housing", "county-housing"}
    )
    assert all(one.to.channel is Channel.PETITIONERS for one in sent)
    for unit in ("city-housing", "county-housing"):
        assert outbox.on_desks([unit], timezone.now()) == []
