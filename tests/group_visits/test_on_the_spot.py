"""From the call to the review: the clock runs on the first-in-charge; help with consent; open until it is settled."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction
from django.utils import timezone

from tests.desk.at_work import OPINION, Desk
from tests.group_visits.visits import COMMITMENT, called, line
from xinqiao.duties import queries as duties
from xinqiao.duties.values import Source
from xinqiao.group_visits import actions, jobs, queries
from xinqiao.group_visits.models import GroupVisit
from xinqiao.group_visits.values import List
from xinqiao.matters.actions import take
from xinqiao.matters.queries import told
from xinqiao.rules.duties import SourceKind
from xinqiao.rules.glossary import label
from xinqiao.rules.group_visits import Cause, Stage, Verb
from xinqiao.rules.persons import petitioner_of
from xinqiao.rules.refusals import Refused

NOW = timezone.now


def refused(code: str) -> Any:
    return pytest.raises(Refused, match=f"^{code}$")


def heard(desk: Desk) -> int:
    """Chen Bo was called, went, and heard the representatives."""
    row, chenbo = called(desk).id, desk.city.person("chenbo")
    actions.acknowledge(row, by=chenbo, now=NOW())
    actions.arrive(row, by=chenbo, now=NOW())
    actions.hear(row, "公布维修资金账目，修好电梯。", 3, by=chenbo, now=NOW())
    return row


def closes(desk: Desk, matter: int) -> None:
    desk.takes(matter, "accept", by="lina", procedure="ordinary")
    desk.takes(matter, "submit_opinion", by="lina", **OPINION)
    desk.takes(matter, "issue_opinion", by="chenbo")
    desk.takes(matter, "deliver_opinion", by="lina", method="in_person")


def test_the_clocks_run_on_the_official(desk: Desk) -> None:
    row = called(desk)
    ack, go = row.clocks(row.called_at)
    assert (ack.id, ack.state, ack.due - row.called_at) == (
        "acknowledge",
        "running",
        timedelta(hours=1),
    )
    assert (go.id, go.due - row.called_at) == ("go", timedelta(hours=4))
    late = row.called_at + timedelta(hours=2)
    assert [one.state for one in row.clocks(late)] == ["overdue", "running"]
    chenbo = desk.city.person("chenbo")
    actions.acknowledge(row.id, by=chenbo, now=late)
    actions.arrive(row.id, by=chenbo, now=late + timedelta(minutes=30))
    assert [one.state for one in line(row.id).clocks(late)] == ["late", "met"]
    assert line(row.id).next_due is None


def test_it_is_the_first_in_charge_who_goes(desk: Desk) -> None:
    row = called(desk).id
    for name, code in (
        ("lina", "first_in_charge_only"),
        ("zhaogang", "first_in_charge_only"),
        ("sunli", "not_found"),
    ):
        with refused(code):
            actions.acknowledge(row, by=desk.city.person(name), now=NOW())
    assert line(row).stage is Stage.CALLED


def test_each_verb_is_a_step_of_the_ledger_and_the_words_stand_there(desk: Desk) -> None:
    row = heard(desk)
    steps = [one for one in told(line(row).matter) if "group_visit" in one.payload]
    assert [one.step for one in steps] == [
        "call_first_in_charge", "acknowledge_call", "arrive_on_spot", "hear_representatives",
    ]  # fmt: skip
    assert steps[-1].texts["demands"] == "公布维修资金账目，修好电梯。"
    assert steps[-1].payload["representatives_heard"] == 3
    assert line(row).stage is Stage.FOLLOWED


def test_nothing_is_done_out_of_its_order_or_twice(desk: Desk) -> None:
    row, chenbo = called(desk).id, desk.city.person("chenbo")
    with refused("visit_stands_elsewhere"):
        actions.hear(row, "诉求", by=chenbo, now=NOW())
    actions.arrive(row, by=chenbo, now=NOW())
    assert line(row).acknowledged_at, "who goes has acknowledged"
    with refused("visit_stands_elsewhere"):
        actions.acknowledge(row, by=chenbo, now=NOW())
    with refused("field_missing"):
        actions.hear(row, "  ", by=chenbo, now=NOW())
    with refused("number_out_of_range"):
        actions.hear(row, "诉求", 6, by=chenbo, now=NOW())
    assert line(row).stage is Stage.ON_SPOT


def test_a_commitment_is_a_duty_with_a_day(desk: Desk) -> None:
    row, chenbo = heard(desk), desk.city.person("chenbo")
    day = (NOW() + timedelta(days=10)).date()
    duty = actions.promise(row, COMMITMENT, "city-housing", day, by=chenbo, now=NOW())
    (found,) = duties.of_source(chenbo, Source(kind=SourceKind.GROUP_VISIT, id=row), NOW())
    assert (found.id, found.words, found.due) == (duty, COMMITMENT, day)
    with refused("due_in_past"):
        actions.promise(
            row, COMMITMENT, "city-housing", day - timedelta(days=90), by=chenbo, now=NOW()
        )
    with refused("first_in_charge_only"):
        actions.promise(
            row, COMMITMENT, "city-housing", day, by=desk.city.person("lina"), now=NOW()
        )


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"offered": False, "given": True}, "help_not_offered"),
        ({"offered": False, "consented": True}, "help_not_offered"),
        ({"offered": True, "given": True}, "help_needs_consent"),
        ({"offered": True, "consented": False, "given": True}, "help_needs_consent"),
    ],
)
def test_help_is_given_only_to_who_agreed(desk: Desk, said: dict[str, bool], code: str) -> None:
    row, chenbo = heard(desk), desk.city.person("chenbo")
    with refused(code):
        actions.offer_help(row, **said, by=chenbo, now=NOW())
    assert line(row).help_offered is None
    with pytest.raises(IntegrityError), transaction.atomic():
        GroupVisit.objects.filter(pk=row).update(help_offered=True, help_given=True)
    actions.offer_help(row, offered=True, consented=True, given=True, by=chenbo, now=NOW())
    assert line(row).help_given is True
    actions.offer_help(row, offered=True, consented=False, by=chenbo, now=NOW())
    assert (line(row).help_consented, line(row).help_given) == (False, None)


def test_the_follow_up_stays_open_until_the_matter_itself_is_settled(desk: Desk) -> None:
    row, chenbo = heard(desk), desk.city.person("chenbo")
    matter = line(row).matter
    assert jobs.end_follow_ups(NOW()) == 0
    with refused("visit_stands_elsewhere"):
        actions.review(row, Cause.LATE, "专人跟踪。", by=chenbo, now=NOW())
    closes(desk, matter)
    assert jobs.end_follow_ups(NOW()) == 0, "answered is neither settled nor closed"
    rating = {"office_rating": "satisfied", "unit_rating": "satisfied", "settled": True}
    take(matter, "rate", rating, by=petitioner_of(matter), now=NOW())
    assert jobs.end_follow_ups(NOW()) == 1 and jobs.end_follow_ups(NOW()) == 0
    assert line(row).stage is Stage.TO_REVIEW and line(row).next_due == line(row).review_by
    (mine,) = queries.waiting_for(chenbo, NOW())
    assert mine.id == row
    actions.review(
        row, Cause.PROMISE_NOT_KEPT, "维修资金每季度公布。", Cause.NO_ANSWER, by=chenbo, now=NOW()
    )
    done = line(row)
    assert (done.stage, done.needless_if, done.needless_if_also) == (
        Stage.REVIEWED,
        "promise_not_kept",
        "no_answer",
    )
    assert told(matter)[-1].texts["lesson"] == "维修资金每季度公布。"
    assert queries.waiting_for(chenbo, NOW()) == []


def test_the_schema_knows_no_person_and_no_place_of_one() -> None:
    """No list of people, no search by a person, nothing to locate, stop or return anyone."""
    model = apps.get_model("group_visits", "GroupVisit")
    forbidden = r"person|name|id_number|phone|address|people|member|petitioner|plate|ticket|train|return|escort|risk"
    for field in model._meta.get_fields():
        assert not re.search(forbidden, field.name), field.name
        assert field.get_internal_type() != "TextField", field.name
    related = {
        field.related_model._meta.label for field in model._meta.get_fields() if field.is_relation
    }
    assert related == {"matters.Matter"}
    texts = {f.name for f in model._meta.get_fields() if f.get_internal_type() == "CharField"}
    assert texts == {"unit", "reason", "stage", "needless_if", "needless_if_also"}
    assert [one.__name__ for one in apps.get_app_config("group_visits").get_models()] == [
        "GroupVisit"
    ]


def test_causes_are_those_of_officials_and_rules() -> None:
    for cause in Cause:
        for lang in ("zh-hans", "en"):
            assert not re.search(
                "信访人|群众|petitioner|they|people", label("needless_if", cause, lang)
            ), cause


def test_lists_and_moves_are_those_of_the_asker(desk: Desk) -> None:
    row, chenbo, lina = called(desk), desk.city.person("chenbo"), desk.city.person("lina")
    assert [one.id for one in queries.page(chenbo, List.MINE, 1, NOW()).rows] == [row.id]
    assert queries.page(lina, List.MINE, 1, NOW()).rows == []
    assert [one.id for one in queries.page(lina, List.OPEN, 1, NOW()).rows] == [row.id]
    assert queries.page(desk.city.person("sunli"), List.ALL, 1, NOW()).rows == []
    assert [verb for verb, no in queries.moves(chenbo, row, NOW()) if no is None] == [
        Verb.ACKNOWLEDGE,
        Verb.ARRIVE,
    ]
    assert all(no is not None for _, no in queries.moves(lina, row, NOW()))
