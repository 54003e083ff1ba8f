"""The rows of supervision follow the ledger: at once after its own steps, by the job after all others."""

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.utils import timezone

from xinqiao.matters.models import Matter
from xinqiao.matters.verify import verify
from xinqiao.rules.refusals import Refused
from xinqiao.supervision import actions, queries
from xinqiao.supervision.jobs import follow_everything, follow_ledgers
from xinqiao.supervision.models import Finding, Held, Measure
from xinqiao.supervision.queries import Wanted

if TYPE_CHECKING:
    from tests.desk.at_work import Desk


def _day(days: int) -> object:
    return (timezone.now() + timedelta(days=days)).date()


def _urge(desk: "Desk", matter: int, by: str = "wangmin", form: str = "message") -> int:
    taken = actions.urge(
        matter, form=form, answer_by=_day(7), reason="请尽快办理。", by=desk.city.person(by), now=timezone.now(),
    )  # fmt: skip
    return taken.seq


def test_what_is_late_is_found_and_closes_by_itself_when_it_is_done(desk: "Desk") -> None:
    late = desk.refers(30)
    desk.accepts(10)
    now = timezone.now()
    assert follow_everything(now) == 2
    person = desk.city.person("wangmin")
    (line,) = queries.findings(person, Wanted(), now, after=None, size=50)
    assert (line.line.number, line.rule, line.unit) == (late.number, "notice_late", "city-housing")
    desk.takes(late.matter, "accept", by="lina", procedure="ordinary")
    follow_ledgers(timezone.now())
    assert queries.findings(person, Wanted(), now, after=None, size=50) == []
    (line,) = queries.findings(person, Wanted(closed=True), now, after=None, size=50)
    assert line.closed_why == "done"


def test_following_twice_changes_nothing(desk: "Desk") -> None:
    desk.refers(30)
    now = timezone.now()
    follow_everything(now)
    before = [list(model.objects.order_by("id").values()) for model in (Finding, Held, Measure)]
    assert follow_ledgers(now) == 0
    from xinqiao.supervision.following import follow  # noqa: PLC0415

    follow(Finding.objects.get().matter_id, now)
    assert before == [
        list(model.objects.order_by("id").values()) for model in (Finding, Held, Measure)
    ]


def test_time_alone_brings_a_finding(desk: "Desk") -> None:
    desk.refers(1)
    now = timezone.now()
    follow_everything(now)
    assert not Finding.objects.exists()
    assert follow_ledgers(now + timedelta(days=5)) == 0
    assert follow_ledgers(now + timedelta(days=30)) == 1
    assert Finding.objects.get().rule == "notice_late"


def test_an_urging_stands_in_what_is_due_until_it_is_answered(desk: "Desk") -> None:
    receipt = desk.refers(30)
    seq = _urge(desk, receipt.matter)
    now = timezone.now()
    office, unit = desk.city.person("wangmin"), desk.city.person("lina")
    (asked,) = queries.answers_due(office, now, owed=False)
    (owed,) = queries.answers_due(unit, now, owed=True)
    assert asked.id == owed.id
    assert (owed.what, owed.unit, owed.seq) == ("message", "city-housing", seq)
    assert queries.answers_due(office, now, owed=True) == []
    assert Finding.objects.get().urged == seq
    actions.answer_urging(
        receipt.matter, addressed=seq, answer="本周受理。", by=unit, now=timezone.now()
    )
    assert queries.answers_due(unit, now, owed=True) == []


def test_urging_by_the_page_of_the_matter_is_followed_by_the_job(desk: "Desk") -> None:
    receipt = desk.refers(3)
    desk.takes(
        receipt.matter,
        "urge",
        by="wangmin",
        urging_form="remind",
        answer_by=_day(5),
        reason="提醒。",
    )
    assert not Measure.objects.exists()
    follow_everything(timezone.now())
    assert Measure.objects.get().what == "remind"


def test_the_rules_refuse_and_nothing_is_written(desk: "Desk") -> None:
    receipt = desk.refers(3)
    with pytest.raises(Refused) as refused:
        _urge(desk, receipt.matter, by="zhaogang", form="yellow_card")
    assert refused.value.refusal.code == "form_too_early"
    assert not Measure.objects.exists()


def test_listed_supervision_and_its_end(desk: "Desk") -> None:
    receipt = desk.accepts(10)
    head, now = desk.city.person("zhaogang"), timezone.now()
    actions.list_supervision(
        receipt.matter,
        decided_by="city-conference",
        until=_day(30),
        reason="久拖不决。",
        by=head,
        now=now,
    )
    (line,) = queries.listed(head, now, ended=False)
    assert (line.decided_by, line.unit) == ("city-conference", "city-housing")
    actions.end_listing(receipt.matter, record="已经办结。", by=head, now=timezone.now())
    assert queries.listed(head, now, ended=False) == []
    assert len(queries.listed(head, now, ended=True)) == 1


def test_the_ledger_still_verifies(desk: "Desk") -> None:
    receipt = desk.refers(30)
    seq = _urge(desk, receipt.matter)
    unit = desk.city.person("lina")
    actions.answer_urging(receipt.matter, addressed=seq, answer="好。", by=unit, now=timezone.now())
    assert [one for one in verify() if not isinstance(one, int)] == []


def test_a_matter_last_written_before_supervision_still_verifies(desk: "Desk") -> None:
    """Its stored facts know nothing of what was asked, listed or marked since."""
    receipt = desk.refers(3)
    row = Matter.objects.get(pk=receipt.matter)
    old = {
        name: said
        for name, said in row.facts.items()
        if name not in {"asked", "listed_until", "perfunctory"}
    }
    assert len(old) == len(row.facts) - 3
    Matter.objects.filter(pk=row.pk).update(facts=old)
    assert [one for one in verify() if not isinstance(one, int)] == []
