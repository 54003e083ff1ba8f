"""The joint conference: agenda by criteria or proposed, who came, decisions, duties, what is left of the last ones."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from tests.desk.at_work import Desk, days_ago
from tests.leadership.leading import conference_has_a_head, in_days, plans
from xinqiao.duties import actions as duties
from xinqiao.leadership.actions import conferences as actions
from xinqiao.leadership.models import ConferenceEvent, Item
from xinqiao.leadership.queries import conferences as queries
from xinqiao.leadership.values import Promise
from xinqiao.matters import queries as matters
from xinqiao.matters.verify import Fault, verify
from xinqiao.rules.leadership import ConferenceOutcome, ConferenceState, ItemState, Looked, met
from xinqiao.rules.persons import Person
from xinqiao.rules.refusals import Refused
from xinqiao.rules.states import State

OUTCOME = ConferenceOutcome


def who(desk: Desk, username: str) -> Person:
    return desk.city.person(username, timezone.now())


def refused(action: Any, *args: Any, **kwargs: Any) -> str:
    with pytest.raises(Refused) as no, transaction.atomic():
        action(*args, **kwargs, now=timezone.now())
    return no.value.refusal.code


def objected_twice(desk: Desk) -> int:
    """Housing says labour, labour says housing: it lies with housing again."""
    receipt = desk.refers(10)
    for days, by, onward in ((9, "lina", "city-labour"), (7, "sunli", "city-housing")):
        desk.takes(receipt.matter, "object", by=by, days=days, reason="不属于本单位职权")
        desk.takes(receipt.matter, "uphold_objection", by="wangmin", days=days - 0.5, reason="另转")
        desk.takes(receipt.matter, "transfer", by="wangmin", days=days - 0.6, to_unit=onward)
    return receipt.matter


def disputed(desk: Desk) -> int:
    receipt = desk.refers(6)
    desk.takes(receipt.matter, "object", by="lina", days=5, reason="不属于本单位职权")
    desk.takes(
        receipt.matter,
        "escalate_dispute",
        by="wangmin",
        days=4,
        to_unit="city-conference",
        reason="两家都不认",
    )
    return receipt.matter


def on_agenda(desk: Desk, conference: int, matter: int) -> int:
    return actions.put_on(
        conference,
        matter=matter,
        criteria=["objected_twice"],
        by=who(desk, "zhaogang"),
        now=timezone.now(),
    )


def test_matters_that_meet_a_criterion_come_up_by_themselves(desk: Desk) -> None:
    twice, late, fresh = objected_twice(desk), desk.refers(60).matter, desk.accepts(1).matter
    report = desk.reports(90).matter
    quarrel = disputed(desk)
    conference = plans(desk)
    found = {
        one.matter: list(one.criteria)
        for one in queries.candidates(who(desk, "zhaogang"), conference, timezone.now())
    }
    assert found == {twice: ["objected_twice"], late: ["long_overdue"], quarrel: ["disputed"]}
    assert not {fresh, report} & set(found)
    on_agenda(desk, conference, twice)
    left = queries.candidates(who(desk, "zhaogang"), conference, timezone.now())
    assert twice not in [one.matter for one in left]


def test_a_unit_proposes_with_a_reason_and_the_office_answers(desk: Desk) -> None:
    receipt, conference = desk.accepts(), plans(desk)
    offered = {"matter": receipt.matter, "by": who(desk, "lina")}
    assert refused(actions.propose, conference, **offered, reason=" ") == "field_missing"
    assert (
        refused(
            actions.propose, conference, matter=receipt.matter, reason="请定", by=who(desk, "sunli")
        )
        == "not_found"
    )
    report = desk.reports().matter
    assert (
        refused(actions.propose, conference, matter=report, reason="请定", by=who(desk, "xujing"))
        == "report_stays"
    )
    item = actions.propose(conference, **offered, reason="资金来源需要财政明确", now=timezone.now())
    assert refused(actions.propose, conference, **offered, reason="再次提出") == "on_agenda_already"
    assert (
        refused(actions.answer_proposal, item, True, by=who(desk, "lina")) == "keeps_no_conference"
    )
    assert (
        refused(actions.answer_proposal, item, False, " ", by=who(desk, "zhaogang"))
        == "field_missing"
    )
    actions.answer_proposal(item, True, by=who(desk, "zhaogang"), now=timezone.now())
    line = queries.item(who(desk, "chenbo"), item, timezone.now())
    assert line is not None
    assert (line.state, line.reason, line.number) == (
        ItemState.ON_AGENDA,
        "资金来源需要财政明确",
        receipt.number,
    )


def test_an_item_is_seen_through_its_matter(desk: Desk) -> None:
    conference = plans(desk)
    on_agenda(desk, conference, desk.accepts().matter)
    now = timezone.now()
    assert len(queries.items(who(desk, "chenbo"), conference, now)) == 1
    assert (
        queries.find(who(desk, "sunli"), conference, now) is not None
    )  # called, but has no part in the matter
    assert queries.items(who(desk, "sunli"), conference, now) == []
    line = queries.find(who(desk, "sunli"), conference, now)
    assert line is not None
    assert line.items == 0
    assert all(one.item is None for one in queries.history(who(desk, "sunli"), conference, now))
    for stranger in ("qianyu", "fengrui", "malin"):
        assert queries.find(who(desk, stranger), conference, now) is None, stranger


def test_a_decision_is_a_step_with_duties_and_is_followed_up(desk: Desk) -> None:
    matter, first = objected_twice(desk), plans(desk, days=-1)
    item = on_agenda(desk, first, matter)
    promise = Promise(words="列出维修资金清单", unit="city-housing", due=in_days(10))
    keeper = who(desk, "zhaogang")
    assert refused(actions.decide, item, OUTCOME.MEASURES, "", by=keeper) == "field_missing"
    actions.decide(
        item, OUTCOME.MEASURES, "由住建牵头", handed_out=[promise], by=keeper, now=timezone.now()
    )
    assert (
        refused(actions.decide, item, OUTCOME.MEASURES, "再定", by=keeper)
        == "item_stands_elsewhere"
    )
    now = timezone.now()
    (line,) = queries.items(who(desk, "lina"), first, now)
    assert (line.state, line.decision, line.outcome) == (
        ItemState.DECIDED,
        "由住建牵头",
        "measures",
    )
    assert Item.objects.get().decision == ""  # its words stand in the ledger alone
    sheet = matters.sheet(keeper, matter, now)
    assert sheet is not None
    assert [one.step for one in sheet.entries][-2:] == ["conference_decision", "give_duty"]
    actions.hold(first, by=keeper, now=now)
    second = plans(desk)
    (owed,) = queries.follow_up(keeper, second, now)
    assert owed.words == "列出维修资金清单"
    duties.report_done(owed.id, "已列出", by=who(desk, "lina"), now=timezone.now())
    duties.confirm(owed.id, by=keeper, now=timezone.now())
    assert queries.follow_up(keeper, second, now) == []
    assert [fault for fault in verify() if isinstance(fault, Fault)] == []


def test_it_decides_whose_a_disputed_matter_is(desk: Desk) -> None:
    matter, conference = disputed(desk), plans(desk, days=-1)
    item = on_agenda(desk, conference, matter)
    keeper = who(desk, "zhaogang")
    decide = {"decision": "由住建办理", "to_unit": "city-housing"}
    assert refused(actions.decide, item, OUTCOME.COMPETENCE, **decide, by=keeper) == "not_disputed"
    conference_has_a_head(desk)
    keeper = who(desk, "zhaogang")
    actions.decide(item, OUTCOME.COMPETENCE, **decide, by=keeper, now=timezone.now())
    sheet = matters.sheet(who(desk, "lina"), matter, timezone.now())
    assert sheet is not None
    assert (sheet.facts.state, sheet.facts.holder) == (State.REFERRED, "city-housing")
    other = on_agenda(desk, conference, objected_twice(desk))
    assert refused(actions.decide, other, OUTCOME.COMPETENCE, **decide, by=keeper) == "not_disputed"


def test_it_lists_a_matter_for_supervision(desk: Desk) -> None:
    matter, conference = desk.accepts().matter, plans(desk, days=-1)
    item, keeper = on_agenda(desk, conference, matter), who(desk, "zhaogang")
    assert refused(actions.decide, item, OUTCOME.LISTED, "挂牌督办", by=keeper) == "field_missing"
    until = {"until": in_days(30)}
    assert (
        refused(actions.decide, item, OUTCOME.LISTED, "挂牌", **until, by=who(desk, "wangmin"))
        == "not_yours"
    )
    actions.decide(item, OUTCOME.LISTED, "挂牌督办", **until, by=keeper, now=timezone.now())
    sheet = matters.sheet(keeper, matter, timezone.now())
    assert sheet is not None
    assert sheet.facts.listed_until == in_days(30)
    assert sheet.entries[-1].payload["decided_by"] == "city-conference"
    again = [one.criteria for one in queries.candidates(keeper, plans(desk), timezone.now())]
    assert ["listed"] in again
    assert [fault for fault in verify() if isinstance(fault, Fault)] == []


def test_an_overdue_matter_with_a_red_card_comes_up() -> None:
    asked = [[7, "red_card", "city-housing", True]]
    assert met(Looked(facts={"asked": asked}, overdue_days=1)) == ["red_card"]
    assert met(Looked(facts={"asked": asked}, overdue_days=0)) == []
    assert met(Looked(facts={"asked": [], "kind": "claim"}, overdue_days=3)) == []
    assert met(Looked(facts={"asked": asked, "kind": "report"}, overdue_days=90)) == []


def test_who_came_is_noted_and_the_meeting_closes(desk: Desk) -> None:
    conference, keeper = plans(desk, days=-1), who(desk, "zhaogang")
    came = {"city-housing": True, "city-labour": False}
    assert (
        refused(actions.note_attendance, conference, came, {}, by=who(desk, "chenbo"))
        == "keeps_no_conference"
    )
    actions.note_attendance(
        conference,
        came,
        {"city-housing": desk.city.account("chenbo")},
        by=keeper,
        now=timezone.now(),
    )
    assert [(one.unit, one.came) for one in queries.called(conference)] == list(came.items())
    actions.hold(conference, by=keeper, now=timezone.now())
    assert refused(actions.note_attendance, conference, came, {}, by=keeper) == "conference_over"
    assert refused(actions.cancel, conference, "无", by=keeper) == "conference_over"
    with pytest.raises(IntegrityError), transaction.atomic():
        ConferenceEvent.objects.all().delete()


def test_a_meeting_ahead_cannot_be_held_yet_but_cancelled_or_changed(desk: Desk) -> None:
    conference, keeper = plans(desk), who(desk, "zhaogang")
    assert refused(actions.hold, conference, by=keeper) == "date_in_future"
    actions.cancel(conference, "与会单位另有任务", by=keeper, now=timezone.now())
    line = queries.find(keeper, conference, timezone.now())
    assert line is not None
    assert line.state is ConferenceState.CANCELLED
    with pytest.raises(Refused) as no:
        plans(desk, meets_at=days_ago(3))
    assert no.value.refusal.code == "begins_in_past"
    with pytest.raises(Refused) as no:
        plans(desk, by="chenbo", unit="city-housing")
    assert no.value.refusal.code == "keeps_no_conference"
