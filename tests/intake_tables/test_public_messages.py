"""The public messages that the platform is measured with: every row is read, none is lost.

The files are not part of the repository; without them these tests are skipped.
"""

from pathlib import Path

import pytest

from tests.intake_tables.cast import NOW
from xinqiao.intake.tables.mapping import automatic_mapping
from xinqiao.intake.tables.planning import Defaults, PlannedContact, planned_contacts
from xinqiao.intake.tables.reading import read_table

DATA = Path(__file__).parents[2].parent / "shared" / "data"

pytestmark = pytest.mark.skipif(
    not DATA.is_dir(), reason="the public messages are not beside the repository (../shared/data)"
)


def planned(name: str) -> tuple[int | None, list[PlannedContact], list[str]]:
    table = read_table(DATA / name)
    mapping = automatic_mapping(table.headers)
    answers = list(planned_contacts(table.rows, mapping, Defaults(), NOW))
    contacts = [answer for answer in answers if isinstance(answer, PlannedContact)]
    reasons = [
        reason.problem.code
        for answer in answers
        if not isinstance(answer, PlannedContact)
        for reason in answer.reasons
    ]
    return table.total, contacts, reasons


@pytest.mark.parametrize(
    ("name", "rows"), [("messages_2019.csv", 4326), ("messages_answered.csv", 2816)]
)
def test_every_row_becomes_a_contact(name: str, rows: int) -> None:
    total, contacts, reasons = planned(name)
    assert (total, len(contacts), reasons) == (rows, rows, [])
    assert all(c.body and c.body == c.body.strip() for c in contacts)
    assert {flag.problem.code for c in contacts for flag in c.flags} <= {"invisible_removed"}


def test_every_answer_is_read_with_its_date() -> None:
    _, contacts, _ = planned("messages_answered.csv")
    assert all(
        c.answered_at is not None and c.answered_at >= c.received_at for c in contacts if c.answer
    )
    assert sum(1 for c in contacts if c.answer) == 2816


def test_the_one_number_that_stands_twice_is_noticed() -> None:
    total, contacts, reasons = planned("messages_labelled.csv")
    assert (total, len(contacts), reasons) == (495, 494, ["source_number_repeated"])
    assert all(len(c.categories) == 1 for c in contacts)
