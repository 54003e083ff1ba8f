"""Opinions: given once, counted exactly, answered one by one or by kind, shown only as an officer released them."""

import pytest
from django.utils import timezone

from tests.public_decisions.stories import PUBLIC, Council, days_ago
from xinqiao.public_decisions import queries
from xinqiao.public_decisions.actions import assessments, opinions
from xinqiao.public_decisions.models import Opinion
from xinqiao.public_decisions.queries import OpinionFilters
from xinqiao.public_decisions.values import Heed, NewOpinion, Role, Source, Stance
from xinqiao.rules.public_decisions import Conclusion
from xinqiao.rules.refusals import Refused


def counts(council: Council, number: str) -> tuple[int, int]:
    sheet = queries.sheet(council.city.person("lina"), number, timezone.now())
    assert sheet is not None
    return sheet.line.opinions, sheet.line.unanswered


def test_each_opinion_gets_the_next_number_and_sent_twice_it_is_one(council: Council) -> None:
    number = council.asks(20)
    assert [council.says(number, "一", 10), council.says(number, "二", 9)] == [1, 2]
    assert council.says(number, "三", 8, request_key="k") == 3
    assert council.says(number, "三", 8, request_key="k") == 3
    assert counts(council, number) == (3, 3)


def test_after_the_last_day_nobody_is_heard_through_the_portal_but_a_hearing_still_is(
    council: Council,
) -> None:
    number = council.asks(60)
    with pytest.raises(Refused) as refused:
        council.says(number, "晚了", 20)
    assert refused.value.refusal.code == "opinions_closed"
    council.hears(number, "租户不应当分摊。", 19)
    assert counts(council, number) == (1, 1)


def test_the_public_cannot_pass_for_a_hearing_nor_staff_for_the_public(council: Council) -> None:
    number = council.asks(20)
    for source, by in ((Source.HEARING, PUBLIC), (Source.PORTAL, council.city.person("lina"))):
        said = NewOpinion(stance=Stance.FOR, role=Role.OTHER, words="好", source=source)
        with pytest.raises(Refused):
            opinions.give(number, said, by=by, now=days_ago(10))
    assert counts(council, number) == (0, 0)


def test_no_column_of_an_opinion_says_who_holds_it() -> None:
    assert {field.name for field in Opinion._meta.get_fields()} == {
        "id", "assessment", "number", "source", "stance", "role", "people", "words", "at", "entered_by",
        "answer", "shown", "request_key",
    }  # fmt: skip


def test_by_kind_all_that_a_filter_finds_go_under_one_answer(council: Council) -> None:
    number, li_na = council.asks(40), council.city.person("lina")
    for words in ("电梯太贵", "电梯太慢", "楼道太暗"):
        council.says(number, words, 20)
    council.hears(number, "电梯分摊不公", 15)
    answer = council.answers(number, "电梯费用", 10)
    found = OpinionFilters(words="电梯")
    assert opinions.put_under(
        number, answer, by=li_na, now=days_ago(9), filters=found
    ) == 3  # fmt: skip
    assert counts(council, number) == (4, 1)
    assert [one.opinions for one in queries.answers(_id(number))] == [3]


def test_moved_to_another_answer_an_opinion_is_counted_once(council: Council) -> None:
    number = council.asks(40)
    place = council.says(number, "电梯太贵", 20)
    council.answers(number, "费用", 10, of=(place,))
    other = council.answers(number, "其他", 9, of=(place,))
    assert counts(council, number) == (1, 0)
    answered = queries.answer_to(_id(number), place)
    assert answered is not None and answered.id == other


def test_no_conclusion_before_the_last_opinion_has_an_answer(council: Council) -> None:
    number = council.weighs(20)
    li_na = council.city.person("lina")
    council.hears(number, "还有一条", 18)
    with pytest.raises(Refused) as refused:
        assessments.submit(number, Conclusion.CONDITIONS, "可以", "", by=li_na, now=days_ago(17))
    assert refused.value.refusal.facts == {"left": "1"}
    opinions.put_under(
        number, queries.answers(_id(number))[0].id, by=li_na, now=days_ago(16),
        filters=OpinionFilters(answer=0),
    )  # fmt: skip
    assessments.submit(number, Conclusion.CONDITIONS, "可以", "", by=li_na, now=days_ago(15))


def test_an_answer_of_another_assessment_is_refused(council: Council) -> None:
    number, other = council.asks(40), council.asks(39)
    place = council.says(number, "电梯太贵", 20)
    strange = council.answers(other, "费用", 10)
    with pytest.raises(Refused) as refused:
        opinions.put_under(
            number, strange, by=council.city.person("lina"), now=days_ago(9), opinions=[place]
        )
    assert refused.value.refusal.code == "answer_unknown"
    assert counts(council, number) == (1, 1)


def test_two_answers_do_not_bear_one_name_but_one_can_be_worded_anew(council: Council) -> None:
    number, li_na = council.asks(40), council.city.person("lina")
    answer = council.answers(number, "费用", 10)
    with pytest.raises(Refused) as refused:
        opinions.write_answer(number, "费用", "别的", Heed.EXPLAINED, by=li_na, now=days_ago(9))
    assert refused.value.refusal.code == "answer_title_taken"
    opinions.write_answer(
        number, "费用", "改写。", Heed.PARTLY, by=li_na, now=days_ago(9), answer=answer
    )
    (kept,) = queries.answers(_id(number))
    assert (kept.words, kept.heed) == ("改写。", Heed.PARTLY)


def test_nothing_of_an_opinion_is_public_before_an_officer_released_it_without_numbers(
    council: Council,
) -> None:
    number, li_na = council.asks(40), council.city.person("lina")
    place = council.says(number, "电梯太贵，请打13855501234", 20)
    assert queries.shown_opinions(_id(number)) == []
    with pytest.raises(Refused) as refused:
        opinions.release(number, place, "电梯太贵，请打138 5550 1234", by=li_na, now=days_ago(9))
    assert refused.value.refusal.code == "personal_numbers_left"
    assert "13855501234" not in str(refused.value.refusal.facts)
    opinions.release(number, place, "电梯太贵。", by=li_na, now=days_ago(9))
    assert [one.shown for one in queries.shown_opinions(_id(number))] == ["电梯太贵。"]


def _id(number: str) -> int:
    found = queries.public_sheet(number)
    assert found is not None
    return found.line.id
