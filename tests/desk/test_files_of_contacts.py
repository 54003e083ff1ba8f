"""What comes with a contact: kept while the form is filled in, the contact's own when it is entered."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.desk.at_work import Desk
from tests.desk.test_registering import nothing_stored, registers, the_one
from tests.evidence import samples
from xinqiao.desk.registering.files import MOST_FILES, draft_of
from xinqiao.evidence import queries as evidence
from xinqiao.evidence.values import CONTACT, Owner
from xinqiao.intake import queries as intake

KEY = "key-of-the-form"


def picture(name: str = "照片.jpg", size: tuple[int, int] = (60, 40)) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, samples.picture(size=size), content_type="image/jpeg")


def sends(client: Client, *files: SimpleUploadedFile, key: str = KEY, **more: str) -> Any:
    return client.post(reverse("desk:draft_files", args=[key]), {"files": list(files)} | more)


def kept(desk: Desk, username: str = "wangmin", key: str = KEY) -> list[str]:
    return [one.name for one in evidence.files_of(draft_of(desk.city.account(username), key))]


def of_the_contact(desk: Desk) -> list[str]:
    (contact,) = intake.of_matter(the_one(desk).id)
    return [one.name for one in evidence.files_of(Owner(kind=CONTACT, id=contact.id))]


def test_files_are_kept_at_once_and_become_the_contacts_own(desk: Desk) -> None:
    client = desk.log_in("wangmin")
    html = sends(
        client, picture(), SimpleUploadedFile("材料.docx", samples.docx())
    ).content.decode()
    assert "照片.jpg" in html and "材料.docx" in html
    assert (
        registers(
            client, "letter", received_at=None, received_on=str(timezone.localdate())
        ).status_code
        == 302
    )
    assert of_the_contact(desk) == ["照片.jpg", "材料.docx"]
    assert kept(desk) == []


def test_without_scripts_files_come_with_the_form(desk: Desk) -> None:
    assert registers(desk.log_in("wangmin"), files=[picture()]).status_code == 302
    assert of_the_contact(desk) == ["照片.jpg"]


def test_an_error_elsewhere_loses_no_file(desk: Desk) -> None:
    client = desk.log_in("wangmin")
    answer = registers(client, files=[picture()], subject="")
    assert answer.status_code == 422 and "照片.jpg" in answer.content.decode()
    assert registers(client).status_code == 302
    assert of_the_contact(desk) == ["照片.jpg"]


@pytest.mark.parametrize(
    "bad",
    [
        SimpleUploadedFile("程序.jpg", b"MZ" + bytes(200)),
        SimpleUploadedFile("空.pdf", b""),
        SimpleUploadedFile("网页.png", b"<html><script>alert(1)</script></html>"),
    ],
    ids=lambda one: one.name,
)
def test_a_file_that_cannot_be_kept_is_told_and_the_others_stay(
    desk: Desk, bad: SimpleUploadedFile
) -> None:
    bad.seek(0)
    client = desk.log_in("wangmin")
    html = sends(client, picture(), bad).content.decode()
    assert 'role="alert"' in html and (bad.name or "") in html
    assert kept(desk) == ["照片.jpg"]
    bad.seek(0)
    assert registers(client, files=[bad]).status_code == 422
    assert nothing_stored(desk)


def test_a_file_is_taken_out_with_and_without_scripts(desk: Desk) -> None:
    client = desk.log_in("wangmin")
    sends(client, picture("一.jpg"), picture("二.jpg", (50, 50)))
    first, second = evidence.files_of(draft_of(desk.city.account("wangmin"), KEY))
    assert "一.jpg" not in sends(client, remove_file=str(first.id)).content.decode()
    answer = registers(client, remove_file=str(second.id))
    assert answer.status_code == 200 and 'role="alert"' not in answer.content.decode()
    assert kept(desk) == [] and nothing_stored(desk)


def test_nobody_else_reads_or_takes_out_what_is_kept(desk: Desk) -> None:
    sends(desk.log_in("wangmin"), picture())
    (file,) = evidence.files_of(draft_of(desk.city.account("wangmin"), KEY))
    address = reverse("desk:draft_file", args=[KEY, file.id])
    assert desk.log_in("wangmin").get(address).status_code == 200
    for username in ("zhaogang", "lina"):
        other = desk.log_in(username)
        assert other.get(address).status_code == 404
        sends(other, remove_file=str(file.id))
    assert desk.log_in("malin").get(address).status_code == 403
    assert Client().get(address).status_code == 302
    assert (
        desk.log_in("wangmin").get(reverse("desk:draft_file", args=["other", file.id])).status_code
        == 404
    )
    assert kept(desk) == ["照片.jpg"]


def test_files_of_one_form_are_not_those_of_another(desk: Desk) -> None:
    client = desk.log_in("wangmin")
    sends(client, picture("别的.jpg"), key="another-form")
    sends(client, picture("这一件.jpg"))
    registers(client)
    assert of_the_contact(desk) == ["这一件.jpg"]
    assert kept(desk, key="another-form") == ["别的.jpg"]


def test_there_is_an_end_to_the_number_of_files(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("xinqiao.desk.registering.files.MOST_FILES", 2)
    assert MOST_FILES == 30
    pictures = [picture(f"{n}.jpg", (20 + n, 20)) for n in range(3)]
    html = sends(desk.log_in("wangmin"), *pictures).content.decode()
    assert "最多附 2 个文件" in html and len(kept(desk)) == 2


def test_the_receipt_names_the_files(desk: Desk) -> None:
    client = desk.log_in("wangmin")
    answer = registers(client, files=[picture()])
    assert "照片.jpg" in client.get(answer.headers["Location"]).content.decode()
