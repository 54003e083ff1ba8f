"""Answers that repeat each other are put together as they go out, and are told of within scope alone."""

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.utils import timezone
from hypothesis import given as for_all
from hypothesis import strategies as st

from xinqiao.insight.answers import queries
from xinqiao.insight.answers.filing import words_of
from xinqiao.insight.answers.jobs import NAME, file_all_answers, file_answers
from xinqiao.insight.models import Answer, Band
from xinqiao.matters import followers
from xinqiao.matters.models import Text
from xinqiao.rules.persons import SYSTEM, Person
from xinqiao.text.answers.bands import bands
from xinqiao.text.folding import fold
from xinqiao.text.likeness import pieces

if TYPE_CHECKING:
    from tests.desk.at_work import Desk
    from tests.support.city_database import City

OTHER = (
    "您反映的公交线路调整问题，经与公交集团核实，因道路施工，12路公交自3月起临时绕行人民路，预计6月底恢复原线路。"
    "施工期间增设两处临时站点，具体位置已在站牌公布。"
)


@pytest.fixture
def desk(city: "City") -> "Desk":
    from tests.desk.at_work import Desk  # noqa: PLC0415  settings must load first

    return Desk(city)


def told(person: Person, days: float = 200, **more: str) -> list[list[str]]:
    """The numbers of the matters of each group."""
    now = timezone.now()
    found = queries.repeated(person, now - timedelta(days=days), now, **more)
    assert all(one.number >= 2 for one in found)
    return [[one.line.number for one in group.latest] for group in found]


def test_near_copies_come_together_and_others_do_not(desk: "Desk") -> None:
    from tests.insight.answering import EMPTY, FULL, replies  # noqa: PLC0415

    first = replies(desk, FULL, 20)
    second = replies(desk, FULL.replace("2号楼", "5号楼").replace("5月30日", "6月10日"), 10)
    replies(desk, OTHER, 9)
    replies(desk, EMPTY[:12], 8), replies(desk, EMPTY[:12], 7)
    assert file_all_answers(timezone.now()) == 5
    zhao_gang = desk.city.person("zhaogang")
    assert told(zhao_gang) == [[second.number, first.number]]
    assert told(zhao_gang, 15) == [], "one of the two is older"
    assert told(zhao_gang, unit="city-housing") == [[second.number, first.number]]
    assert told(zhao_gang, unit="city-labour") == []
    assert queries.repeats_of(zhao_gang, first.matter, timezone.now()) == 1


def test_nothing_is_told_or_counted_beyond_the_scope(desk: "Desk") -> None:
    from tests.insight.answering import FULL, replies  # noqa: PLC0415

    first, second = replies(desk, FULL, 20), replies(desk, FULL, 10)
    third = replies(desk, FULL, 5)
    file_all_answers(timezone.now())
    li_na, now = desk.city.person("lina"), timezone.now()
    assert told(li_na) == [[third.number, second.number, first.number]]
    assert told(desk.city.person("sunli")) == []
    assert queries.likest(desk.city.person("sunli"), FULL, now, but=0) is None
    assert queries.repeats_of(desk.city.person("sunli"), first.matter, now) == 0
    found = queries.likest(li_na, FULL, now, but=third.matter)
    assert found is not None and found.line.number == second.number


def test_a_wall_closes_at_once(desk: "Desk") -> None:
    first, second = desk.issues(20), desk.issues(10)
    for receipt in (first, second):
        Text.objects.filter(matter_id=receipt.matter, field="facts_found").update(body=OTHER)
    file_all_answers(timezone.now())
    chen_bo, now = desk.city.person("chenbo"), timezone.now()
    assert told(chen_bo) == [[second.number, first.number]]
    desk.takes(
        first.matter, "recuse", by="chenbo", account=desk.city.account("chenbo"), reason="亲属"
    )
    assert told(chen_bo) == []
    assert queries.repeats_of(chen_bo, second.matter, now) == 0
    assert (
        queries.likest(chen_bo, f"{OTHER}\n责成物业三十日内修复。", now, but=second.matter) is None
    )


def test_a_report_is_told_of_to_nobody_else(desk: "Desk") -> None:
    from tests.desk.at_work import OPINION  # noqa: PLC0415
    from tests.insight.answering import FULL, replies  # noqa: PLC0415

    seen = replies(desk, FULL, 20)
    report = desk.reports(10)
    desk.takes(report.matter, "take_up", by="xujing", days=9)
    accounts = {name: value for name, value in OPINION.items() if name.endswith("_account")}
    desk.takes(report.matter, "reply", by="xujing", days=8, answer=FULL, **accounts)
    file_all_answers(timezone.now())
    assert len(set(Answer.objects.values_list("group", flat=True))) == 1
    assert len(told(desk.city.person("zhaogang"))) == 1, "whose office received both"
    for name in ("dingxia", "lina", "chenbo", "wutao", "sunli"):
        person = desk.city.person(name)
        assert told(person) == [], name
        found = queries.likest(person, FULL, timezone.now(), but=0)
        assert found is None or found.line.id == seen.matter, name
        assert queries.repeats_of(person, seen.matter, timezone.now()) == 0, name


def test_what_is_revoked_or_erased_is_no_answer_any_more(desk: "Desk") -> None:
    first, second = desk.issues(20), desk.issues(10)
    for receipt in (first, second):
        Text.objects.filter(matter_id=receipt.matter, field="facts_found").update(body=OTHER)
    file_all_answers(timezone.now())
    assert told(SYSTEM) == [[second.number, first.number]]
    issued = Answer.objects.get(matter=second.matter).seq
    desk.takes(second.matter, "revoke", by="chenbo", entry=issued, reason="重写")
    file_all_answers(timezone.now())
    assert told(SYSTEM) == []
    assert Answer.objects.count() == 1
    Text.objects.filter(matter_id=first.matter).update(body="", erased_at=timezone.now())
    assert words_of(Answer.objects.all()) == {}
    assert queries.likest(SYSTEM, OTHER, timezone.now(), but=0) is None


def test_told_twice_or_from_nothing_it_is_the_same(desk: "Desk") -> None:
    from tests.insight.answering import FULL, replies  # noqa: PLC0415

    first, second = replies(desk, FULL, 20), replies(desk, FULL, 10)
    file_all_answers(timezone.now())
    rows = list(Answer.objects.values_list("matter", "seq", "group"))
    followers.begin_anew(NAME)
    assert file_all_answers(timezone.now()) == 0
    assert list(Answer.objects.values_list("matter", "seq", "group")) == rows
    file_answers(timezone.now() + timedelta(days=800))
    assert not Answer.objects.exists() and not Band.objects.exists()
    followers.begin_anew(NAME)
    assert file_all_answers(timezone.now()) == 2
    assert told(SYSTEM) == [[second.number, first.number]]


def test_no_answer_names_who_wrote_it() -> None:
    fields = {field.name for field in Answer._meta.get_fields()}
    assert fields == {"id", "matter", "seq", "words_in", "unit", "given_at", "group"}


@for_all(
    st.text(alphabet="电梯停运物业维修资金退还核查属实责成依据条例处罚", min_size=60, max_size=120),
    st.data(),
)
def test_a_text_with_a_few_changed_characters_shares_a_number(
    text: str, data: st.DataObject
) -> None:
    own = pieces(fold(text))
    at = data.draw(st.integers(0, len(text) - 1))
    changed = pieces(fold(text[:at] + "某" + text[at + 1 :]))
    if len(own & changed) / len(own | changed) >= 0.9:
        assert set(bands(own)) & set(bands(changed))


def test_texts_of_different_things_share_no_number() -> None:
    from tests.insight.answering import FULL  # noqa: PLC0415

    assert not set(bands(pieces(fold(FULL)))) & set(bands(pieces(fold(OTHER))))
    assert bands([]) == []
