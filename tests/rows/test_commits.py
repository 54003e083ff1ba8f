"""What only shows where commits are real: one statement is one transaction, and what is not whole is not there."""

from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext

from tests.rows.test_write import contact, entry, matter, put
from tests.support.together import together
from xinqiao.intake.models import Contact
from xinqiao.matters.models import Matter


def test_on_postgresql_one_statement_and_no_way_for_the_transaction(committed_db: None) -> None:
    one = matter()
    with CaptureQueriesContext(connection) as statements:
        put([one, entry(one), contact(one)])
    most = 1 if connection.vendor == "postgresql" else 5  # BEGIN, three tables, COMMIT
    assert len(statements) == most
    assert Contact.objects.get().matter_id == one.pk


def test_what_was_not_committed_whole_was_not_committed(committed_db: None) -> None:
    def refused() -> None:
        one = matter()
        put([one, entry(one), entry(one)])

    both = together([refused, refused])
    assert [type(answer) for answer in both] == [IntegrityError] * 2, both
    assert Matter.objects.count() == 0
