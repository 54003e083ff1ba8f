"""A message is promised in the transaction of what it tells: with it, or not at all, and once."""

import pytest
from django.db import IntegrityError, connection, transaction

from tests.outbox.messages import CITY_DESK, GAO_LAN, NOW, promise
from xinqiao.outbox.actions import queue
from xinqiao.outbox.models import OutgoingMessage
from xinqiao.outbox.queries import pending
from xinqiao.outbox.values import Channel, Recipient

pytestmark = pytest.mark.django_db


def test_a_promised_message_waits_with_all_that_was_said() -> None:
    number = promise("receipt/1")
    (message,) = pending()
    assert (message.id, message.key, message.to) == (number, "receipt/1", GAO_LAN)
    assert (message.kind, message.template) == ("receipt", "receipt")
    assert message.data == {"number": "20260302-1"}
    assert (message.created_at, message.due_at, message.sent_at) == (NOW, NOW, None)


def test_the_same_occasion_twice_is_one_message() -> None:
    first = promise("receipt/1")
    assert promise("receipt/1", to=CITY_DESK) == first
    assert [message.to for message in pending()] == [GAO_LAN]


def test_what_is_rolled_back_is_not_announced() -> None:
    class Stop(Exception):
        pass

    with pytest.raises(Stop), transaction.atomic():
        promise("receipt/1")
        raise Stop
    assert pending() == []


def test_a_message_without_an_occasion_is_refused() -> None:
    with pytest.raises(ValueError, match="occasion"):
        queue(key=" ", kind="receipt", to=GAO_LAN, template="receipt", now=NOW)


@pytest.mark.parametrize(
    "recipient",
    [
        {"channel": Channel.SMS},
        {"channel": Channel.PRINT, "petitioner": 3, "unit": "city-petition"},
        {"channel": Channel.DESK, "petitioner": 3},
        {"channel": Channel.PETITIONERS, "petitioner": 3, "matter": 1},
        {"channel": Channel.PETITIONERS},
    ],
)
def test_a_message_goes_to_one_who_can_be_reached_so(recipient: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="unit"):
        Recipient(**recipient)


def test_the_database_itself_wants_one_recipient() -> None:
    number = promise("receipt/1")
    row = OutgoingMessage.objects.filter(pk=number)
    for change in (
        {"unit": "city-petition"},
        {"petitioner_id": None},
        {"channel": "pigeon"},
        {"channel": "petitioners", "matter_id": 1},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            row.update(**change)


def test_there_is_no_column_for_a_phone_an_address_or_a_name() -> None:
    with connection.cursor() as cursor:
        table = OutgoingMessage._meta.db_table
        columns = {
            one.name for one in connection.introspection.get_table_description(cursor, table)
        }
    assert columns == {
        "id", "idempotency_key", "kind", "channel", "petitioner_id", "unit", "matter_id", "template", "data",
        "created_at", "due_at", "next_try_at", "sent_at", "attempts", "last_error",
    }  # fmt: skip
