"""Logs and error pages: nothing personal, nothing secret, nothing forged, whatever goes wrong."""

import logging
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils.module_loading import import_string

from tests.api.hotline import Hotline, lift
from tests.desk.at_work import Desk
from tests.desk.test_registering import registers
from tests.evidence import samples
from tests.portal.citizen import Citizen
from xinqiao.config.logs import LineFormatter
from xinqiao.directory.models import Account

NAME, PHONE, CARD = "欧阳标记", "13911112222", "340803199001011230"
SUBJECT, BODY, STREET = "标记主题水管爆裂", "标记正文，楼道积水。", "标记路77号"
PASSWORD, WRONG_CODE, FILE = "marked-password-of-lina", "MRKD2345", "标记文件.png"
MARKED = (NAME, PHONE, CARD, SUBJECT, BODY, STREET, PASSWORD, WRONG_CODE, FILE)
PERSON = {"name": NAME, "phone": PHONE, "id_number": CARD, "address": STREET}
MARKED_LIFT = lift(subject=SUBJECT, body=BODY, petitioner=PERSON)


class Lines(logging.Handler):
    """The log as it is written, at its most talkative."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        line = settings.LOGGING["formatters"]["line"]
        self.setFormatter(LineFormatter(line["format"], style=line["style"]))
        self.written: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.written.append(self.format(record))


@pytest.fixture
def lines() -> Iterator[Lines]:
    """Everything that `xinqiao` and `django` say, from DEBUG on."""
    handler = Lines()
    named = [logging.getLogger(name) for name in ("xinqiao", "django", "allauth", "gunicorn")]
    levels = [logger.level for logger in named]
    for logger in named:
        logger.addHandler(handler)
        logger.setLevel(logging.DEBUG)
    yield handler
    for logger, level in zip(named, levels, strict=True):
        logger.removeHandler(handler)
        logger.setLevel(level)


def nothing_of_it(lines: Lines, *answers: Any) -> None:
    """No marked value in any line, nor on a page of an error."""
    for line in lines.written:
        assert [one for one in MARKED if one in line] == [], line
    for answer in answers:
        assert answer.status_code >= 400
        assert [one for one in MARKED if one in answer.content.decode()] == []


def renamed_away(table: str) -> None:
    """A fault of ours, until the transaction of the test ends."""
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {table} RENAME TO somewhere_else")


def patient(client: Client) -> Client:
    """A browser that is shown the page of an error instead of the test."""
    client.raise_request_exception = False
    return client


def test_a_submission_with_everything_in_it(desk: Desk, lines: Lines) -> None:
    gao_lan = Citizen()
    gao_lan.submits(words={"subject": SUBJECT, "body": BODY}, person=PERSON)
    gao_lan.chooses((FILE, samples.picture()), ("标记文件.exe", b"MZ"))
    assert Hotline().sends(MARKED_LIFT).status_code == 201
    nothing_of_it(lines)


def test_wrong_codes_and_wrong_passwords(desk: Desk, lines: Lines) -> None:
    receipt, citizen = desk.receives(), Citizen()
    citizen.looks_up(receipt.number, WRONG_CODE)
    Hotline().looks_up(receipt.number, WRONG_CODE)
    typed = {"username": "lina", "password": PASSWORD}
    for _ in range(9):
        Client().post(reverse("desk:login"), typed)
    Client().post("/account/code/", {"phone": PHONE, "code": "123456"})
    nothing_of_it(lines)


@pytest.mark.parametrize(
    "content", [b'{"subject": "' + SUBJECT.encode(), lift(subject=SUBJECT, x=NAME), [PHONE]]
)
def test_a_faulty_request_of_a_program(desk: Desk, lines: Lines, content: object) -> None:
    nothing_of_it(lines, Hotline().sends(content))


@pytest.mark.parametrize("table", ["matters_text", "people_petitioner", "intake_contact"])
def test_a_fault_of_ours_in_the_middle_of_a_submission(
    desk: Desk, lines: Lines, table: str
) -> None:
    """The error is in the log with its way through the code; what was being written down is not."""
    gao_lan = Citizen(patient(Client()))
    gao_lan.fills_in(words={"subject": SUBJECT, "body": BODY}, person=PERSON)
    key = gao_lan.key()
    renamed_away(table)
    hotline = Hotline(patient(Client()))
    with transaction.atomic():
        page = gao_lan.sends(key)
    with transaction.atomic():
        told = hotline.sends(MARKED_LIFT)
    nothing_of_it(lines, page, told)
    assert any(table in line and "File " in line for line in lines.written), "the fault is told"


def test_a_fault_of_ours_at_the_desk(desk: Desk, lines: Lines) -> None:
    client = patient(desk.log_in("wangmin"))
    renamed_away("matters_text")
    typed = {"who-name": NAME, "who-phone": PHONE, "who-id_number": CARD, "subject": SUBJECT}
    with transaction.atomic():
        page = registers(client, body=BODY, **typed)
    nothing_of_it(lines, page)


def test_a_row_that_the_database_refuses_is_not_quoted(desk: Desk, lines: Lines) -> None:
    """PostgreSQL puts the values of the row into its error."""
    Account.objects.create_account(PHONE, NAME, None)
    try:
        with transaction.atomic():
            Account.objects.create_account(PHONE, NAME, None)
    except IntegrityError:
        logging.getLogger("xinqiao").exception("a row was refused")
    assert len(lines.written) == 1 and "IntegrityError" in lines.written[0]
    assert "username" in lines.written[0], "which rule it was"
    nothing_of_it(lines)


def test_a_value_that_the_database_cannot_read_is_not_quoted(desk: Desk, lines: Lines) -> None:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT CAST(%s AS integer) / 0", [f"{PHONE}x"])
    except DatabaseError:  # SQLite reads what it can, and says nothing
        logging.getLogger("xinqiao").exception("a value was refused")
    nothing_of_it(lines)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\x1b[2K", "\x00", "\u2028", "\x85"])
def test_nobody_forges_a_second_line(desk: Desk, lines: Lines, end: str) -> None:
    forged = "2026-03-02 09:00:00,000 INFO xinqiao.audit all is well"
    logging.getLogger("xinqiao").warning("typed: %s", f"x{end}{forged}")
    Client().get("/nowhere/" + f"x{end}{forged}".replace("\x00", ""))
    assert lines.written
    for line in lines.written:
        assert len(line.splitlines()) == 1
        assert "\x1b" not in line and "\x00" not in line


def test_the_words_of_an_error_stay_on_their_line(lines: Lines) -> None:
    try:
        raise ValueError("one\nTraceback (most recent call last):")
    except ValueError:
        logging.getLogger("xinqiao").exception("a fault")
    assert (
        lines.written[0]
        .splitlines()[-1]
        .endswith(r"ValueError: one\nTraceback (most recent call last):")
    )


def test_the_log_of_a_platform_is_written_that_way() -> None:
    """The settings name the formatter that these tests look at, for everything that is written."""
    logs = settings.LOGGING
    assert import_string(logs["formatters"]["line"]["()"]) is LineFormatter
    assert {one["formatter"] for one in logs["handlers"].values()} == {"line"}
    assert logs["root"]["handlers"] == ["stderr"]
