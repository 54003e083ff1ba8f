"""Lists: what an index gives in order is what the scope says, page by page, for everybody, with every filter."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import product
from zoneinfo import ZoneInfo

import pytest
from pytest_django import DjangoAssertNumQueries

from tests.support.city import CAST, COUNTY, TOWN
from tests.support.city_database import City
from xinqiao.intake.actions import receive
from xinqiao.intake.values import ContactInput
from xinqiao.matters import actions, lists, queries
from xinqiao.matters.models import Matter
from xinqiao.matters.queries import ACROSS, QUEUES, Filters
from xinqiao.matters.snapshot import rank_of
from xinqiao.rules.facts import Facts
from xinqiao.rules.fields import ACCOUNTS, FIELDS
from xinqiao.rules.persons import SYSTEM, Person, petitioner_of
from xinqiao.rules.states import UNDECIDED
from xinqiao.rules.wall import at_matter

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
#: Registered as: kind, region, what else, the unit it goes to, days ago.
PETITIONS = (
    ("claim", COUNTY, {"category": "housing.property", "path": "petition"}, "city-housing", 40),
    ("claim", TOWN, {"category": "housing.property", "path": "petition"}, "county-petition", 12),
    ("claim", "340825", {"category": "labour.wages"}, "city-labour", 3),
    ("claim", "340800", {}, "", 2),
    ("suggestion", COUNTY, {"category": "housing"}, "city-housing", 9),
    ("report", COUNTY, {"reported_units": ["county-government"]}, "city-discipline", 30),
    ("report", TOWN, {"reported_units": ["city-housing"]}, "city-discipline", 5),
    ("report", COUNTY, {"reported_accounts": ["zhaogang"]}, "", 4),
)
CHANNELS = ("letter", "call")
#: Who stands in for whom: of another unit, of the same, for one with a territory, and for one whom a report names.
SUBSTITUTES = (("sunli", "lina"), ("chenbo", "lina"), ("lina", "wangmin"), ("wangmin", "zhaogang"))


@pytest.fixture
def full(city: City) -> City:
    """A desk with some of everything: open, closed, walled off, late, of this place and of that."""
    for number, (petition, channel) in enumerate(product(PETITIONS, CHANNELS)):
        _petition(city, channel, NOW - timedelta(minutes=number), *petition)
    letter = ContactInput(
        unit="county-housing", channel="letter", received_at=NOW, subject="电梯", body="坏了"
    )
    receive(letter, by=city.person("qianyu"), now=NOW)
    return city


def _petition(
    city: City, channel: str, now: datetime, kind: str, region: str, more: dict[str, object],
    to_unit: str, days: int,
) -> None:  # fmt: skip
    wang_min, came = city.person("wangmin"), now - timedelta(days=days)
    contact = ContactInput(
        unit="city-petition", channel=channel, received_at=came, subject=f"电梯{days}", body="坏了"
    )
    matter = receive(contact, by=wang_min, now=came).matter
    if "reported_accounts" in more:
        more = {"reported_accounts": [city.account("zhaogang")]}
    actions.take(
        matter, "register", {"kind": kind, "region": region, **more}, by=wang_min, now=came
    )
    if to_unit:
        actions.take(matter, "transfer", {"to_unit": to_unit}, by=wang_min, now=came)
    if to_unit == "city-housing":
        lina = city.person("lina")
        step = "accept" if kind == "claim" else "take_up"
        given = {"procedure": "ordinary"} if kind == "claim" else {}
        actions.take(matter, step, given, by=lina, now=came)
        officer = {"officer": city.account("lina")}
        actions.take(matter, "designate", officer, by=city.person("chenbo"), now=came)
        if channel == "letter" and kind == "claim":
            reason = {"account": city.account("lina"), "reason": "亲属关系"}
            actions.take(matter, "recuse", reason, by=lina, now=came)
        if channel == "call" and kind == "suggestion":
            answer = {"answer": "谢谢"} | {name: FIELDS[name].choices[0] for name in ACCOUNTS}
            actions.take(matter, "reply", answer, by=lina, now=came)


def everybody(city: City) -> list[tuple[str, Person]]:
    """The cast, some of them standing in for others, and the platform itself."""
    own = [(name, city.person(name)) for name in CAST]
    lent = [
        (f"{name} for {away}", _standing_in(city.person(name), city.person(away)))
        for name, away in SUBSTITUTES
    ]
    return [*own, *lent, ("the platform", SYSTEM)]


def _standing_in(person: Person, away: Person) -> Person:
    lent = (replace(post, instead_of=away.account) for post in away.posts)
    return replace(person, posts=(*person.posts, *lent))


def expected(person: Person, filters: Filters) -> list[int]:
    """The list by its definition: row by row from what is visible, without any index."""
    rows = queries.scope(person, NOW)
    return [row.pk for row in sorted(rows, key=_place) if _wanted(row, person, filters)]


def _place(row: Matter) -> tuple[int, int]:
    return rank_of(row.next_due, row.received_at), row.pk


def _wanted(row: Matter, person: Person, filters: Filters) -> bool:
    shut_out = frozenset(row.facts["recused"] + row.facts["reported_accounts"])
    mine = row.holder in at_matter(person, Facts(recused=shut_out)).units() and row.open
    late = row.next_due is not None and row.next_due <= NOW
    in_queue = {
        "": True,
        "waiting": mine,
        "overdue": mine and late,
        "mine": row.open and row.officer in {person.account, *person.away},
        "to_notify": mine and row.state in UNDECIDED and not row.facts["notified"],
        "to_extend": mine and row.state == "accepted" and row.facts["extension_asked"] > 0,
    } | {name: mine and row.state in states for name, states in QUEUES.items()}
    plain = ("state", "kind", "channel")
    return (
        in_queue[filters.queue]
        and all(getattr(filters, name) in ("", getattr(row, name)) for name in plain)
        and (
            filters.category in ("", row.category)
            or row.category.startswith(f"{filters.category}.")
        )
        and row.region.startswith(filters.region)
        and (late or not filters.overdue)
        and (filters.words in row.subject or filters.words == row.number)
    )


FILTERS: Sequence[Filters] = (
    *(Filters(queue=queue) for queue in ("", "waiting", "overdue", "mine", *QUEUES, *ACROSS)),
    Filters(state="referred"),
    Filters(kind="claim", channel="letter"),
    Filters(kind="report"),
    Filters(category="housing"),
    Filters(category="labour", kind="claim", channel="call"),
    Filters(region="340811", kind="claim", channel="letter"),
    Filters(region="3408", overdue=True),
    Filters(words="电梯12"),
    Filters(words="没有这些字"),
    Filters(queue="waiting", words="电梯", kind="claim"),
)


def test_a_list_is_what_the_scope_says_it_is_for_everybody(full: City) -> None:
    for filters, (name, person) in product(FILTERS, everybody(full)):
        if filters.queue and person is SYSTEM:
            continue
        wanted = expected(person, filters)
        shown = [line.id for line in queries.page(person, filters, 1, 100, NOW)]
        assert shown == wanted, (name, filters)
        asked = queries.worklist(person, filters, NOW).values_list("id", flat=True)
        assert list(asked) == wanted, (name, filters)


def test_pages_put_together_are_the_list_with_nothing_twice(full: City) -> None:
    for name, person in everybody(full):
        wanted = expected(person, Filters())
        pages = [queries.page(person, Filters(), number, 3, NOW) for number in range(1, 8)]
        shown = [line.id for page in pages for line in page[:3]]
        assert shown == wanted, name
        assert [len(page) > 3 for page in pages] == [len(wanted) > 3 * n for n in range(1, 8)]


def test_counts_are_the_lengths_of_the_lists(full: City) -> None:
    for name, person in everybody(full)[:-1]:
        counted = queries.queue_counts(person, NOW)
        lengths = {queue: len(expected(person, Filters(queue=queue))) for queue in counted}
        assert counted == lengths, name


def test_a_full_desk_is_counted_no_further_than_anybody_reads(
    full: City, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lists, "MOST_COUNTED", 2)
    counted = queries.queue_counts(full.person("wangmin"), NOW)
    queues = {queue: expected(full.person("wangmin"), Filters(queue=queue)) for queue in counted}
    assert counted == {queue: min(2, len(found)) for queue, found in queues.items()}
    assert max(counted.values()) == 2


def test_words_are_looked_for_among_the_first_of_the_list(
    full: City, monkeypatch: pytest.MonkeyPatch
) -> None:
    wang_min = full.person("wangmin")
    late = Filters(words="电梯2")
    assert queries.page(wang_min, late, 1, 50, NOW)
    assert queries.words_reach_its_end(wang_min, late, NOW)
    monkeypatch.setattr(lists, "MOST_READ", 1)
    assert queries.page(wang_min, late, 1, 50, NOW) == []
    assert not queries.words_reach_its_end(wang_min, late, NOW)
    assert queries.words_reach_its_end(wang_min, Filters(), NOW), "nothing is looked for"


def test_a_petitioner_has_a_list_of_one(full: City) -> None:
    matter = Matter.objects.earliest("id")
    found = queries.page(petitioner_of(matter.pk), Filters(), 1, 50, NOW)
    assert [line.id for line in found] == [matter.pk]


def test_a_report_is_in_no_list_of_the_reported(full: City) -> None:
    """The walled matter is left out before pages are cut: no page is shorter for it, no count higher."""
    chen_bo = full.person("chenbo")
    reports = Matter.objects.filter(facts__reported_units=["city-housing"])
    assert reports.count() == len(CHANNELS)
    for filters in FILTERS:
        shown = {line.id for line in queries.page(chen_bo, filters, 1, 100, NOW)}
        assert shown.isdisjoint(reports.values_list("id", flat=True))


@pytest.mark.parametrize("name", ["lina", "wangmin", "dingxia"])
def test_a_page_and_its_counts_cost_a_fixed_number_of_queries(
    full: City, name: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    person = full.person(name)
    with django_assert_max_num_queries(4):  # two pieces, the rows, perhaps the directory's version
        queries.page(person, Filters(kind="claim", channel="letter", region="3408"), 1, 50, NOW)
    with django_assert_max_num_queries(6):
        queries.queue_counts(person, NOW)
