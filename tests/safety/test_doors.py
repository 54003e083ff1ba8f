"""Every address x every member of the cast, by GET and by POST, against the table."""

from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from tests.safety.table import TABLE, For, Row
from tests.safety.visitors import (
    ADMINISTRATOR,
    CALL_FOR,
    CALLED,
    CITIZEN,
    CLOSED_YEAR,
    DECIDE,
    HAVE_PART,
    KEEP_BOOKS,
    KEEP_HALLS,
    LOOKOUTS,
    NOBODY,
    OFFICE_HEADS,
    OFFICES,
    PLAN_UNIT,
    PLANNED,
    PREPARE,
    READ_BOOKS,
    SEE_SPOT,
    SUGGESTED_TO,
    SUPERVISORS,
    VISITORS,
    Met,
    Town,
    met,
)

pytestmark = pytest.mark.long

IN, LOG_IN, ASKED, NO, NOTHING = Met.LET_IN, Met.LOG_IN, Met.ASKED, Met.FORBIDDEN, Met.MISSING
OUTSIDE = {NOBODY, CITIZEN}
SESSION = "sessionid"


def routes() -> Iterator[str]:
    """The names of all addresses."""

    def walk(resolver: URLResolver, space: str) -> Iterator[str]:
        for one in resolver.url_patterns:
            if isinstance(one, URLPattern):
                yield f"{space}{one.name}"
            else:
                yield from walk(one, f"{space}{one.namespace}:" if one.namespace else space)

    return walk(get_resolver(), "")


def test_every_address_stands_in_the_table_and_no_other() -> None:
    assert set(routes()) == set(TABLE)


def expected(row: Row, visitor: str) -> set[Met]:
    """How this visitor may be received at an address of this kind."""
    if row.whose is For.ANYBODY:
        return {IN, ASKED, LOG_IN, NOTHING}  # a bad token is nothing; a log-in leads on
    if row.whose in (For.HOLDER, For.CITIZEN):
        return {ASKED, IN, NOTHING} if visitor == CITIZEN and row.whose is For.CITIZEN else {ASKED}
    if row.whose is For.OWN_DRAFT:
        return {NOTHING, ASKED}
    if row.whose is For.CLOSED:
        return {NOTHING}
    return {LOG_IN} if visitor in OUTSIDE else _of_staff(row.whose, visitor)


def _of_staff(whose: For, visitor: str) -> set[Met]:
    works = visitor != ADMINISTRATOR
    match whose:
        case For.STAFF:
            return {IN}
        case For.WORKERS:
            return {IN} if works else {NO}
        case For.OFFICES:
            return {IN} if visitor in OFFICES else {NO, IN} if works else {NO}
        case For.SUPERVISORS:
            return {IN} if visitor in SUPERVISORS else {NO}
        case For.LOOKOUTS:
            return {IN} if visitor in LOOKOUTS else {NO}
        case For.SPOT:
            return {IN} if visitor in SEE_SPOT else {NOTHING} if visitor in LOOKOUTS else {NO}
        case For.OFFICE_HEADS:
            return {IN} if visitor in OFFICE_HEADS else {NO}
        case For.KEEPERS:
            return {IN} if visitor in KEEP_HALLS else {NO, NOTHING}
        case For.PART:
            return {IN} if visitor in HAVE_PART else {NOTHING} if works else {NOTHING, NO}
        case For.BOOKS:
            return {IN} if visitor in READ_BOOKS else {NOTHING} if works else {NO}
        case For.BUDGET:
            return {IN} if visitor in KEEP_BOOKS else {NO, NOTHING}
        case For.DECISION:
            return _or_nothing(visitor, DECIDE, works)
        case For.CALL:
            return _or_nothing(visitor, CALL_FOR, works)
        case For.SUGGESTION:
            return _or_nothing(visitor, SUGGESTED_TO, works)
        case For.PLANNED:
            return _or_nothing(visitor, PLANNED, works)
        case For.PLAN_HEAD:
            return {IN} if visitor in OFFICE_HEADS else _no_or_nothing(visitor, PLANNED, works)
        case For.PLAN_UNIT:
            return {IN} if visitor == PLAN_UNIT else _no_or_nothing(visitor, PLANNED, works)
        case For.CLOSED_YEAR:
            return _or_nothing(visitor, CLOSED_YEAR, works)
        case For.STEP:
            return {IN, NO} if visitor in HAVE_PART else {NOTHING}
        case For.CALLED:
            return {IN} if visitor in CALLED else {NOTHING} if works else {NO}
        case For.PREPARES:
            return (
                {IN}
                if visitor in PREPARE
                else {NO}
                if visitor in CALLED or not works
                else {NOTHING}
            )
        case For.OWN:
            return {NOTHING, NO, IN}
        case _:
            return {IN} if visitor == ADMINISTRATOR else {NO}


def _or_nothing(visitor: str, those: set[str], works: bool) -> set[Met]:
    """Those may look, and are told what is not theirs to do; for the others there is nothing."""
    return {IN, NO} if visitor in those else {NOTHING} if works else {NO}


def _no_or_nothing(visitor: str, those: set[str], works: bool) -> set[Met]:
    """Those see it and may not do it; for the others there is nothing."""
    return {NO} if visitor in those else {NOTHING} if works else {NO}


def _session(browser: Client) -> str:
    cookie = browser.cookies.get(SESSION)
    return cookie.value if cookie else ""


def _each() -> Iterator[object]:
    """Everybody; who of them asks the database what nobody else of them does."""
    why = "the table is of rules; what pages ask of a database, these three ask: a head, an officer, a citizen"
    for visitor in VISITORS:
        marks = [] if visitor in ("zhaogang", "lina", CITIZEN) else [pytest.mark.same_on_both(why)]
        yield pytest.param(visitor, marks=marks)


@pytest.mark.parametrize("visitor", list(_each()))
def test_everybody_meets_what_the_table_says(town: Town, visitor: str) -> None:
    wrong, browser = {}, town.browser(visitor)
    for name, row in TABLE.items():
        address = town.address(name, row.values)
        for method in ("get", "post"):
            before = _session(browser)
            answer = getattr(browser, method)(address)
            if met(answer) not in expected(row, visitor) | {Met.OTHER_METHOD}:
                wrong[f"{method} {name}"] = (met(answer), answer.status_code)
            if _session(browser) != before:  # begun anew, or ended: a fresh browser comes next
                browser = town.browser(visitor)
    assert wrong == {}
