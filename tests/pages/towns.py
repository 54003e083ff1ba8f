"""The small city twice: as it is, and with every name in Latin letters, so that on an English page each Chinese
character is a text that nobody translated."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from functools import cache
from io import BytesIO

from django.test import Client
from django.utils import timezone

from tests.desk.at_work import OPINION, Desk
from tests.pages.crawl import Visited, Walk
from tests.support import city as chinese
from tests.support.city_database import (
    City,
    forget_cached_directory,
    load_city,
    with_cast,
)
from xinqiao.directory import actions
from xinqiao.evidence import actions as evidence
from xinqiao.evidence.values import MATTER, Owner
from xinqiao.intake.values import Receipt
from xinqiao.leadership.actions import conferences, leads, responsibility
from xinqiao.leadership.values import Meeting, Promise
from xinqiao.people.queries import petitioners_of
from xinqiao.people.values import PersonInput
from xinqiao.relief import actions as relief
from xinqiao.relief import books
from xinqiao.relief.values import Wanted
from xinqiao.rules.leadership import Responsible
from xinqiao.rules.relief import PATHS
from xinqiao.rules.relief_books import Account

STAFF = ("wangmin", "lina", "chenbo", "malin")
DOORS = ("portal", *STAFF)
WORDS = {
    "zh": ("电梯停运半年", "小区电梯停运半年，请求修复。", "张伟", "安徽省安庆市宜秀区某某路8号"),
    "en": ("Lift out of order", "The lift has stood still for half a year.", "Zhang Wei", "8 River Road"),
}  # fmt: skip


def load_town(language: str) -> City:
    """The city whose names are of this language."""
    forget_cached_directory()
    if language == "zh":
        return load_city()
    actions.load_regions(
        (code, f"Region {code}", level, parent) for code, _, level, parent in chinese.REGIONS
    )
    actions.load_categories(
        (code, english, english, parent) for code, _, english, parent in chinese.CATEGORIES
    )
    actions.add_units(replace(unit, name=unit.name_en) for unit in chinese.ALL_UNITS)
    return with_cast(one.username.title() for one in chinese.CAST.values())


def stories(desk: Desk, language: str) -> list[Receipt]:
    """Matters at every station, in the words of the language."""
    subject, body, name, address = WORDS[language]
    person = PersonInput(name=name, phone="13855501234", address=address)
    given = {"subject": subject, "body": body, "petitioners": [person]}
    words = {field: subject for field, value in OPINION.items() if not value.isascii()}
    found = [desk.receives(**given), desk.registers(**given), desk.registers(20, **given)]
    for station in range(1, 5):
        receipt = desk.registers(20, **given)
        found.append(receipt)
        _moves_on(desk, receipt.matter, station, OPINION | words)
    _helped(desk, found[-2:], subject)
    _is_led(desk, found[-1].matter, subject)
    return found


def _helped(desk: Desk, receipts: Sequence[Receipt], words: str) -> None:
    """A fund of the city's office, help that was paid from it, and help that waits for approval, in these words."""
    now, city = timezone.now(), desk.city
    year, budget = timezone.localdate().year, {Account.FISCAL: 10_000_000}
    books.open_fund("city-petition", year, budget, "1", by=city.person("zhaogang"), now=now)
    made = []
    for receipt, need, amount in zip(
        receipts, ("medical", "housing"), (200_000, 2_000_000), strict=True
    ):
        wanted = Wanted(
            office="city-petition", petitioner=petitioners_of([receipt.contact])[0], need=need, amount=amount,
            hardship=words, paths=dict.fromkeys(PATHS, (False, words)),
        )  # fmt: skip
        made.append(relief.request(receipt.matter, wanted, by=city.person("lina"), now=now))
    relief.approve(made[0], by=city.person("zhaogang"), now=now)
    day = timezone.localdate()
    proof = evidence.keep(
        BytesIO(b"paid"), name="1.txt", owner=Owner(kind=MATTER, id=receipts[0].matter),
        by=city.person("wangmin"), now=now,
    )  # fmt: skip
    relief.pay(made[0], paid_on=day, files=[proof.sha256], by=city.person("wangmin"), now=now)


def _is_led(desk: Desk, matter: int, words: str) -> None:
    """Chen Bo is in charge of a matter and went to see; a meeting has it on its agenda, and a duty is owed."""
    now = timezone.now()
    office, head = desk.city.person("zhaogang", now), desk.city.person("chenbo", now)
    unit, due = "city-housing", timezone.localdate() + timedelta(days=9)
    lead = leads.assign(
        matter,
        leader=desk.city.account("chenbo"),
        unit=unit,
        measures=words,
        settle_by=due,
        by=office,
        now=now,
    )
    leads.report_progress(lead, words, by=head, now=now)
    promises = [Promise(words=words, unit=unit, due=due)]
    leads.visit(lead, visited_at=now, place=words, found=words, promises=promises, by=head, now=now)
    chair = desk.city.account("zhaogang")
    meeting = Meeting(unit="city-petition", meets_at=now, place=words, chair=chair, called=[unit])
    made = conferences.plan(meeting, by=office, now=now)
    conferences.put_on(made, matter=matter, criteria=["long_overdue"], by=office, now=now)
    conferences.propose(made, matter=None, subject=words, reason=words, by=head, now=now)
    year = timezone.localdate().year
    responsibility.name(unit, year, Responsible.MEMBER, chair, words, by=head, now=now)


def _moves_on(desk: Desk, matter: int, station: int, opinion: dict[str, str]) -> None:
    course = (
        ("transfer", "wangmin", {"to_unit": "city-housing"}),
        ("accept", "lina", {"procedure": "ordinary"}),
        ("submit_opinion", "lina", opinion),
        ("issue_opinion", "chenbo", {}),
        ("deliver_opinion", "lina", {"method": "in_person"}),
    )
    steps = course[: station + 1] if station < 4 else course
    for place, (step, by, fields) in enumerate(steps):
        desk.takes(matter, step, by=by, days=19 - place, **fields)


def opened(client: Client, receipt: Receipt) -> Client:
    """The petitioner has looked the matter up."""
    given = {"number": receipt.number, "code": receipt.query_code}
    assert client.post("/lookup/", given).status_code == 302
    return client


#: What the test client remembers of how an answer was made; of hundreds that are kept it would be a burden.
_REMEMBERED = ("client", "context", "templates", "request", "wsgi_request", "resolver_match")


@cache
def walked(language: str, door: str) -> Sequence[Visited]:
    """Every page of one visitor in one language, opened once for all that is looked for on them."""
    pages = tuple(_walk(language, door))
    for page in pages:
        for name in _REMEMBERED:
            vars(page.answer).pop(name, None)
    return pages


def _walk(language: str, door: str) -> Iterator[Visited]:
    desk = Desk(load_town(language))
    receipts = stories(desk, language)
    tag = "zh-hans" if language == "zh" else "en"
    if door != "portal":
        yield from Walk(desk.log_in(door), tag, ["/desk/"]).pages()
        return
    seen = Counter[str]()
    yield from Walk(Client(), tag, ["/", "/submit/"], seen).pages()
    for receipt in receipts:  # a browser holds one matter open at a time
        client = opened(Client(), receipt)
        yield from Walk(client, tag, [f"/lookup/{receipt.number}/"], seen).pages()
