"""The audit for administrators: narrowed by day, account and kind, page by page, and taken away as a table."""

import csv
import io
from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone

from tests.administration.cast import bai_xue
from tests.desk.at_work import Desk
from xinqiao.audit import actions, queries
from xinqiao.audit.kinds import AuditAction
from xinqiao.desk.admin.audit import PAGE

ADDRESS, EXPORT = "desk:admin-audit", "desk:admin-audit-export"


def writes(desk: Desk, username: str, action: AuditAction, days: float = 0, **more: Any) -> None:
    now = timezone.now() - timedelta(days=days)
    actions.record(action, now=now, by_account=desk.city.account(username), **more)


def rows(answer: Any) -> list[tuple[str, str]]:
    return [(row.who, row.what) for row in answer.context["rows"]]


def test_it_is_narrowed_by_kind_by_name_and_by_day(desk: Desk) -> None:
    writes(desk, "lina", AuditAction.UNMASKED, days=9)
    writes(desk, "chenbo", AuditAction.LOGGED_OUT)
    client = desk.log_in("malin")
    found = [
        rows(client.get(reverse(ADDRESS), given))
        for given in (
            {"action": "unmasked"},
            {"who": "陈波"},
            {"until": f"{timezone.localdate() - timedelta(days=5)}"},
            {"who": "chenbo", "action": "unmasked"},
            {"since": "no day", "action": "unmasked"},
        )
    ]
    looked = [("李娜", "查看完整信息")]
    assert found == [looked, [("陈波", "退出登录")], looked, [], looked]


def test_pages_follow_one_another_without_a_gap(desk: Desk) -> None:
    for number in range(2 * PAGE + 3):
        writes(desk, "lina", AuditAction.USED, object_kind="matter", object_id=number)
    client = desk.log_in("malin")
    seen, address = [], reverse(ADDRESS) + "?action=used"
    while address:
        answer = client.get(address)
        seen += [row.id for row in answer.context["rows"]]
        following = answer.context["following"]
        address = reverse(ADDRESS) + following if following else ""
    assert len(seen) == len(set(seen)) == 2 * PAGE + 3
    assert seen == sorted(seen, reverse=True)


def test_what_was_administered_is_told_from_what_to_what(desk: Desk) -> None:
    client = desk.log_in("malin")
    given = {"name": "市住建委", "since": f"{timezone.localdate()}"}
    client.post(reverse("desk:admin-unit-rename", args=["city-housing"]), given)
    (row,) = client.get(reverse(ADDRESS), {"action": "administered"}).context["rows"]
    assert "单位更名" in row.change and "市住房和城乡建设局 → 市住建委" in row.change


def test_bai_xue_reads_of_her_county_alone(desk: Desk) -> None:
    bai_xue(desk.city)
    writes(desk, "lina", AuditAction.EXPORTED)
    writes(desk, "heping", AuditAction.EXPORTED)
    about = desk.city.account("qianyu")
    actions.record(
        AuditAction.LOGIN_FAILED, now=timezone.now(), by_account=None, object_kind="account", object_id=about
    )  # fmt: skip
    client = desk.log_in("baixue")
    whom = {row.who for row in client.get(reverse(ADDRESS)).context["rows"]}
    assert "何平" in whom and "李娜" not in whom
    assert "钱玉" in client.get(reverse(ADDRESS)).content.decode()
    assert rows(client.get(reverse(ADDRESS), {"who": "李娜"})) == []
    taken = b"".join(client.post(reverse(EXPORT)).streaming_content).decode()
    assert "何平" in taken and "李娜" not in taken


def test_taking_it_away_is_an_entry_of_its_own(desk: Desk) -> None:
    writes(desk, "lina", AuditAction.LOGGED_OUT)
    client = desk.log_in("malin")
    answer = client.post(reverse(EXPORT), {"action": "logged_out"})
    table = list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))
    assert [row[1] for row in table[1:]] == ["李娜"]
    entry = queries.entries(action=AuditAction.EXPORTED)[0]
    assert (entry.account_id, entry.object_kind) == (desk.city.account("malin"), "audit")
    assert client.get(reverse(EXPORT)).status_code == 405


def test_no_cell_is_a_formula(desk: Desk) -> None:
    actions.record(
        AuditAction.LOGGED_IN, now=timezone.now(), by_account=desk.city.account("lina"),
        detail={"address": "=HYPERLINK(1)"},
    )  # fmt: skip
    answer = desk.log_in("malin").post(reverse(EXPORT), {"action": "logged_in", "who": "lina"})
    assert "'=HYPERLINK(1)" in b"".join(answer.streaming_content).decode()


def test_what_has_no_words_of_its_own_is_told_plainly(desk: Desk) -> None:
    """An entry of another folder, without a change named, by the platform itself; and one about data of a matter."""
    for kind in ("hall", "contact"):
        actions.record(
            AuditAction.ADMINISTERED, now=timezone.now(), by_account=None, object_kind=kind, object_id=1
        )  # fmt: skip
    found = desk.log_in("malin").get(reverse(ADDRESS), {"action": "administered"}).context["rows"]
    assert [(row.who, row.about) for row in found] == [("平台", "业务数据"), ("平台", "接待大厅")]
