"""Ten thousand requests: a page costs what it shows, with a bounded number of questions to the database."""

from datetime import timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.relief.office import SMALL, Office, now
from xinqiao.relief import queries
from xinqiao.relief.models import Request
from xinqiao.relief.queries import Filters

MANY = 10_000
#: What a page of the list may ask, however many requests there are: session, person, posts, units, then the list.
MOST_QUERIES = 20


def fill(office: Office) -> None:
    """Old requests that were refused, on one matter."""
    lina = office.desk.city.account("lina")
    Request.objects.bulk_create(
        [
            Request(
                matter_id=office.matter, petitioner=n, person=n, office="city-petition", unit="city-housing",
                need="living", asked=SMALL, amount=SMALL, state="refused", requested_by=lina,
                requested_at=now() - timedelta(days=n % 900),
            )
            for n in range(MANY)
        ],
        batch_size=500,
    )  # fmt: skip


def asked(office: Office, address: str) -> int:
    """How many questions the page puts to the database."""
    browser = office.desk.log_in("wangmin")
    browser.get(address)
    with CaptureQueriesContext(
        connection,
    ) as few:
        answer = browser.get(address)
    assert answer.status_code == 200
    return len(few)


def test_a_page_of_ten_thousand_asks_no_more_than_a_page_of_one(office: Office) -> None:
    office.asks()
    address = reverse("desk:relief")
    before = asked(office, address)
    fill(office)
    assert asked(office, address) <= before + 1 <= MOST_QUERIES


def test_pages_follow_each_other_without_a_gap(office: Office) -> None:
    fill(office)
    person = office.person("wangmin")
    first = queries.requests(person, Filters(), now())
    second = queries.requests(person, Filters(), now(), before=first[-1].id)
    ids = [line.id for line in [*first, *second]]
    assert len(ids) == 100
    assert ids == sorted(ids, reverse=True)
    assert ids[0] - ids[-1] == 99
