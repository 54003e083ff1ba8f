"""The pages of group visits: called on the first page, a verb a form, help with consent, nothing for others."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests.desk.at_work import Desk
from tests.group_visits.visits import called, line
from tests.support.city import CAST
from xinqiao.group_visits import actions, queries
from xinqiao.group_visits.models import GroupVisit
from xinqiao.group_visits.values import List
from xinqiao.matters.models import Matter
from xinqiao.rules.group_visits import Reason, Stage

LIST, WORK = reverse("desk:group_visits"), reverse("desk:work")
SEE = {"wangmin", "zhaogang", "lina", "chenbo", "dingxia"}


def page(row: int) -> str:
    return reverse("desk:group_visit", args=[row])


def says(answer: Any, *words: str) -> None:
    html = answer.content.decode()
    for one in words:
        assert one in html, one


def test_the_head_is_told_on_the_first_page_with_the_clock(desk: Desk) -> None:
    row = called(desk).id
    html = desk.log_in("chenbo").get(WORK, {"queue": "all"}).content.decode()
    assert page(row) in html and "xq-nav-badge" in html and "五人以上集体访" in html
    others = desk.log_in("lina").get(WORK, {"queue": "all"}).content.decode()
    assert page(row) not in others and "xq-nav-badge" not in others


@pytest.mark.parametrize("username", CAST)
def test_whoever_has_no_part_in_the_matter_finds_nothing(desk: Desk, username: str) -> None:
    row = called(desk).id
    client, sees = desk.log_in(username), username in SEE
    assert client.get(page(row)).status_code == (
        200 if sees else 403 if username == "malin" else 404
    )
    answer = client.get(LIST, {"queue": "all"})
    if username != "malin":
        assert (page(row) in answer.content.decode()) is sees
    typed = client.post(page(row), {"do": "acknowledge"})
    if username != "chenbo":
        assert typed.status_code in (403, 404, 422) and line(row).stage is Stage.CALLED


def test_from_call_to_review_by_the_page(desk: Desk) -> None:
    row, client = called(desk).id, desk.log_in("chenbo")
    says(client.get(page(row)), "地方规定的默认值", "确认收到通知", "到达现场")
    for verb in ("acknowledge", "arrive"):
        assert client.post(page(row), {"do": verb}).status_code == 302
    answer = client.post(
        page(row), {"do": "hear", "hear-demands": "", "hear-representatives_heard": "9"}
    )
    assert answer.status_code == 422 and line(row).stage is Stage.ON_SPOT
    said = {"do": "hear", "hear-demands": "修好电梯，公布账目。", "hear-representatives_heard": "4"}
    says(client.post(page(row), said, follow=True), "修好电梯，公布账目。")
    day = timezone.localdate() + timedelta(days=9)
    duty = {
        "do": "promise",
        "duty_words": "九日内公布账目",
        "duty_unit": "city-housing",
        "due_on": str(day),
    }
    says(client.post(page(row), duty, follow=True), "九日内公布账目")
    answer = client.post(
        page(row),
        {"do": "offer_help", "offer_help-help_offered": "yes", "offer_help-help_given": "yes"},
    )
    assert answer.status_code == 422
    says(answer, "没有同意")
    agreed = {"help_offered": "yes", "help_consented": "yes", "help_given": "yes"}
    given = {"do": "offer_help"} | {f"offer_help-{name}": value for name, value in agreed.items()}
    assert client.post(page(row), given).status_code == 302 and line(row).help_given
    desk.takes(line(row).matter, "accept", by="lina", procedure="ordinary")
    desk.takes(line(row).matter, "withdraw", by="wangmin", reason="已经解决")
    assert actions.end_follow_up(row, now=timezone.now())
    review = {"do": "review", "review-needless_if": "late", "review-lesson": "专人盯办。"}
    says(client.post(page(row), review, follow=True), "超期办理", "专人盯办。")
    says(desk.log_in("wangmin").get(reverse("desk:matter", args=[line(row).number])), page(row))


@pytest.mark.parametrize("do", ["", "nonsense", "call"])
def test_what_is_no_verb_changes_nothing(desk: Desk, do: str) -> None:
    row = called(desk).id
    assert desk.log_in("chenbo").post(page(row), {"do": do}).status_code == 422
    assert line(row).stage is Stage.CALLED


def test_another_stage_is_told_and_nothing_lost(desk: Desk) -> None:
    row, client = called(desk).id, desk.log_in("chenbo")
    answer = client.post(page(row), {"do": "hear", "hear-demands": "诉求原文不丢"})
    assert answer.status_code == 422
    says(answer, "诉求原文不丢", "待确认")


def test_the_table_holds_what_the_list_shows(desk: Desk) -> None:
    called(desk)
    answer = desk.log_in("chenbo").get(reverse("desk:group_visits_table"), {"queue": "all"})
    assert b"".join(answer).startswith(b"PK")
    assert desk.log_in("malin").get(reverse("desk:group_visits_table")).status_code == 403


@pytest.mark.parametrize("queue", ["", "x", "mine", "open", "all"])
@pytest.mark.parametrize("number", ["", "0", "-3", "999999999", "x"])
def test_whatever_stands_in_the_address_is_a_list(desk: Desk, queue: str, number: str) -> None:
    assert desk.log_in("chenbo").get(LIST, {"queue": queue, "page": number}).status_code == 200


def many(desk: Desk, count: int) -> None:
    """So many group visits on the matter of one, as if they had been called."""
    row = GroupVisit.objects.get(pk=called(desk).id)
    matter = Matter.objects.get(pk=row.matter_id)
    GroupVisit.objects.bulk_create(
        GroupVisit(
            contact=-number, matter=matter, unit=row.unit, reason=Reason.GROUP, stage=Stage.CALLED,
            called_at=row.called_at + timedelta(minutes=number), acknowledge_by=row.acknowledge_by, go_by=row.go_by,
            next_due=row.acknowledge_by + timedelta(minutes=number),
        )
        for number in range(1, count)
    )  # fmt: skip


@pytest.mark.parametrize("queue", List)
def test_a_long_list_is_one_question_a_page(desk: Desk, queue: List) -> None:
    many(desk, 2_000)
    person, now = desk.city.person("chenbo"), timezone.now()
    with CaptureQueriesContext(
        connection,
    ) as asked:
        page = queries.page(person, queue, 3, now)
    assert len(page.rows) == queries.PAGE and page.following
    assert len(asked) <= 2, [one["sql"][:200] for one in asked]
    assert queries.waiting_count(person, now) == queries.MOST_COUNTED
