"""First in charge, leader in charge, double duty: by unit and year, kept by heads and administrators."""

import pytest
from django.db import transaction
from django.utils import timezone

from tests.desk.at_work import Desk
from xinqiao.leadership.actions import responsibility as actions
from xinqiao.leadership.queries import responsibility as queries
from xinqiao.rules.leadership import Responsible
from xinqiao.rules.refusals import Refused

YEAR = 2026


def names(
    desk: Desk,
    kind: Responsible,
    account: str,
    by: str = "chenbo",
    unit: str = "city-housing",
    field: str = "",
) -> int:
    now = timezone.now()
    given = {"by": desk.city.person(by, now), "now": now}
    return actions.name(unit, YEAR, kind, desk.city.account(account), field, **given)  # type: ignore[arg-type]


def code_of(desk: Desk, *args: object, **more: object) -> str:
    with pytest.raises(Refused) as refused, transaction.atomic():
        names(desk, *args, **more)  # type: ignore[arg-type]
    return refused.value.refusal.code


def test_a_unit_has_one_first_in_charge_and_members_with_their_fields(desk: Desk) -> None:
    names(desk, Responsible.MEMBER, "lina", field="物业管理")
    names(desk, Responsible.FIRST, "chenbo")
    names(desk, Responsible.IN_CHARGE, "lina", by="wutao")
    lines = queries.lines(desk.city.person("sunli"), YEAR)
    assert [(one.kind, one.field) for one in lines] == [
        (Responsible.FIRST, ""), (Responsible.IN_CHARGE, ""), (Responsible.MEMBER, "物业管理"),
    ]  # fmt: skip
    assert code_of(desk, Responsible.FIRST, "lina") == "one_first"
    assert code_of(desk, Responsible.MEMBER, "chenbo") == "field_missing"
    assert code_of(desk, Responsible.MEMBER, "lina", field="物业") == "already_there"


def test_kept_by_its_head_who_administers_it_and_heads_above(desk: Desk) -> None:
    assert code_of(desk, Responsible.FIRST, "chenbo", by="lina") == "responsibility_not_yours"
    assert code_of(desk, Responsible.FIRST, "chenbo", by="zhoujun") == "responsibility_not_yours"
    assert code_of(desk, Responsible.FIRST, "chenbo", by="malin") == "responsibility_not_yours"
    names(desk, Responsible.FIRST, "zhaogang", by="malin", unit="city-petition")
    line = names(desk, Responsible.FIRST, "chenbo", by="wutao")
    actions.take_off(line, by=desk.city.person("chenbo"), now=timezone.now())
    assert [one.unit for one in queries.lines(desk.city.person("lina"), YEAR)] == ["city-petition"]


def test_a_place_is_shown_to_whoever_works_there(desk: Desk) -> None:
    names(desk, Responsible.FIRST, "chenbo")
    assert queries.lines(desk.city.person("wutao"), YEAR)
    assert queries.lines(desk.city.person("qianyu"), YEAR) == []
