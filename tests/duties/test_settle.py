"""Reported done, confirmed, sent back, withdrawn: by the side whose word it is, never by who said it first."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from tests.desk.at_work import Desk
from tests.duties.given import gives
from xinqiao.duties import actions, queries
from xinqiao.matters import queries as matters
from xinqiao.matters.verify import Fault, verify
from xinqiao.rules.duties import State, Verb
from xinqiao.rules.refusals import Refused

DO = {
    Verb.REPORT_DONE: actions.report_done, Verb.CONFIRM: actions.confirm,
    Verb.SEND_BACK: actions.send_back, Verb.WITHDRAW: actions.withdraw,
}  # fmt: skip


def does(desk: Desk, duty: int, verb: Verb, by: str, words: str = "已修好", days: int = 0) -> None:
    now = timezone.now() + timedelta(days=days)
    DO[verb](duty, words, by=desk.city.person(by, now), now=now)


def code_of(desk: Desk, duty: int, verb: Verb, by: str, words: str = "已修好") -> str:
    with pytest.raises(Refused) as refused, transaction.atomic():
        does(desk, duty, verb, by, words)
    return refused.value.refusal.code


def line_of(desk: Desk, duty: int) -> queries.DutyLine:
    now = timezone.now()
    line = queries.find(desk.city.person("zhaogang", now), duty, now)
    assert line is not None
    return line


def test_done_and_confirmed_in_time(desk: Desk) -> None:
    duty = gives(desk)
    does(desk, duty, Verb.REPORT_DONE, "lina")
    does(desk, duty, Verb.CONFIRM, "wangmin", "")
    line = line_of(desk, duty)
    assert line.state is State.CONFIRMED
    assert line.clock(timezone.localdate() + timedelta(days=90)).state == "met"
    assert [one.verb for one in queries.history(duty)] == [
        Verb.GIVE,
        Verb.REPORT_DONE,
        Verb.CONFIRM,
    ]


def test_sent_back_the_clock_runs_on(desk: Desk) -> None:
    duty = gives(desk)
    does(desk, duty, Verb.REPORT_DONE, "lina")
    does(desk, duty, Verb.SEND_BACK, "zhaogang", "还差一部电梯")
    later = timezone.localdate() + timedelta(days=9)
    assert line_of(desk, duty).clock(later).state == "overdue"
    does(desk, duty, Verb.REPORT_DONE, "lina", days=9)
    assert line_of(desk, duty).clock(later).state == "late"


def test_each_side_has_its_own_words(desk: Desk) -> None:
    duty = gives(desk)
    assert code_of(desk, duty, Verb.REPORT_DONE, "wangmin") == "duty_not_yours"
    assert code_of(desk, duty, Verb.REPORT_DONE, "lina", " ") == "field_missing"
    assert code_of(desk, duty, Verb.CONFIRM, "zhaogang") == "duty_stands_elsewhere"
    assert code_of(desk, duty, Verb.WITHDRAW, "lina") == "duty_not_yours"
    assert code_of(desk, duty, Verb.REPORT_DONE, "sunli") == "not_found"
    does(desk, duty, Verb.REPORT_DONE, "lina")
    assert code_of(desk, duty, Verb.CONFIRM, "chenbo") == "duty_not_yours"
    assert code_of(desk, duty, Verb.REPORT_DONE, "lina") == "duty_stands_elsewhere"
    does(desk, duty, Verb.WITHDRAW, "zhaogang", "已由物业自行完成")
    assert line_of(desk, duty).clock(timezone.localdate()).state == "void"


def test_nobody_confirms_what_they_reported(desk: Desk) -> None:
    duty = gives(desk, by="chenbo")  # the housing department promised it to itself
    does(desk, duty, Verb.REPORT_DONE, "chenbo")
    assert code_of(desk, duty, Verb.CONFIRM, "chenbo") == "reporter_confirms"
    does(desk, duty, Verb.CONFIRM, "lina")


def test_two_at_once_cannot_both_win(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    duty = gives(desk)
    read = queries.standing_of

    def and_somebody_else_was_quicker(*args: object) -> object:
        found = read(*args)  # type: ignore[arg-type]
        monkeypatch.setattr(queries, "standing_of", read)
        does(desk, duty, Verb.REPORT_DONE, "chenbo")
        return found

    monkeypatch.setattr(queries, "standing_of", and_somebody_else_was_quicker)
    with pytest.raises(Refused) as refused:
        does(desk, duty, Verb.REPORT_DONE, "lina")
    assert refused.value.refusal.code == "acted_meanwhile"


def test_on_a_matter_the_ledger_tells_all_of_it(desk: Desk) -> None:
    receipt, now = desk.accepts(), timezone.now()
    duty = gives(desk, matter=receipt.matter)
    does(desk, duty, Verb.REPORT_DONE, "lina")
    does(desk, duty, Verb.SEND_BACK, "zhaogang", "还差一部电梯")
    does(desk, duty, Verb.REPORT_DONE, "lina")
    does(desk, duty, Verb.CONFIRM, "zhaogang", "")
    sheet = matters.sheet(desk.city.person("wangmin", now), receipt.matter, now)
    assert sheet is not None
    assert [entry.step for entry in sheet.entries][-5:] == [
        "give_duty", "duty_done", "answer_duty", "duty_done", "answer_duty",
    ]  # fmt: skip
    assert [entry.payload.get("duty_outcome") for entry in sheet.entries][-3:] == [
        "sent_back",
        None,
        "confirmed",
    ]
    assert [fault for fault in verify() if isinstance(fault, Fault)] == []
