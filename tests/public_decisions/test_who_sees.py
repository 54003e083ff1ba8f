"""Whom assessments and calls exist for: one scope, asked by every list, page, act and export."""

from django.utils import timezone

from tests.public_decisions.stories import Council
from tests.support.city import CAST
from xinqiao.public_decisions import calls, queries


def sees(council: Council, number: str) -> set[str]:
    now = timezone.now()
    found = set()
    for name in CAST:
        person = council.city.person(name)
        listed = number in {one.number for one in queries.page(person, "", "", 1, 50, now)}
        assert listed is (queries.find(person, number, now) is not None)
        assert listed is (queries.sheet(person, number, now) is not None)
        found |= {name} if listed else set()
    return found


def test_a_draft_exists_for_the_unit_and_those_above_it(council: Council) -> None:
    assert sees(council, council.begins()) == {"lina", "chenbo", "wutao", "shenhao"}


def test_once_the_public_is_asked_offices_and_governments_of_the_place_see_it(
    council: Council,
) -> None:
    assert sees(council, council.asks()) == {
        "lina", "chenbo", "wutao", "shenhao", "wangmin", "zhaogang", "dingxia", "yanfei",
    }  # fmt: skip


def test_a_draft_of_a_call_is_the_callers_own(council: Council) -> None:
    number = council.calls_for()
    person = council.city.person
    assert calls.call(person("dingxia"), number, timezone.now()) is not None
    assert calls.call(person("sunli"), number, timezone.now()) is None
    assert calls.call(person("malin"), number, timezone.now()) is None


def test_everybody_reads_what_was_asked_and_nothing_of_a_draft(council: Council) -> None:
    draft, asked = council.begins(), council.asks(10)
    assert queries.public_sheet(draft) is None
    public = queries.public_sheet(asked)
    assert public is not None and public.history == ()
    asking, over = queries.public_decisions(timezone.now())
    assert ([one.number for one in asking], over) == ([asked], [])


def test_what_was_given_up_before_anybody_was_asked_stays_inside(council: Council) -> None:
    from tests.public_decisions.stories import days_ago  # noqa: PLC0415
    from xinqiao.public_decisions.actions import assessments  # noqa: PLC0415

    number = council.begins(9)
    assessments.drop(number, "不再需要。", by=council.city.person("lina"), now=days_ago(8))
    assert queries.public_sheet(number) is None
    assert queries.public_decisions(timezone.now()) == ([], [])


def test_lists_ask_a_bounded_number_of_questions_however_long_they_are(
    council: Council, django_assert_num_queries: object
) -> None:
    for _ in range(12):
        council.begins(), council.calls_for()
    wang_min, now = council.city.person("wangmin"), timezone.now()
    li_na = council.city.person("lina")
    with django_assert_num_queries(1):  # type: ignore[operator]
        assert len(queries.page(li_na, "", "", 1, 10, now)) == 11
    with django_assert_num_queries(2):  # type: ignore[operator]
        assert len(calls.page(wang_min, "", 2, 10, now)) == 2


def test_a_list_of_opinions_asks_the_database_once(
    council: Council, django_assert_num_queries: object
) -> None:
    number = council.asks(20)
    for place in range(60):
        council.says(number, f"意见{place}", 10)
    found = queries.public_sheet(number)
    assert found is not None
    with django_assert_num_queries(1):  # type: ignore[operator]
        page = queries.opinions(found.line.id, queries.OpinionFilters(), 50, 50)
    assert [one.number for one in page] == list(range(51, 61))
