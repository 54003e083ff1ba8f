"""The same request from eight threads at the same moment is one contact, on both databases."""

from dataclasses import replace

import pytest

from tests.intake.test_receive import LETTER, NOW
from tests.support.together import together
from xinqiao.intake import actions
from xinqiao.intake.models import Contact
from xinqiao.rules.persons import petitioner_of


@pytest.fixture
def empty_city(committed_db: None) -> None:
    from tests.support import city_database  # noqa: PLC0415  settings must load first

    city_database.forget_cached_directory()
    city_database.load_city()


def test_eight_presses_of_the_button_make_one_contact(empty_city: None) -> None:
    online = replace(LETTER, channel="online", request_key="draft-7")
    calls = [lambda: actions.receive(online, by=petitioner_of(0), now=NOW) for _ in range(8)]
    receipts = together(calls)
    assert len({receipt.number for receipt in receipts}) == 1
    assert sum(receipt.fresh for receipt in receipts) == 1
    assert Contact.objects.count() == 1


def test_eight_people_at_once_all_get_their_receipt(empty_city: None) -> None:
    calls = [
        lambda n=n: actions.receive(
            replace(LETTER, channel="online", request_key=f"draft-{n}"),
            by=petitioner_of(0),
            now=NOW,
        )
        for n in range(8)
    ]
    receipts = together(calls)
    assert len({receipt.number for receipt in receipts}) == 8
    assert Contact.objects.count() == 8
