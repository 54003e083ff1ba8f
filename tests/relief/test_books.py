"""The books: two equal sides at every moment, and a database that refuses whatever does not follow."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from tests.relief.office import BUDGET, SMALL, YUAN, Office, now
from tests.relief.test_request import refused
from xinqiao.audit.append_only import is_guarded
from xinqiao.relief import books, guard, queries
from xinqiao.relief.models import Entry, Fund, Request
from xinqiao.relief.verify import verify
from xinqiao.rules.relief_books import CREDIT_SIDE, DEBIT_SIDE, Account, Kind


def adds(office: Office, kind: Kind, source: Account, amount: int, by: str = "zhaogang") -> None:
    books.add(
        office.fund, kind, source, amount, "皖财〔2026〕12号", by=office.person(by), now=now()
    )


def test_a_budget_comes_from_its_sources(office: Office) -> None:
    adds(office, Kind.SUPPLEMENT, Account.SUPERIOR, 5_000 * YUAN)
    adds(office, Kind.SUPPLEMENT, Account.DONATED, 300 * YUAN)
    adds(office, Kind.REDUCE, Account.FISCAL, 1_000 * YUAN)
    stands = office.balances
    assert (stands.fiscal, stands.superior, stands.donated) == (
        BUDGET - 1_000 * YUAN, 5_000 * YUAN, 300 * YUAN,
    )  # fmt: skip
    assert stands.available == stands.received
    assert stands.balanced


def test_no_more_is_taken_away_than_is_there(office: Office) -> None:
    assert refused(adds, office, Kind.REDUCE, Account.FISCAL, BUDGET + 1) == "relief_over_budget"
    assert refused(adds, office, Kind.REDUCE, Account.DONATED, 1) == "relief_over_budget"
    office.approves(office.asks())
    assert refused(adds, office, Kind.REDUCE, Account.FISCAL, BUDGET) == "relief_over_budget"


@pytest.mark.parametrize("by", ["wangmin", "lina", "wutao", "malin"])
def test_only_the_head_of_the_office_enters_a_budget(office: Office, by: str) -> None:
    assert refused(adds, office, Kind.SUPPLEMENT, Account.FISCAL, 1, by=by) == "relief_not_keeper"


def test_a_fund_is_opened_once_a_year_and_near_its_year(office: Office) -> None:
    head = office.person("zhaogang")
    for year, code in ((now().year, "relief_fund_exists"), (now().year + 2, "relief_year_far")):
        opening = ("city-petition", year, {Account.FISCAL: 1}, "文号")
        assert refused(books.open_fund, *opening, by=head, now=now()) == code
    assert Fund.objects.count() == 1


def test_the_table_only_grows(office: Office) -> None:
    assert is_guarded(connection, "relief_entry")
    assert guard.is_guarded(connection)
    for change in (
        lambda: Entry.objects.update(amount=1),
        lambda: Entry.objects.all().delete(),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()


def test_the_guard_names_every_account() -> None:
    assert guard.DEBIT_SIDE == DEBIT_SIDE
    assert guard.CREDIT_SIDE == CREDIT_SIDE


def line(office: Office, **other: Any) -> Entry:
    """A supplement of one fen as it would rightly follow, but for what is said."""
    stands = office.balances.as_dict()
    right: dict[str, Any] = {
        "fund_id": office.fund, "seq": 2, "kind": "supplement", "debit": "available", "credit": "fiscal",
        "amount": 1, "at": now(), "account": 1, **stands,
        "available": stands["available"] + 1, "fiscal": stands["fiscal"] + 1,
    }  # fmt: skip
    return Entry(**right | other)


def test_a_line_that_follows_is_written(office: Office) -> None:
    line(office).save()
    assert office.balances.available == BUDGET + 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"seq": 3},
        {"seq": 1},
        {"amount": 0},
        {"amount": -1},
        {"amount": 2},
        {"available": BUDGET + 2},
        {"fiscal": BUDGET + 2},
        {"available": BUDGET + 2, "fiscal": BUDGET + 2},
        {"paid": 1, "available": BUDGET},
        {"credit": "returned"},
        {"credit": "superior"},
        {"debit": "paid"},
        {"debit": "fiscal", "credit": "available"},
        {"kind": "gift"},
        {"kind": "pay"},
        {"reserved": -1, "available": BUDGET + 2},
    ],
    ids=str,
)
def test_a_line_that_does_not_follow_is_refused_by_the_database(
    office: Office, wrong: dict[str, Any]
) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        line(office, **wrong).save()
    assert office.balances.available == BUDGET


def of_request(office: Office, request: int, kind: Kind, debit: str, credit: str, amount: int) -> Entry:  # fmt: skip
    """A line of a request whose balances follow."""
    from xinqiao.rules.relief_books import Transfer, after  # noqa: PLC0415

    moved = Transfer(kind=kind, debit=Account(debit), credit=Account(credit), amount=amount)
    return Entry(
        fund_id=office.fund, seq=Fund.objects.get().entries + 1, kind=kind, debit=debit, credit=credit,
        amount=amount, at=now(), request_id=request, **after(office.balances, moved).as_dict(),
    )  # fmt: skip


def test_the_database_pays_nothing_twice_and_nothing_that_was_not_reserved(office: Office) -> None:
    paid, asked = office.paid(), office.asks(need="housing")
    office.approves(asked)
    for request, kind, debit, credit, amount in (
        (paid, Kind.PAY, "paid", "reserved", SMALL),  # a second time
        (paid, Kind.RELEASE, "available", "reserved", SMALL),  # paid and lifted
        (asked, Kind.PAY, "paid", "reserved", SMALL - 1),  # not what was reserved
        (asked, Kind.RESERVE, "reserved", "available", SMALL),  # reserved again
        (asked, Kind.RETURN, "available", "returned", 1),  # back before it was paid
        (paid, Kind.RETURN, "available", "returned", SMALL + 1),  # more than was paid
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            of_request(office, request, kind, debit, credit, amount).save()
    of_request(office, paid, Kind.RETURN, "available", "returned", 1).save()
    assert office.balances.balanced


def test_the_books_prove_themselves(office: Office) -> None:
    request = office.paid()
    office.gets_back(request, 100)
    office.drops(office.asks(need="housing"))
    other = office.asks(need="care")
    office.approves(other)
    office.drops(other)
    assert list(verify()) == []


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({"state": "approved"}, {"books_request"}),
        ({"amount": SMALL - 1}, {"books_amount"}),
        ({"returned": 5}, {"books_amount"}),
    ],
)
def test_a_request_that_disagrees_with_the_books_is_found(
    office: Office, change: dict[str, Any], found: set[str]
) -> None:
    request = office.paid()
    Request.objects.filter(pk=request).update(**change)
    assert {fault.code for fault in verify()} == found


def test_money_that_the_ledger_of_the_matter_does_not_tell_of_is_found(office: Office) -> None:
    request = office.paid()
    of_request(office, request, Kind.RETURN, "available", "returned", 7).save()
    Request.objects.filter(pk=request).update(returned=7)
    assert {fault.code for fault in verify()} == {"books_ledger", "books_count"}


def test_books_are_read_by_the_office_and_those_above_it(office: Office) -> None:
    office.paid()
    readers = {
        name
        for name in ("wangmin", "zhaogang", "lina", "wutao", "dingxia", "yanfei", "xujing", "malin")
        if queries.fund(office.person(name), office.fund, now())
    }
    assert readers == {"wangmin", "zhaogang", "wutao"}
    for name in ("lina", "dingxia", "malin"):
        assert queries.entries(office.person(name), office.fund, now()) == []


def test_the_government_reads_the_books_and_not_the_matters_it_was_not_asked_about(
    office: Office,
) -> None:
    office.paid()
    lines = queries.entries(office.person("wutao"), office.fund, now())
    assert [(one.kind, one.number) for one in lines] == [
        ("pay", ""), ("reserve", ""), ("budget", ""),
    ]  # fmt: skip
    own = queries.entries(office.person("wangmin"), office.fund, now())
    assert [one.number for one in own] == [office.number, office.number, ""]


def test_a_fund_shows_what_is_left_and_how_many_were_helped(office: Office) -> None:
    office.paid()
    office.refuses(office.asks(need="housing"))
    (found,) = queries.fund_lines(office.person("zhaogang"), now())
    assert found.helped == 1
    assert found.requests == {"paid": 1, "refused": 1}
    assert found.balances.available == BUDGET - SMALL


def test_books_are_turned_page_by_page(office: Office) -> None:
    for _ in range(7):
        adds(office, Kind.SUPPLEMENT, Account.DONATED, 1)
    person = office.person("zhaogang")
    first = queries.entries(person, office.fund, now(), most=3)
    second = queries.entries(person, office.fund, now(), before=first[-1].seq, most=3)
    assert [one.seq for one in [*first, *second]] == [8, 7, 6, 5, 4, 3]
    assert now() - timedelta(minutes=1) < first[0].at


def test_a_guard_that_is_gone_is_found_and_put_back_by_init(office: Office) -> None:
    connection.check_constraints()  # PostgreSQL alters no table with checks still to come
    with connection.cursor() as cursor:
        for sql in guard._UNDO[connection.vendor]:
            cursor.execute(sql)
    assert {fault.code for fault in verify()} == {"books_unguarded"}
    guard.put_back(connection)
    assert list(verify()) == []
    with pytest.raises(IntegrityError), transaction.atomic():
        line(office, seq=7).save()
