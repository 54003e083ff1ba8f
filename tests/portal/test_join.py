"""A petition that is handled together with another: told in plain words, and nothing of the other one leaks."""

from tests.portal.citizen import Citizen, text_of
from tests.portal.offices import OPINION, Offices, days_ago
from xinqiao.intake import joining
from xinqiao.intake.actions import receive
from xinqiao.intake.values import ContactInput, Receipt
from xinqiao.matters.actions import facts_of
from xinqiao.people.values import PersonInput
from xinqiao.rules.states import State

SECRET = {
    "subject": "乔木的另一件事", "body": "四号楼乔木反映渗水。",
    "petitioners": [PersonInput(name="乔木", phone="13800009999", address="四号楼四零四室")],
}  # fmt: skip


def joined(offices: Offices) -> tuple[Receipt, Receipt]:
    """Two petitions of different people, both accepted; the second is carried on in the first."""
    first = offices.registered(days=45, **SECRET)
    offices.takes(first, "transfer", "wangmin", 44, to_unit="city-housing")
    offices.takes(first, "accept", "lina", 43, procedure="ordinary")
    second = offices.accepted()
    offices.takes(second, "join", "lina", 30, matter=first.matter, reason="与乔木反映的一样")
    return first, second


def test_gao_lan_reads_that_it_is_handled_together_and_by_when(
    gao_lan: Citizen, offices: Offices
) -> None:
    _, second = joined(offices)
    page = gao_lan.opens(second)
    assert "一并办理" in page
    assert "期限" in page


def test_nothing_of_the_other_one_is_told(gao_lan: Citizen, offices: Offices) -> None:
    first, second = joined(offices)
    page = gao_lan.opens(second)
    for word in ("乔木", "四号楼", "渗水", first.number, first.matter_number):
        assert word not in page
    other = Citizen().opens(first)
    for word in ("高兰", second.number, "一并办理", "并案"):
        assert word not in other


def test_each_reads_the_answer_and_asks_for_a_review_of_their_own(
    gao_lan: Citizen, offices: Offices
) -> None:
    first, second = joined(offices)
    offices.takes(first, "submit_opinion", "lina", 6, **OPINION)
    offices.takes(first, "issue_opinion", "chenbo", 5)
    offices.takes(second, "deliver_opinion", "lina", 4, method="in_person")
    page = gao_lan.opens(second)
    assert OPINION["opinion"] in page
    assert "请求复查" in page
    assert OPINION["opinion"] not in Citizen().opens(first), "it was not delivered there yet"
    rating = {"office_rating": "satisfied", "unit_rating": "satisfied", "settled": "yes"}
    gao_lan.client.post(f"/rate/{second.number}/", rating)
    assert (facts_of(second.matter).rated, facts_of(first.matter).rated) == (True, False)
    assert facts_of(first.matter).state is State.OPINION_ISSUED


def test_a_contact_that_became_a_matter_opens_with_its_own_code(
    gao_lan: Citizen, offices: Offices
) -> None:
    first = offices.registered()
    wang_min = offices.city.person("wangmin")
    visit = ContactInput(
        unit="city-petition", channel="visit", received_at=days_ago(20), subject="路灯", body="路灯不亮。",
        matter=first.matter, petitioners=[PersonInput(name="乔木", phone="13800009999")],
    )  # fmt: skip
    lamp = receive(visit, by=wang_min, now=days_ago(20))
    assert "路灯不亮" not in gao_lan.opens(first)
    joining.split_off(first.matter, lamp.number, "另一件", by=wang_min, now=days_ago(0))
    page = Citizen().opens(lamp)
    assert "路灯不亮" in page
    assert "电梯" not in page
    again = text_of(gao_lan.client.get(f"/lookup/{first.number}/"))
    assert "路灯" not in again
    assert "乔木" not in again
