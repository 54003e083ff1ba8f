"""Fifty people at once, with real commits: nothing is paid twice, nothing beyond the budget, no request lost."""

from collections import Counter
from functools import partial

from tests.relief.office import SMALL, Office
from tests.support.city_database import forget_cached_directory, load_city
from tests.support.together import together
from xinqiao.relief.models import Entry, Request
from xinqiao.relief.verify import verify
from xinqiao.rules.refusals import Refused

THREADS = 50


def opened(budget: int) -> Office:
    forget_cached_directory()
    return Office.opened(load_city(), budget)


def codes(answers: list[object]) -> Counter[str]:
    """How many went through, and the code of each refusal; any other error is told by its name."""
    return Counter(
        one.refusal.code if isinstance(one, Refused) else type(one).__name__ if isinstance(one, Exception) else "done"
        for one in answers
    )  # fmt: skip


def test_one_approval_is_paid_once_however_many_press_the_button(committed_db: None) -> None:
    office = opened(10 * SMALL)
    request = office.asks()
    office.approves(request)
    answers = codes(together([partial(office.pays, request)] * THREADS))
    assert answers == {"done": 1, "relief_wrong_state": THREADS - 1}
    assert office.balances.paid == SMALL
    assert Entry.objects.filter(kind="pay").count() == 1
    assert list(verify()) == []


def test_fifty_approvals_never_go_beyond_the_budget(committed_db: None) -> None:
    fits = 7
    office = opened(fits * SMALL + SMALL // 2)
    requests = []
    for n in range(THREADS):
        matter = office.another_matter(name=f"王{n}", phone=f"138555{n:05d}")
        requests.append(office.asks(matter=matter))
    answers = codes(together([partial(office.approves, one) for one in requests]))
    assert answers == {"done": fits, "relief_over_budget": THREADS - fits}
    assert office.balances.reserved == fits * SMALL
    assert office.balances.available == SMALL // 2
    assert Request.objects.filter(state="approved").count() == fits
    assert list(verify()) == []


def test_paying_dropping_and_giving_back_at_once_leave_the_books_right(committed_db: None) -> None:
    office = opened(40 * SMALL)
    approved, paid = [], []
    for n in range(20):
        matter = office.another_matter(name=f"王{n}", phone=f"138555{n:05d}")
        request = office.asks(matter=matter)
        office.approves(request)
        (approved if n % 2 else paid).append(request)
    for request in paid:
        office.pays(request)
    calls = [
        *(partial(office.pays, one) for one in approved * 2),
        *(partial(office.drops, one) for one in approved),
        *(partial(office.gets_back, one, SMALL // 2) for one in paid * 2),
    ]
    answers = codes(together(calls))
    assert set(answers) <= {"done", "relief_wrong_state", "relief_returns_more", "acted_meanwhile"}
    assert list(verify()) == []
    stands = office.balances
    rows = Request.objects.all()
    assert stands.paid == sum(one.amount for one in rows if one.state in {"paid", "returned"})
    assert stands.returned == sum(one.returned for one in rows)
    assert stands.reserved == 0


def test_two_offices_that_ask_for_the_same_help_at_once_make_one_request(
    committed_db: None,
) -> None:
    office = opened(10 * SMALL)
    others = [office.another_matter() for _ in range(THREADS // 5)]
    wanted = [partial(office.asks, matter=matter) for matter in others]
    answers = codes(together(wanted))
    assert answers == {"done": 1, "relief_pending": len(others) - 1}
    assert Request.objects.count() == 1
