"""The pages of the hardship fund: asking, approving, paying, the books; what somebody typed is never lost."""

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.desk.test_exports import read
from tests.evidence import samples
from tests.relief.office import LARGE, MIDDLE, SMALL, Office
from tests.support.city_database import City
from xinqiao.relief.models import Entry, Request

ENGLISH = {"HTTP_ACCEPT_LANGUAGE": "en"}
SAID = {
    "relief_need": "medical",
    "amount_fen": "2,000.00", "hardship": "住院费用无力承担。", "relief_office": "city-petition",
    "social_relief": "no", "social_relief_why": "不符合低保条件。",
    "judicial_relief": "no", "judicial_relief_why": "不涉诉。",
    "insurance": "no", "insurance_why": "已报销，自付部分仍高。",
}  # fmt: skip


@pytest.fixture
def office(city: City) -> Office:
    return Office.opened(city)


def photo(name: str = "签收单.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, samples.picture(), "image/jpeg")


def posts(office: Office, by: str, name: str, /, *args: Any, **fields: Any) -> Any:
    return office.desk.log_in(by).post(reverse(name, args=args), fields, **ENGLISH)


def sees(office: Office, by: str, name: str, *args: Any, query: str = "") -> Any:
    return office.desk.log_in(by).get(reverse(name, args=args) + query, **ENGLISH)


def asks(office: Office, by: str = "lina", **other: Any) -> Any:
    said = SAID | {"petitioner": office.wanted().petitioner} | other
    return posts(office, by, "desk:relief_ask", office.number, **said)


def test_from_asking_to_the_payment_by_the_pages(office: Office) -> None:
    answer = asks(office, files=[photo("病历.jpg")])
    request = Request.objects.get()
    assert answer.status_code == 302
    assert answer.url == reverse("desk:relief_request", args=[request.pk])
    assert request.asked == SMALL
    posts(office, "zhaogang", "desk:relief_move", request.pk, "approve_relief", amount_fen="1800")
    posts(
        office, "wangmin", "desk:relief_move", request.pk, "pay_relief",
        paid_on="2026-01-05", files=[photo()],
    )  # fmt: skip
    request.refresh_from_db()
    assert (request.state, request.amount) == ("paid", 1_800 * 100)
    page = sees(office, "lina", "desk:relief_request", request.pk).content.decode()
    assert "1,800.00" in page
    assert "签收单" in page
    assert "病历" in page


def test_the_form_says_that_nothing_is_asked_in_return(office: Office) -> None:
    page = sees(office, "lina", "desk:relief_ask", office.number).content.decode()
    assert "never a condition to stop petitioning" in page


def test_what_was_typed_and_chosen_stays_when_something_is_missing(office: Office) -> None:
    answer = asks(office, hardship="", social_relief_why="写了很久", files=[photo("病历.jpg")])
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "写了很久" in page
    held = re.search(r'name="held" value="(\d+)"', page)
    assert held, "the file is kept"
    again = asks(office, held=held[1])
    assert again.status_code == 302
    request = Request.objects.get()
    assert "病历" in sees(office, "lina", "desk:relief_request", request.pk).content.decode()


@pytest.mark.parametrize(
    "typed", ["", "abc", "12.345", "-5", "0", "1e5", "99999999999999999999", "１２.３４５"]
)
def test_an_amount_that_is_none_is_told_at_its_field(office: Office, typed: str) -> None:
    answer = asks(office, amount_fen=typed)
    assert answer.status_code == 422
    assert 'id="id_amount_fen_error"' in answer.content.decode()
    assert not Request.objects.exists()


@pytest.mark.parametrize("typed", ["2000", "2,000.00", "２０００", "¥2000", "2 000元"])
def test_an_amount_is_read_as_people_write_it(office: Office, typed: str) -> None:
    asks(office, amount_fen=typed)
    assert Request.objects.get().asked == SMALL


def test_help_given_before_is_told_where_the_reason_is_asked_for(office: Office) -> None:
    office.paid()
    answer = asks(office)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "2,000.00 yuan" in page
    assert 'id="id_again_why_error"' in page
    assert asks(office, again_why="病情复发。").status_code == 302


def test_where_the_law_gives_something_the_answer_stands_at_that_path(office: Office) -> None:
    answer = asks(office, insurance="yes")
    assert answer.status_code == 409
    assert 'id="id_insurance_error"' in answer.content.decode()


def test_a_payment_without_proof_keeps_the_day(office: Office) -> None:
    request = office.asks()
    office.approves(request)
    answer = posts(
        office, "wangmin", "desk:relief_move", request, "pay_relief", paid_on="2026-01-05"
    )
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "2026-01-05" in page
    assert "A payment needs its proof" in page


def test_greyed_buttons_say_why(office: Office) -> None:
    request = office.asks(MIDDLE)
    page = sees(office, "lina", "desk:relief_request", request).content.decode()
    assert "staff of the petition office that keeps the fund" in page
    answer = sees(office, "lina", "desk:relief_move", request, "check_relief")
    assert answer.status_code == 403
    answer = sees(office, "wangmin", "desk:relief_move", request, "pay_relief")
    assert answer.status_code == 409


def test_what_waits_for_me_is_a_list_of_its_own(office: Office) -> None:
    request = office.asks(LARGE)
    link = reverse("desk:relief_request", args=[request])
    assert link in sees(office, "zhaogang", "desk:relief", query="?list=mine").content.decode()
    for other in ("wutao", "wangmin", "lina"):
        assert link not in sees(office, other, "desk:relief", query="?list=mine").content.decode()
    office.checks(request, by="zhaogang")
    assert link in sees(office, "wutao", "desk:relief", query="?list=mine").content.decode()
    assert link in sees(office, "lina", "desk:relief").content.decode()
    assert link not in sees(office, "sunli", "desk:relief").content.decode()


@pytest.mark.parametrize(
    "query", ["?state=paid", "?need=housing", "?year=1999", "?before=x", "?state=%00"]
)
def test_a_list_is_narrowed_and_nonsense_does_not_break_it(office: Office, query: str) -> None:
    office.asks()
    assert sees(office, "lina", "desk:relief", query=query).status_code == 200


def test_the_page_of_the_matter_leads_to_its_requests(office: Office) -> None:
    request = office.asks()
    page = sees(office, "lina", "desk:matter", office.number).content.decode()
    assert reverse("desk:relief_request", args=[request]) in page
    assert reverse("desk:relief_ask", args=[office.number]) in page


def test_the_ledger_steps_are_taken_nowhere_else(office: Office) -> None:
    """The form of a step would leave the books behind."""
    request = office.asks()
    address = reverse("desk:step", args=[office.number, "approve_relief"])
    fields = {"relief": request, "amount_fen": "1", "seen": "5"}
    assert office.desk.log_in("zhaogang").post(address, fields).status_code == 404
    assert not Entry.objects.filter(kind="reserve").exists()


def test_the_paper_of_the_decision_says_that_nothing_is_asked_in_return(office: Office) -> None:
    request = office.asks()
    assert sees(office, "lina", "desk:relief_decision", request).status_code == 404
    office.approves(request)
    page = sees(office, "lina", "desk:relief_decision", request).content.decode()
    assert "never a condition to stop petitioning" in page
    assert "张伟" not in page, "names are masked"


def test_the_head_opens_a_fund_and_adds_to_it(office: Office) -> None:
    year = office.year() + 1
    fields = {
        "office": "city-petition",
        "year": str(year),
        "fiscal": "50000",
        "donated": "",
        "document": "文号1",
    }
    answer = posts(office, "zhaogang", "desk:relief_fund_open", **fields)
    assert answer.status_code == 302
    page = office.desk.log_in("zhaogang").get(answer.url, **ENGLISH).content.decode()
    assert "50,000.00" in page
    again = posts(office, "zhaogang", "desk:relief_fund_open", **fields)
    assert again.status_code == 409
    added = {"kind": "supplement", "source": "donated", "amount": "100.5", "document": "捐赠记录"}
    posts(office, "zhaogang", "desk:relief_fund_add", office.fund, **added)
    assert office.balances.donated == 10_050
    taken = {"kind": "reduce", "source": "donated", "amount": "200", "document": "文号2"}
    refused = posts(office, "zhaogang", "desk:relief_fund_add", office.fund, **taken)
    assert refused.status_code == 409
    assert "100.50 are available" in refused.content.decode()


@pytest.mark.parametrize("by", ["wangmin", "lina", "wutao"])
def test_others_enter_no_budget(office: Office, by: str) -> None:
    assert sees(office, by, "desk:relief_fund_open").status_code == 403
    status = sees(office, by, "desk:relief_fund_add", office.fund).status_code
    assert status == (404 if by == "lina" else 403)


def test_lists_leave_as_excel_files_within_the_same_scope(office: Office) -> None:
    office.paid()
    rows = read(sees(office, "wangmin", "desk:relief_export"))
    assert len(rows) == 2
    assert rows[1][0] == office.number
    assert rows[1][4] == 2000
    assert len(read(sees(office, "sunli", "desk:relief_export"))) == 1
    books = read(sees(office, "wangmin", "desk:relief_books_export", office.fund))
    assert [row[5] for row in books[1:]] == [2000, 2000, 100_000]
    assert sees(office, "lina", "desk:relief_books_export", office.fund).status_code == 404
    assert len(read(sees(office, "zhaogang", "desk:relief_funds_export"))) == 2
    assert len(read(sees(office, "lina", "desk:relief_funds_export"))) == 1


def test_every_page_comes_in_both_languages(office: Office) -> None:
    request = office.paid()
    chinese = re.compile("[\u4e00-\u9fff]")
    pages = [
        ("desk:relief",), ("desk:relief_request", request), ("desk:relief_decision", request),
        ("desk:relief_funds",), ("desk:relief_fund", office.fund), ("desk:relief_books_print", office.fund),
        ("desk:relief_fund_open",), ("desk:relief_fund_add", office.fund), ("desk:relief_ask", office.number),
        ("desk:relief_move", request, "return_relief"),
    ]  # fmt: skip
    for name, *args in pages:
        by = "wangmin" if "move" in name else "zhaogang"
        for language in ("zh-hans", "en"):
            answer = office.desk.log_in(by).get(
                reverse(name, args=args), HTTP_ACCEPT_LANGUAGE=language
            )
            assert answer.status_code == 200, name
        assert chinese.search(answer.content.decode()), name  # names of units and of the cast
