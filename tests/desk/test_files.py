"""Files with a step: kept until it is taken, named in the ledger by their hash, handed out in scope alone."""

import io
import re
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from tests.desk.at_work import Desk
from tests.desk.test_steps import address, last, seen_by
from tests.evidence import samples
from xinqiao.audit import queries as audit
from xinqiao.audit.kinds import AuditAction
from xinqiao.desk.matter.attached import of_matter
from xinqiao.evidence import actions as evidence
from xinqiao.evidence import queries as kept
from xinqiao.evidence.values import CONTACT, FileInfo, Owner
from xinqiao.intake import queries as intake


@pytest.fixture(autouse=True)
def home(tmp_path: Path, settings: Settings) -> Path:
    settings.XINQIAO_HOME = tmp_path
    return tmp_path


def chosen(content: bytes = samples.ACCEPTED["pdf"], name: str = "笔录.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def send(client: Client, number: str, step: str, **typed: Any) -> Any:
    typed.setdefault("seen", seen_by(client, number, step))
    return client.post(address(number, step), typed)


def supplements(desk: Desk, *files: SimpleUploadedFile) -> tuple[Any, Client]:
    """Li Na adds a supplement with these files."""
    receipt, client = desk.accepts(), desk.log_in("lina")
    answer = send(
        client, receipt.matter_number, "supplement", supplement="补充材料", files=list(files)
    )
    assert answer.status_code == 302, answer.content.decode()
    return receipt, client


def file_page(number: str, file: FileInfo) -> str:
    return reverse("desk:file", args=[number, file.id])


def test_the_ledger_names_the_very_bytes(desk: Desk) -> None:
    receipt, client = supplements(desk, chosen(), chosen(samples.ACCEPTED["text"], "说明.txt"))
    files = kept.files_of(of_matter(receipt.matter))
    assert [file.name for file in files] == ["笔录.pdf", "说明.txt"]
    assert last(receipt.matter).payload["files"] == [file.sha256 for file in files]
    html = client.get(reverse("desk:matter", args=[receipt.matter_number])).content.decode()
    assert "笔录.pdf" in html and file_page(receipt.matter_number, files[0]) in html


def test_a_file_that_is_refused_is_told_by_name_and_the_others_stay(desk: Desk) -> None:
    receipt, client = desk.accepts(), desk.log_in("lina")
    number = receipt.matter_number
    files = [chosen(), chosen(b"MZ\x90\x00 program", "安装.exe")]
    answer = send(client, number, "supplement", supplement="补充材料", files=files)
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "安装.exe" in html and "笔录.pdf" in html
    assert last(receipt.matter).step == "accept"
    held = re.findall(r'name="held" value="(\d+)"', html)
    assert len(held) == 1
    assert send(client, number, "supplement", supplement="补充材料", held=held).status_code == 302
    assert len(last(receipt.matter).payload["files"]) == 1


def test_a_missing_text_loses_no_file(desk: Desk) -> None:
    receipt, client = desk.accepts(), desk.log_in("lina")
    answer = send(client, receipt.matter_number, "supplement", files=[chosen()])
    assert answer.status_code == 422
    assert re.search(r'name="held" value="\d+" checked', answer.content.decode())


def test_the_second_look_carries_the_files(desk: Desk) -> None:
    receipt, client = desk.issues(5), desk.log_in("lina")
    number = receipt.matter_number
    look = send(
        client, number, "deliver_opinion", method="in_person", files=[chosen(name="回执.pdf")]
    )
    html = look.content.decode()
    assert look.status_code == 200 and "回执.pdf" in html
    assert last(receipt.matter).step == "issue_opinion"
    hidden = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', html))
    done = client.post(address(number, "deliver_opinion"), hidden | {"confirmed": "yes"})
    assert done.status_code == 302
    assert len(last(receipt.matter).payload["files"]) == 1


def test_what_lost_its_mark_does_not_go_with_the_step(desk: Desk) -> None:
    receipt, client = desk.accepts(), desk.log_in("lina")
    number = receipt.matter_number
    send(client, number, "supplement", files=[chosen()])
    assert send(client, number, "supplement", supplement="不带附件").status_code == 302
    assert "files" not in last(receipt.matter).payload
    assert kept.files_of(of_matter(receipt.matter)) == []


def test_a_step_that_is_refused_leaves_its_files_with_the_person(desk: Desk) -> None:
    """The matter has none of them, and the form still has."""
    receipt, client = desk.accepts(), desk.log_in("lina")
    seen = seen_by(client, receipt.matter_number, "supplement")
    desk.takes(receipt.matter, "designate", by="chenbo", officer=desk.city.account("lina"))
    answer = send(
        client, receipt.matter_number, "supplement", seen=seen, supplement="补充", files=[chosen()]
    )
    assert answer.status_code == 409
    assert kept.files_of(of_matter(receipt.matter)) == []
    assert 'name="held"' in answer.content.decode()


def test_nobody_takes_a_file_out_of_the_form_of_somebody_else(desk: Desk) -> None:
    receipt, client = desk.accepts(), desk.log_in("lina")
    html = send(client, receipt.matter_number, "supplement", files=[chosen()]).content.decode()
    held = re.findall(r'name="held" value="(\d+)"', html)
    answer = send(
        desk.log_in("chenbo"), receipt.matter_number, "supplement", supplement="补充", held=held
    )
    assert "有一个附件已经用在另一份表单中" in answer.content.decode()
    assert last(receipt.matter).step == "accept"


def test_looking_at_a_file_is_written_down_and_it_can_do_nothing(desk: Desk) -> None:
    receipt, client = supplements(desk, chosen())
    (file,) = kept.files_of(of_matter(receipt.matter))
    answer = client.get(file_page(receipt.matter_number, file))
    assert b"".join(answer.streaming_content) == kept.content(file).read()  # type: ignore[attr-defined]
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    entries = audit.entries(action=AuditAction.VIEWED)
    assert ("file", file.id) in {(one.object_kind, one.object_id) for one in entries}


@pytest.mark.parametrize(
    ("username", "status"),
    [("lina", 200), ("wangmin", 200), ("dingxia", 200), ("sunli", 404), ("malin", 404)],
)
def test_a_file_is_for_whom_the_matter_is_for(desk: Desk, username: str, status: int) -> None:
    receipt, _ = supplements(desk, chosen())
    (file,) = kept.files_of(of_matter(receipt.matter))
    client = desk.log_in(username)
    assert client.get(file_page(receipt.matter_number, file)).status_code == status


def test_a_file_of_a_report_never_reaches_the_reported(desk: Desk) -> None:
    receipt = desk.reports(reported_units=["city-housing"])
    letter = evidence.keep(
        io.BytesIO(samples.ACCEPTED["pdf"]), name="举报信.pdf", by=desk.city.person("wangmin"),
        owner=Owner(kind=CONTACT, id=intake.of_matter(receipt.matter)[0].id), now=timezone.now(),
    )  # fmt: skip
    for username, status in (("xujing", 200), ("lina", 404), ("chenbo", 404), ("dingxia", 404)):
        client = desk.log_in(username)
        assert client.get(file_page(receipt.matter_number, letter)).status_code == status, username


def test_a_file_is_not_found_through_another_matter(desk: Desk) -> None:
    receipt, client = supplements(desk, chosen())
    (file,) = kept.files_of(of_matter(receipt.matter))
    other = desk.accepts()
    assert client.get(file_page(other.matter_number, file)).status_code == 404
    for strange in (0, 99_999, 2**63, 10**30):
        page = reverse("desk:file", args=[receipt.matter_number, strange])
        assert client.get(page).status_code == 404
