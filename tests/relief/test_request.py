"""Asking for help from the fund: the need, the other paths, the fund of the place, and no help twice."""

from datetime import timedelta
from typing import Any

import pytest

from tests.relief.office import CLOSED_PATHS, LARGE, MIDDLE, SMALL, Office, now, today
from xinqiao.matters import queries as matters
from xinqiao.matters.verify import Fault, verify
from xinqiao.relief import actions, queries
from xinqiao.relief.models import Request
from xinqiao.rules.refusals import Refused


def refused(call: Any, *args: Any, **how: Any) -> str:
    """The code of the refusal."""
    with pytest.raises(Refused) as caught:
        call(*args, **how)
    return caught.value.refusal.code


@pytest.mark.parametrize("by", ["lina", "wangmin", "zhaogang"])
def test_the_handling_unit_and_the_office_of_the_place_may_ask(office: Office, by: str) -> None:
    request = office.asks(by=by)
    assert office.state(request) == "requested"


@pytest.mark.parametrize("by", ["sunli", "heping", "malin", "wutao", "fengrui"])
def test_nobody_else_may(office: Office, by: str) -> None:
    assert refused(office.asks, by=by) == "not_found"
    assert not Request.objects.exists()


def test_the_ledger_of_the_matter_has_it_with_the_amount_in_fen_and_no_word(office: Office) -> None:
    request = office.asks()
    entry = matters.told(office.matter)[-1]
    assert (entry.step, entry.article) == ("request_relief", "37")
    assert entry.payload["amount_fen"] == SMALL
    assert entry.payload["relief"] == request
    assert set(entry.payload["hardship"]) == {"sha256"}
    assert entry.texts["hardship"] == "住院费用无力承担，经村委会核实。"
    assert not [one for one in verify() if isinstance(one, Fault)]


@pytest.mark.parametrize("path", sorted(CLOSED_PATHS))
def test_where_the_law_gives_something_the_fund_does_not_step_in(office: Office, path: str) -> None:
    paths = CLOSED_PATHS | {path: (True, "可以申请。")}
    assert refused(office.asks, paths=paths) == "relief_law_gives"


def test_each_path_needs_its_reason(office: Office) -> None:
    paths = CLOSED_PATHS | {"insurance": (False, " ")}
    assert refused(office.asks, paths=paths) == "field_missing"
    assert not Request.objects.exists()


def test_only_the_fund_of_the_place(office: Office) -> None:
    assert refused(office.asks, office="province-government") == "relief_wrong_fund"
    assert office.state(office.asks(office="county-petition")) == "requested"


def test_help_is_for_a_petitioner_of_this_matter(office: Office) -> None:
    other = office.another_matter(name="李强", phone="13855509999")
    stranger = office.wanted(matter=other).petitioner
    assert refused(office.asks, petitioner=stranger) == "relief_not_petitioner"


@pytest.mark.parametrize("amount", [0, -1, 10_000_000_001])
def test_an_amount_that_is_none_is_told(office: Office, amount: int) -> None:
    assert refused(office.asks, amount) == "number_out_of_range"


def test_for_one_need_one_request_at_a_time_wherever_it_was_made(office: Office) -> None:
    office.asks()
    other = office.another_matter()
    assert refused(office.asks, matter=other) == "relief_pending"
    assert office.state(office.asks(matter=other, need="housing")) == "requested"


def test_a_refused_or_dropped_request_stands_in_nobodys_way(office: Office) -> None:
    office.refuses(office.asks())
    office.drops(office.asks())
    assert office.state(office.asks()) == "requested"


def test_helped_before_it_needs_a_reason_to_help_again(office: Office) -> None:
    office.paid()
    other = office.another_matter()
    assert refused(office.asks, matter=other) == "relief_given_before"
    assert office.state(office.asks(matter=other, again_why="病情复发，再次住院。")) == "requested"


def test_another_person_of_the_same_name_is_another_person(office: Office) -> None:
    office.paid()
    other = office.another_matter(name="张伟", phone="13855507777")
    assert office.state(office.asks(matter=other)) == "requested"


def test_the_answer_tells_day_and_amount_and_names_no_matter_to_whom_it_does_not_exist(
    office: Office,
) -> None:
    office.paid()
    petitioner = office.wanted().petitioner
    own = queries.help_before(petitioner, "medical", person=office.person("lina"), now=now())
    others = queries.help_before(petitioner, "medical", person=office.person("sunli"), now=now())
    assert [(one.day, one.amount, one.number) for one in own] == [(today(), SMALL, office.number)]
    assert [(one.day, one.amount, one.number) for one in others] == [(today(), SMALL, "")]
    assert set(vars(others[0])) == {"day", "amount", "number"}


def test_help_long_ago_is_not_asked_about(office: Office) -> None:
    request = office.paid()
    Request.objects.filter(pk=request).update(paid_on=today() - timedelta(days=400))
    assert office.state(office.asks()) == "requested"


@pytest.mark.parametrize(
    ("amount", "hands", "waits"),
    [
        (SMALL, ["office_head"], "city-petition"),
        (MIDDLE, ["office", "office_head"], "city-petition"),
        (LARGE, ["office_head", "government_head"], "city-petition"),
    ],
)
def test_who_approves_follows_from_the_amount(
    office: Office, amount: int, hands: list[str], waits: str
) -> None:
    row = Request.objects.get(pk=office.asks(amount))
    assert (row.approvals, row.waits_for, row.waits_unit) == (hands, hands[0], waits)


def test_a_government_that_has_to_decide_sees_the_matter_from_then_on(office: Office) -> None:
    wutao = office.person("wutao")
    assert not matters.exists_for(wutao, office.matter, now())
    office.asks(LARGE)
    assert matters.exists_for(wutao, office.matter, now())


def test_a_report_gets_no_request(office: Office) -> None:
    receipt = office.desk.reports()
    asked = office.wanted(matter=receipt.matter)
    code = refused(actions.request, receipt.matter, asked, by=office.person("xujing"), now=now())
    assert code in {"wrong_kind", "not_yours"}
    assert not Request.objects.exists()
