"""Files are found by their names and by what they say, by whom their matter exists for, until they are gone."""

from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.utils import timezone

from tests.evidence import samples
from tests.search.test_find import found
from xinqiao.evidence import actions as evidence
from xinqiao.evidence import queries
from xinqiao.evidence.models import FileWords, StoredFile
from xinqiao.evidence.values import CONTACT, DRAFT, MATTER, Owner
from xinqiao.matters.queries import Filters
from xinqiao.rules.persons import SYSTEM
from xinqiao.search import jobs
from xinqiao.search import queries as search
from xinqiao.search.attached import OWNERS
from xinqiao.search.filing import take
from xinqiao.search.jobs import file_everything, read_files
from xinqiao.search.models import Filing
from xinqiao.search.rebuilding import check, rebuild

if TYPE_CHECKING:
    from tests.desk.at_work import Desk
    from tests.support.city_database import City


@pytest.fixture
def desk(city: "City") -> "Desk":
    from tests.desk.at_work import Desk  # noqa: PLC0415  settings must load first

    return Desk(city)


def keep(content: bytes, name: str, kind: str, owner: int) -> int:
    return evidence.keep(
        BytesIO(content), name=name, owner=Owner(kind=kind, id=owner), by=SYSTEM, now=timezone.now()
    ).id


def test_a_file_of_a_contact_and_one_of_a_step_are_found(desk: "Desk") -> None:
    receipt = desk.accepts(10)
    keep(samples.printed("维修资金使用公示"), "公示.pdf", CONTACT, receipt.contact)
    keep(samples.letter("协议书", "每月退还停车费"), "和解協議.docx", MATTER, receipt.matter)
    keep(samples.picture(), "现场照片.jpg", CONTACT, receipt.contact)
    file_everything(timezone.now())
    assert found(SYSTEM, "现场照片") == [receipt.matter], "names at once"
    assert found(SYSTEM, "资金使用") == []
    assert read_files(timezone.now()) == 3
    li_na, sun_li = desk.city.person("lina"), desk.city.person("sunli")
    for words in ("资金使用", "退還停車費", "和解协议", "公示.pdf"):
        assert found(li_na, words) == [receipt.matter], words
        assert found(sun_li, words) == [], words
    (hit,) = search.find(li_na, "退还停车费", Filters(), timezone.now()).hits
    (excerpt,) = hit.excerpts
    assert excerpt.field == "files"
    assert "".join(text for text, _ in excerpt.pieces).startswith("和解協議.docx 协议书")
    assert read_files(timezone.now()) == 0, "none is read twice"
    assert queries.read_so_far(OWNERS) == {"read": 2, "without_program": 1}


def test_a_wall_closes_on_files_at_once(desk: "Desk") -> None:
    receipt = desk.accepts(10)
    keep("内部测算表".encode(), "测算.txt", CONTACT, receipt.contact)
    file_everything(timezone.now()), read_files(timezone.now())
    li_na = desk.city.person("lina")
    assert found(li_na, "内部测算") == [receipt.matter]
    account = desk.city.account("lina")
    desk.takes(receipt.matter, "recuse", by="lina", account=account, reason="亲属")
    assert found(li_na, "内部测算") == []


def test_numbers_of_people_are_found_neither_in_words_nor_in_names(desk: "Desk") -> None:
    identity, mobile = "340811199001011234", "13855501234"
    receipt = desk.accepts(10)
    text = f"联系人{mobile}，身份证{identity}。".encode()
    keep(text, f"身份证{identity}电话{mobile}扫描件.txt", CONTACT, receipt.contact)
    file_everything(timezone.now()), read_files(timezone.now())
    for words in (identity, identity[-6:], mobile, mobile[:7]):
        assert found(SYSTEM, words) == [], words
    (hit,) = search.find(SYSTEM, "扫描件", Filters(), timezone.now()).hits
    shown = "".join(text for one in hit.excerpts for text, _ in one.pieces)
    assert "身份证…电话…扫描件.txt" in shown and identity not in shown


def put_aside(*, back: bool) -> None:
    """The index is away for a while, as when somebody else holds the database."""
    names = ["search_pairs", "away"] if connection.vendor == "sqlite" else ["keys", "away"]
    here, there = reversed(names) if back else names
    column = (
        "" if connection.vendor == "sqlite" else f"search_filing RENAME COLUMN {here} TO {there}"
    )
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {column or f'{here} RENAME TO {there}'}")


def test_words_that_could_not_be_filed_are_read_again(desk: "Desk") -> None:
    receipt = desk.accepts(10)
    keep("内部测算表".encode(), "测算.txt", CONTACT, receipt.contact)
    file_everything(timezone.now())
    put_aside(back=False)
    assert read_files(timezone.now()) == 0
    put_aside(back=True)
    assert read_files(timezone.now()) == 1
    assert found(SYSTEM, "内部测算") == [receipt.matter]


def test_a_file_that_takes_long_leaves_the_others_for_the_next_run(
    desk: "Desk", monkeypatch: pytest.MonkeyPatch
) -> None:
    receipt = desk.accepts(10)
    keep("内部测算表".encode(), "测算.txt", CONTACT, receipt.contact)
    keep("会议纪要".encode(), "纪要.txt", CONTACT, receipt.contact)
    monkeypatch.setattr(jobs, "SECONDS", 0)
    assert read_files(timezone.now()) == 1
    assert (found(SYSTEM, "内部测算"), found(SYSTEM, "会议纪要")) == ([receipt.matter], [])
    assert read_files(timezone.now()) == 1
    assert found(SYSTEM, "会议纪要") == [receipt.matter]


def test_what_was_never_sent_is_not_read(desk: "Desk") -> None:
    keep("草稿里的话".encode(), "草稿.txt", DRAFT, 7)
    assert read_files(timezone.now()) == 0
    assert not FileWords.objects.exists()


def test_words_go_with_the_file(desk: "Desk") -> None:
    receipt = desk.accepts(10)
    kept = keep("内部测算表".encode(), "测算.txt", CONTACT, receipt.contact)
    file_everything(timezone.now()), read_files(timezone.now())
    StoredFile.objects.filter(pk=kept).delete()
    assert not FileWords.objects.exists()
    take([receipt.matter])
    assert found(SYSTEM, "内部测算") == []
    assert "内部测算" not in Filing.objects.get().words


def test_from_nothing_it_is_the_same_and_a_check_looks_into_files(desk: "Desk") -> None:
    receipt = desk.accepts(10)
    keep(samples.printed("维修资金使用公示"), "公示.pdf", CONTACT, receipt.contact)
    file_everything(timezone.now()), read_files(timezone.now())
    before = list(Filing.objects.values())
    assert list(rebuild()) == [1]
    assert list(Filing.objects.values()) == before
    assert check(50, seed=3).missed == ()
    assert found(SYSTEM, "资金使用") == [receipt.matter]


def test_a_damaged_file_stops_nothing(desk: "Desk") -> None:
    receipt = desk.accepts(10)
    keep(samples.docx(), "损坏.docx", CONTACT, receipt.contact)
    keep("完好的文字".encode(), "完好.txt", CONTACT, receipt.contact)
    file_everything(timezone.now())
    assert read_files(timezone.now()) == 2
    assert found(SYSTEM, "完好的文字") == [receipt.matter]
    assert queries.read_so_far(OWNERS) == {"failed": 1, "read": 1}
