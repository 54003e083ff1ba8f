"""Approving by amount: one hand or two, never the requester's, and the money is reserved with the last."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from tests.relief.office import BUDGET, LARGE, MIDDLE, SMALL, YUAN, Office, now
from tests.relief.test_request import refused
from xinqiao.matters import queries as matters
from xinqiao.relief.models import Request


def test_a_small_amount_takes_the_head_of_the_office_and_is_reserved(office: Office) -> None:
    request = office.asks(SMALL)
    office.approves(request)
    assert office.state(request) == "approved"
    assert (office.balances.available, office.balances.reserved) == (BUDGET - SMALL, SMALL)
    assert office.kinds() == ["budget", "reserve"]
    assert matters.told(office.matter)[-1].payload["amount_fen"] == SMALL


def test_a_middle_amount_takes_two_people_of_the_office(office: Office) -> None:
    request = office.asks(MIDDLE)
    assert refused(office.approves, request) == "relief_other_approval"
    office.checks(request)
    assert office.state(request) == "checked"
    assert office.balances.reserved == 0
    office.approves(request)
    assert office.balances.reserved == MIDDLE


def test_a_large_amount_takes_the_head_of_the_government(office: Office) -> None:
    request = office.asks(LARGE)
    assert refused(office.checks, request, by="wangmin") == "relief_not_yours"
    office.checks(request, by="zhaogang")
    assert refused(office.approves, request, by="zhaogang") == "relief_not_yours"
    office.approves(request, by="wutao")
    assert office.state(request) == "approved"


@pytest.mark.parametrize("by", ["lina", "wangmin", "chenbo", "wutao", "dingxia"])
def test_who_is_not_asked_does_not_approve(office: Office, by: str) -> None:
    assert refused(office.approves, office.asks(SMALL), by=by) in {"relief_not_yours", "not_found"}


def test_the_requester_never_approves(office: Office) -> None:
    assert refused(office.approves, office.asks(SMALL, by="zhaogang")) == "relief_same_person"
    request = office.asks(MIDDLE, by="wangmin", need="housing")
    assert refused(office.checks, request, by="wangmin") == "relief_same_person"


def test_first_and_second_approver_are_two_people(office: Office) -> None:
    request = office.asks(MIDDLE)
    office.checks(request, by="zhaogang")
    assert refused(office.approves, request, by="zhaogang") == "relief_same_person"


def test_the_database_too_wants_three_people(office: Office) -> None:
    request = office.asks(MIDDLE)
    lina = office.desk.city.account("lina")
    for names in ({"approved_by": lina}, {"checked_by": lina}, {"checked_by": 1, "approved_by": 1}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Request.objects.filter(pk=request).update(**names)


def test_less_than_was_asked_for_may_be_granted_and_never_more(office: Office) -> None:
    request = office.asks(SMALL)
    assert refused(office.approves, request, amount=SMALL + 1) == "relief_grants_more"
    assert refused(office.approves, request, amount=0) == "relief_grants_more", "not: as asked"
    office.approves(request, amount=SMALL - 500 * YUAN)
    row = Request.objects.get(pk=request)
    assert (row.asked, row.amount) == (SMALL, SMALL - 500 * YUAN)
    assert office.balances.reserved == SMALL - 500 * YUAN


def test_nothing_is_approved_beyond_the_budget(city: Any) -> None:
    office = Office.opened(city, budget=SMALL)
    office.approves(office.asks(SMALL))
    request = office.asks(SMALL, need="housing")
    assert refused(office.approves, request) == "relief_over_budget"
    assert office.state(request) == "requested"
    assert office.balances.available == 0


def test_without_a_fund_for_the_year_nothing_is_approved(office: Office) -> None:
    from xinqiao.relief import books  # noqa: PLC0415
    from xinqiao.rules.relief_books import Account  # noqa: PLC0415

    request = office.asks(SMALL, office="county-petition", by="dingxia")
    assert not books.may_keep(office.person("dingxia"), "county-petition")
    assert refused(
        books.open_fund, "county-petition", now().year, {Account.FISCAL: 1}, "", by=office.person("dingxia"), now=now()
    ) == "relief_not_keeper"  # fmt: skip
    assert office.state(request) == "requested"


def test_a_refusal_is_told_with_its_reason_and_reserves_nothing(office: Office) -> None:
    request = office.asks(SMALL)
    office.refuses(request)
    assert office.state(request) == "refused"
    assert matters.told(office.matter)[-1].texts["reason"] == "不符合救助条件。"
    assert office.kinds() == ["budget"]
    assert refused(office.approves, request) == "relief_wrong_state"


def test_what_was_reserved_and_is_not_needed_becomes_available(office: Office) -> None:
    request = office.asks(SMALL)
    office.approves(request)
    office.drops(request)
    assert office.balances.available == BUDGET
    assert office.kinds() == ["budget", "reserve", "release"]
    assert refused(office.pays, request) == "relief_wrong_state"


def test_who_withdrew_from_the_matter_approves_nothing(office: Office) -> None:
    request = office.asks(SMALL)
    zhaogang = office.desk.city.account("zhaogang")
    office.desk.takes(office.matter, "recuse", by="zhaogang", account=zhaogang, reason="亲属")
    assert refused(office.approves, request) == "not_found"
