"""Counter and letters: a contact is received, registered and receipted in one go, or not at all."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.desk.at_work import ZHANG_WEI, Desk
from tests.support.city import COUNTY
from xinqiao.intake import queries as intake
from xinqiao.matters import queries as matters
from xinqiao.matters.actions import load
from xinqiao.people import queries as people
from xinqiao.people.values import PersonInput

SEATS = {"seat-TOTAL_FORMS": "5", "seat-INITIAL_FORMS": "0"}
VISIT = {
    **SEATS,
    "request_key": "key-of-the-form",
    "who-who": "person",
    "who-name": "张伟",
    "who-phone": "138 5550 1234",
    "head_count": "1",
    "matter": "",
    "subject": "电梯停运",
    "body": "小区电梯停运半年，请求修复。",
    "unit": "city-petition",
    "level": "city",
    "designated_place": "yes",
    "kind": "claim",
    "region": COUNTY,
    "category": "housing.property",
    "path": "petition",
}


def now_typed(**earlier: float) -> str:
    return f"{timezone.localtime() - timedelta(**earlier):%Y-%m-%dT%H:%M}"


def registers(client: Client, door: str = "visit", **typed: Any) -> Any:
    """Sends the form; a value of None leaves the field out."""
    data = VISIT | {"received_at": now_typed(minutes=1)} | typed
    given = {name: value for name, value in data.items() if value is not None}
    return client.post(reverse(f"desk:{door}"), given)


def the_one(desk: Desk, username: str = "wangmin") -> matters.Line:
    found = matters.lines(matters.scope(desk.city.person(username), timezone.now()))
    assert len(found) == 1, found
    return found[0]


def nothing_stored(desk: Desk) -> bool:
    return not matters.scope(desk.city.person("wangmin"), timezone.now()).exists()


def test_a_visitor_leaves_with_number_and_code(desk: Desk) -> None:
    client = desk.log_in("wangmin")
    answer = registers(client)
    assert answer.status_code == 302
    line = the_one(desk)
    assert (line.state, line.kind, line.region, line.channel) == (
        "registered",
        "claim",
        COUNTY,
        "visit",
    )
    receipt = client.get(answer.headers["Location"])
    html = receipt.content.decode()
    code = re.search(r"<code[^>]*>([2-9A-Z]{8})</code>", html)
    assert code is not None and line.number in html
    assert intake.matter_by_code(line.number, code[1]) == line.id
    assert "登记转办" in html and "<svg" in html
    assert "no-store" in receipt.headers["Cache-Control"]


def test_the_code_is_shown_once_and_stands_in_no_address(desk: Desk) -> None:
    client = desk.log_in("wangmin")
    address = registers(client).headers["Location"]
    first, second = client.get(address).content.decode(), client.get(address).content.decode()
    code = re.search(r"<code[^>]*>([2-9A-Z]{8})</code>", first)
    assert code is not None
    assert code[1] not in second and "不能再次显示" in second
    assert code[1] not in address


def test_sending_twice_registers_once(desk: Desk) -> None:
    client = desk.log_in("wangmin")
    first, second = registers(client), registers(client)
    assert first.headers["Location"] == second.headers["Location"]
    steps = [entry.step for entry in load(the_one(desk).id)]
    assert steps == ["receive", "register", "call_first_in_charge"]  # twelve came together


def test_everything_missing_is_told_at_once_and_what_was_typed_is_kept(desk: Desk) -> None:
    answer = registers(
        desk.log_in("wangmin"),
        **{"who-name": "", "subject": "", "region": ""},
        body="写了很久的内容",
    )
    html = answer.content.decode()
    assert answer.status_code == 422
    for anchor in ("#id_who-name", "#id_subject", "#id_region"):
        assert f'href="{anchor}"' in html
    assert "写了很久的内容" in html and "138 5550 1234" in html
    assert nothing_stored(desk)


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("who-phone", "12", "电话"),
        ("who-id_number", "340811199001011231", "最后一位"),
        ("region", "没有的地方", "列表中没有"),
        ("received_at", "2999-01-01T00:00", "不能晚于现在"),
        ("received_at", "1999-01-01T00:00", "可能填写有误"),
        ("received_at", "昨天", "请填写日期和时间"),
        ("head_count", "0", ""),
        ("head_count", "", ""),
        ("subject", "字" * 201, ""),
        ("body", "字" * 200_001, "200000"),
        ("matter", "20260317-482915-6", "没有找到该信访事项"),
        ("kind", "nonsense", ""),
        ("unit", "city-housing", ""),
        ("request_key", "", ""),
    ],
)
def test_bad_input_is_told_in_words_and_nothing_is_stored(
    desk: Desk, field: str, typed: str, said: str
) -> None:
    answer = registers(desk.log_in("wangmin"), **{field: typed})
    html = answer.content.decode()
    assert answer.status_code in (409, 422)
    assert 'role="alert"' in html and said in html
    assert nothing_stored(desk)


def test_odd_characters_are_cleaned_not_refused(desk: Desk) -> None:
    body = "😀 小区\x00电梯\u202e停运\r\n\r\n请修复"
    assert registers(desk.log_in("wangmin"), body=body).status_code == 302
    (text,) = matters.texts_of([the_one(desk).id], "receive", "body")[the_one(desk).id]
    assert text == "😀 小区电梯停运\n\n请修复"


def test_a_group_comes_with_representatives(desk: Desk) -> None:
    seats = {f"seat-{place}-name": f"代表{place}" for place in range(5)}
    assert registers(desk.log_in("wangmin"), head_count="12", **seats).status_code == 302
    (contact,) = intake.of_matter(the_one(desk).id)
    assert contact.head_count == 12
    parties = people.masked_parties([contact.id])[contact.id]
    assert [party.role for party in parties] == ["petitioner"] + ["representative"] * 5


def test_a_sixth_representative_is_not_taken(desk: Desk) -> None:
    seats = {f"seat-{place}-name": f"代表{place}" for place in range(6)}
    answer = registers(desk.log_in("wangmin"), **seats, **{"seat-TOTAL_FORMS": "6"})
    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()
    assert nothing_stored(desk)


def test_a_representative_with_a_phone_needs_a_name(desk: Desk) -> None:
    answer = registers(desk.log_in("wangmin"), **{"seat-1-phone": "13855507777"})
    assert answer.status_code == 422
    assert "请一并填写姓名" in answer.content.decode()


def test_a_visit_keeps_its_level_and_place(desk: Desk) -> None:
    registers(desk.log_in("wangmin"), level="county", designated_place="no")
    (contact,) = intake.of_matter(the_one(desk).id)
    assert (contact.level, contact.designated_place) == ("county", False)


def test_a_letter_keeps_postmark_and_day_of_receipt_apart(desk: Desk) -> None:
    today = timezone.localdate()
    days = {
        "received_on": str(today - timedelta(days=2)),
        "postmark_on": str(today - timedelta(days=5)),
    }
    assert (
        registers(
            desk.log_in("wangmin"), "letter", received_at=None, level=None, **days
        ).status_code
        == 302
    )
    (contact,) = intake.of_matter(the_one(desk).id)
    assert contact.postmark_on == today - timedelta(days=5)
    assert timezone.localdate(contact.received_at) == today - timedelta(days=2)
    assert contact.level == "" and contact.designated_place is None


@pytest.mark.parametrize(("door", "channel"), [("call", "call"), ("fax", "fax")])
def test_calls_and_faxes(desk: Desk, door: str, channel: str) -> None:
    day = {"received_on": str(timezone.localdate())}
    assert (
        registers(desk.log_in("wangmin"), door, level=None, head_count="1", **day).status_code
        == 302
    )
    assert the_one(desk).channel == channel


def test_nobody_need_be_named(desk: Desk) -> None:
    typed = {"who-who": "nobody", "who-name": "", "who-phone": ""}
    assert registers(desk.log_in("wangmin"), **typed).status_code == 302
    (contact,) = intake.of_matter(the_one(desk).id)
    assert people.masked_parties([contact.id])[contact.id] == []


def test_a_unit_that_is_no_petition_office_registers_what_it_receives(desk: Desk) -> None:
    assert registers(desk.log_in("lina"), unit="city-housing").status_code == 302
    assert the_one(desk, "lina").holder == "city-housing"


def test_what_cannot_wait_is_marked_at_once(desk: Desk) -> None:
    client = desk.log_in("wangmin")
    assert registers(client, urgent="on", urgent_reason="").status_code == 422
    assert nothing_stored(desk)
    assert registers(client, urgent="on", urgent_reason="有老人被困电梯。").status_code == 302
    assert [entry.step for entry in load(the_one(desk).id)] == [
        "receive",
        "register",
        "notice_urgent",
        "call_first_in_charge",
    ]


def test_the_reported_are_walled_off_from_the_first_moment(desk: Desk) -> None:
    head = str(desk.city.account("chenbo"))
    answer = registers(desk.log_in("wangmin"), kind="report", reported_accounts=[head, ""])
    number = the_one(desk).number
    assert answer.status_code == 302
    assert desk.log_in("chenbo").get(reverse("desk:matter", args=[number])).status_code == 404
    sheet = matters.sheet(desk.city.person("wangmin"), the_one(desk).id, timezone.now())
    assert sheet is not None and sheet.facts.reported_units == {"city-housing"}


def test_the_form_brings_no_long_list_but_says_where_each_is(desk: Desk) -> None:
    wang_min = desk.log_in("wangmin")
    form = wang_min.get(reverse("desk:visit")).content.decode()
    names = {"regions": "太湖县", "units": "市住房和城乡建设局", "heads": "陈波", "staff": "李娜"}
    for one, name in names.items():
        address = reverse("desk:long_list", args=[one])
        assert f'hx-get="{address}"' in form
        assert f'<option value="{name}' in wang_min.get(address).content.decode()
        assert f'<option value="{name}' not in form
    heads = wang_min.get(reverse("desk:long_list", args=["heads"])).content.decode()
    assert "李娜" not in heads
    assert wang_min.get(reverse("desk:long_list", args=["petitioners"])).status_code == 404


def test_without_its_list_a_part_of_a_name_is_enough_or_is_told_what_fits(desk: Desk) -> None:
    wang_min = desk.log_in("wangmin")
    unsure = registers(wang_min, kind="report", reported_accounts=["住房和城乡建设局", ""])
    assert unsure.status_code == 422
    assert "陈波（市住房和城乡建设局）" in unsure.content.decode()
    assert registers(wang_min, kind="report", reported_accounts=["陈波", ""]).status_code == 302


def test_if_registering_is_refused_nothing_was_received(desk: Desk) -> None:
    """A report on its own receiver must first go up: the petition is not half stored."""
    answer = registers(desk.log_in("wangmin"), kind="report", reported_units=["city-petition"])
    assert answer.status_code == 409
    assert nothing_stored(desk)


# -- is it one we know? ----------------------------------------------------------------------------------------------


def suggested(client: Client, **typed: str) -> str:
    return client.post(reverse("desk:suggestions"), typed).content.decode()


def test_earlier_matters_of_the_same_person_are_shown(desk: Desk) -> None:
    number = desk.accepts().matter_number
    html = suggested(
        desk.log_in("wangmin"),
        **{"who-name": "张伟", "who-phone": "+86 138-5550-1234", "subject": "电梯停运半年了"},
    )
    assert number in html and "内容相近" in html and "办理中" in html


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({}, "填写身份证号码，或者姓名和电话后"),
        ({"who-name": "张伟"}, "没有该信访人以前的事项"),
        ({"who-name": "张伟", "who-phone": "138"}, "没有该信访人以前的事项"),
        ({"who-name": "李强", "who-phone": "13855501234"}, "没有该信访人以前的事项"),
        ({"who-id_number": "34\x000811"}, "没有该信访人以前的事项"),
    ],
)
def test_half_typed_or_somebody_else_finds_nothing(
    desk: Desk, typed: dict[str, str], said: str
) -> None:
    number = desk.accepts().matter_number
    html = suggested(desk.log_in("wangmin"), **typed)
    assert said in html and number not in html


def test_only_matters_that_the_asker_may_see_are_suggested(desk: Desk) -> None:
    number = desk.accepts().matter_number
    html = suggested(desk.log_in("sunli"), **{"who-name": "张伟", "who-phone": "13855501234"})
    assert number not in html


def test_a_contact_on_a_known_matter_joins_it(desk: Desk) -> None:
    earlier = desk.accepts()
    chosen = {
        "matter": earlier.matter_number,
        "kind": None,
        "region": "",
        "category": "",
        "path": None,
    }
    answer = registers(desk.log_in("wangmin"), **chosen)
    assert answer.status_code == 302
    line = the_one(desk)
    assert line.id == earlier.matter and line.contacts == 2 and line.state == "accepted"
    assert load(earlier.matter)[-1].step == "add_contact"


def test_a_matter_one_may_not_see_cannot_be_joined(desk: Desk) -> None:
    earlier = desk.accepts()
    answer = registers(desk.log_in("sunli"), unit="city-labour", matter=earlier.matter_number)
    assert answer.status_code == 409
    assert load(earlier.matter)[-1].step == "accept"


def test_without_scripts_a_button_looks_for_earlier_matters(desk: Desk) -> None:
    number = desk.accepts().matter_number
    answer = registers(desk.log_in("wangmin"), look="yes", subject="")
    html = answer.content.decode()
    assert answer.status_code == 200 and number in html
    assert 'role="alert"' not in html and "138 5550 1234" in html


def test_the_same_person_is_one_person(desk: Desk) -> None:
    registers(desk.log_in("wangmin"))
    same = people.same_person(PersonInput(name=ZHANG_WEI.name, phone=ZHANG_WEI.phone))
    assert len(same) == 1


# -- new facts on what was closed ------------------------------------------------------------------------------------


def closed(desk: Desk) -> Any:
    """A matter of Zhang Wei's that he took back."""
    receipt = desk.accepts()
    desk.takes(receipt.matter, "withdraw", by="wangmin", days=5, reason="信访人撤回")
    return receipt


def test_new_facts_make_a_new_matter_that_follows_the_closed_one(desk: Desk) -> None:
    earlier = closed(desk)
    client = desk.log_in("wangmin")
    page = client.get(reverse("desk:step", args=[earlier.matter_number, "reopen"])).content.decode()
    link = f"{reverse('desk:visit')}?reopens={earlier.matter_number}"
    assert link in page
    form = client.get(link).content.decode()
    assert re.search(rf'value="reopen:{earlier.matter_number}" checked', form)
    new = {"matter": f"reopen:{earlier.matter_number}", "new_facts": "检测报告证明电梯不合格。"}
    assert registers(client, **new).status_code == 302
    follower = matters.sheet(
        desk.city.person("wangmin"), load(earlier.matter)[-1].payload["new_matter"], timezone.now()
    )
    assert follower is not None
    assert (follower.line.state, follower.facts.predecessor) == ("registered", earlier.matter)
    before_and_after = client.get(
        reverse("desk:matter", args=[follower.line.number])
    ).content.decode()
    assert earlier.matter_number in before_and_after


def test_new_facts_sent_twice_are_one_new_matter(desk: Desk) -> None:
    earlier, client = closed(desk), desk.log_in("wangmin")
    new = {"matter": f"reopen:{earlier.matter_number}", "new_facts": "检测报告证明电梯不合格。"}
    first, second = registers(client, **new), registers(client, **new)
    assert first.status_code == second.status_code == 302
    assert first.headers["Location"] == second.headers["Location"]


def test_new_facts_have_to_be_told(desk: Desk) -> None:
    earlier = closed(desk)
    answer = registers(
        desk.log_in("wangmin"), matter=f"reopen:{earlier.matter_number}", new_facts=""
    )
    assert answer.status_code == 422
    assert "新的事实和理由" in answer.content.decode()
    assert load(earlier.matter)[-1].step == "withdraw"


def test_an_open_matter_is_not_reopened_and_nothing_is_received(desk: Desk) -> None:
    earlier = desk.accepts()
    new = {"matter": f"reopen:{earlier.matter_number}", "new_facts": "检测报告证明电梯不合格。"}
    assert registers(desk.log_in("wangmin"), **new).status_code == 409
    assert the_one(desk).id == earlier.matter
