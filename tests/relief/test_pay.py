"""Paying once, with proof, by somebody else than who approved; and money that comes back."""

from datetime import timedelta

from tests.relief.office import BUDGET, SMALL, Office, today
from tests.relief.test_request import refused
from xinqiao.matters import queries as matters
from xinqiao.relief import books
from xinqiao.relief.models import Request


def test_what_was_approved_is_paid_once(office: Office) -> None:
    request = office.paid()
    assert office.state(request) == "paid"
    assert (office.balances.reserved, office.balances.paid) == (0, SMALL)
    assert refused(office.pays, request) == "relief_wrong_state"
    assert office.balances.paid == SMALL


def test_nothing_is_paid_before_it_is_approved(office: Office) -> None:
    assert refused(office.pays, office.asks()) == "relief_wrong_state"


def test_a_payment_needs_its_proof(office: Office) -> None:
    request = office.asks()
    office.approves(request)
    assert refused(office.pays, request, files=[]) == "relief_proof_missing"
    assert refused(office.pays, request, on=today() + timedelta(days=1)) == "date_in_future"
    office.pays(request, files=[office.proof()])
    entry = matters.told(office.matter)[-1]
    assert entry.step == "pay_relief"
    assert len(entry.payload["files"]) == 1


def test_who_approved_does_not_pay(office: Office) -> None:
    request = office.asks()
    office.approves(request)
    assert refused(office.pays, request, by="zhaogang") == "relief_approver_pays"
    assert refused(office.pays, request, by="lina") == "relief_not_yours"


def test_money_that_comes_back_is_available_again(office: Office) -> None:
    request = office.paid()
    office.gets_back(request, SMALL // 4)
    assert office.state(request) == "paid"
    assert office.balances.available == BUDGET - SMALL + SMALL // 4
    assert office.balances.spent == SMALL - SMALL // 4
    assert refused(office.gets_back, request, SMALL) == "relief_returns_more"
    assert refused(office.gets_back, request, 0) == "relief_returns_more"
    office.gets_back(request, SMALL - SMALL // 4)
    assert office.state(request) == "returned"
    assert office.balances.available == BUDGET
    assert refused(office.gets_back, request, 1) == "relief_wrong_state"


def test_what_was_reserved_is_paid_from_the_fund_that_reserved_it(office: Office) -> None:
    request = office.asks()
    office.approves(request)
    row = Request.objects.get(pk=request)
    assert row.fund_id == office.fund
    assert books.line_up(fund=row.fund_id) == office.fund


def test_a_petitioner_who_withdraws_the_petition_is_paid_all_the_same(office: Office) -> None:
    """Help is never a condition to stop petitioning, and stopping is none for help."""
    request = office.asks()
    office.approves(request)
    office.desk.takes(office.matter, "submit_opinion", by="lina", **_opinion())
    office.pays(request)
    assert office.state(request) == "paid"


def _opinion() -> dict[str, object]:
    from tests.desk.at_work import OPINION  # noqa: PLC0415

    return OPINION
