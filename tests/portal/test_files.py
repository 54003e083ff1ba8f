"""Files with a submission: each looked at when it is chosen; what is refused says what to do, the others stay."""

from dataclasses import replace
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.test import Client
from pytest_django import Settings

from tests.evidence import samples
from tests.portal.citizen import Citizen, text_of
from xinqiao.evidence import queries as evidence
from xinqiao.evidence import store
from xinqiao.evidence.values import CONTACT, FileInfo, Owner
from xinqiao.intake import queries as intake
from xinqiao.portal.submit import files as files_of_draft
from xinqiao.portal.submit.draft import Draft

PHOTO, PDF = ("路灯.jpg", samples.photo_with_place()), ("合同.pdf", samples.ACCEPTED["pdf"])


@pytest.fixture(autouse=True)
def home(tmp_path: Path, settings: Settings) -> None:
    """Bytes of a test's own; the keys stay those of the platform."""
    (tmp_path / "keys").symlink_to(django_settings.XINQIAO_HOME / "keys")
    settings.XINQIAO_HOME = tmp_path


def of_draft(citizen: Citizen) -> list[FileInfo]:
    kept = citizen.kept("portal_draft")
    return Draft(today=None, **kept).files()  # type: ignore[arg-type]


def of_contact(receipt: object) -> list[FileInfo]:
    (contact,) = intake.of_matter(receipt.matter)  # type: ignore[attr-defined]
    return evidence.files_of(Owner(kind=CONTACT, id=contact.id))


def address(file: FileInfo) -> str:
    return f"/submit/files/{file.id}/"


def test_files_go_with_the_petition_and_stand_on_the_receipt(gao_lan: Citizen) -> None:
    gao_lan.fills_in()
    gao_lan.chooses(PHOTO, PDF)
    summary = text_of(gao_lan.client.get("/submit/check/"))
    assert "路灯.jpg" in summary
    page = gao_lan.client.get(gao_lan.sends()["Location"])
    assert [file.name for file in of_contact(page.context["receipt"])] == ["路灯.jpg", "合同.pdf"]
    assert "合同.pdf" in text_of(page)


def test_sent_twice_the_files_are_there_once(gao_lan: Citizen) -> None:
    gao_lan.fills_in()
    gao_lan.chooses(PHOTO)
    key = gao_lan.key()
    page = gao_lan.client.get(gao_lan.sends(key)["Location"])
    gao_lan.sends(key)
    assert len(of_contact(page.context["receipt"])) == 1


@pytest.mark.parametrize("script", [True, False])
def test_one_that_is_refused_says_why_and_the_others_stay(gao_lan: Citizen, script: bool) -> None:
    gao_lan.fills_in()
    bad = ("全部.zip", samples.zipped({"a": b"a"}))
    macros = ("表.xlsm", samples.docx({"word/vbaProject.bin": b"x"}))
    page = text_of(gao_lan.chooses(PHOTO, bad, macros, PDF, script=script))
    assert [file.name for file in of_draft(gao_lan)] == ["路灯.jpg", "合同.pdf"]
    assert "已添加2个文件。 2个文件没有添加，原因见下。" in page
    for words in (
        "全部.zip</strong>：压缩包不能上传。请解压后逐个上传",
        "表.xlsm</strong>：文件含有宏",
    ):
        assert words in page
    assert ("<html" in page) is not script


def test_what_came_of_choosing_is_said_once(gao_lan: Citizen) -> None:
    gao_lan.fills_in()
    gao_lan.chooses(("a.zip", samples.zipped({"a": b"a"})))
    assert "a.zip" not in text_of(gao_lan.client.get("/submit/files/"))


def test_choosing_nothing_says_so_and_asks_for_nothing(gao_lan: Citizen) -> None:
    gao_lan.fills_in()
    assert "没有选择文件" in text_of(gao_lan.chooses())


def test_a_photo_from_the_camera_comes_the_same_way(gao_lan: Citizen) -> None:
    gao_lan.fills_in()
    with_camera = gao_lan.client.post("/submit/files/add/", {"photo": upload("image.jpg")})
    assert with_camera.status_code == 302
    assert len(of_draft(gao_lan)) == 1


def upload(name: str) -> object:
    from django.core.files.uploadedfile import SimpleUploadedFile  # noqa: PLC0415

    return SimpleUploadedFile(name, samples.picture())


def test_a_file_can_be_looked_at_and_taken_out_again(gao_lan: Citizen) -> None:
    gao_lan.fills_in()
    gao_lan.chooses(PHOTO)
    (photo,) = of_draft(gao_lan)
    small = gao_lan.client.get(address(photo), {"show": "preview"})
    assert small["Content-Type"] == "image/jpeg"
    assert small["Content-Security-Policy"] == "sandbox; default-src 'none'"
    gao_lan.client.post("/submit/files/remove/", {"file": photo.id})
    assert of_draft(gao_lan) == []
    assert gao_lan.client.get(address(photo)).status_code == 404


def test_nobody_else_sees_or_takes_out_a_file(gao_lan: Citizen) -> None:
    gao_lan.fills_in()
    gao_lan.chooses(PHOTO)
    (photo,) = of_draft(gao_lan)
    stranger = Citizen()
    assert stranger.client.get(address(photo)).status_code == 404
    stranger.fills_in()
    assert stranger.client.get(address(photo)).status_code == 404
    stranger.client.post("/submit/files/remove/", {"file": photo.id})
    assert of_draft(gao_lan) == [photo]


@pytest.mark.parametrize("number", ["", "x", "-1", "²", "9" * 30, "404"])
def test_a_number_that_is_no_file_takes_out_nothing(gao_lan: Citizen, number: str) -> None:
    gao_lan.fills_in()
    gao_lan.chooses(PHOTO)
    answer = gao_lan.client.post("/submit/files/remove/", {"file": number})
    assert answer.status_code == 302
    assert len(of_draft(gao_lan)) == 1


def test_what_was_sent_is_no_longer_open_at_the_address_of_the_draft(gao_lan: Citizen) -> None:
    gao_lan.fills_in()
    gao_lan.chooses(PHOTO)
    (photo,) = of_draft(gao_lan)
    gao_lan.sends()
    assert gao_lan.client.get(address(photo)).status_code == 404


def test_there_is_an_end_to_number_and_size(
    gao_lan: Citizen, monkeypatch: pytest.MonkeyPatch
) -> None:
    gao_lan.fills_in()
    monkeypatch.setattr(files_of_draft, "MOST_FILES", 1)
    page = text_of(gao_lan.chooses(PHOTO, PDF))
    assert "合同.pdf</strong>：已经有1个文件了" in page
    assert "不能再添加" in page
    monkeypatch.setattr(files_of_draft, "MOST_FILES", 5)
    monkeypatch.setattr(files_of_draft, "MOST_BYTES", 1)
    assert "合计超过" in text_of(gao_lan.chooses(PDF))
    assert len(of_draft(gao_lan)) == 1


def test_who_sends_too_many_is_told_how_long_to_wait(
    gao_lan: Citizen, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        files_of_draft, "FROM_A_DRAFT", replace(files_of_draft.FROM_A_DRAFT, most=1)
    )
    gao_lan.fills_in()
    page = text_of(gao_lan.chooses(PDF, PHOTO))
    assert "路灯.jpg</strong>：从这里上传的文件过多。请过60分钟再选择。" in page
    assert [file.name for file in of_draft(gao_lan)] == ["合同.pdf"]
    somebody = Citizen()
    somebody.fills_in()
    assert "已添加1个文件" in text_of(somebody.chooses(PHOTO))


def test_a_full_disk_is_said_and_loses_nothing(
    gao_lan: Citizen, monkeypatch: pytest.MonkeyPatch
) -> None:
    gao_lan.fills_in()
    gao_lan.chooses(PDF)

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(store, "put", full)
    assert "暂时无法保存这个文件" in text_of(gao_lan.chooses(PHOTO))
    assert [file.name for file in of_draft(gao_lan)] == ["合同.pdf"]
    assert "电梯停用半年" in text_of(gao_lan.client.get("/submit/check/"))


@pytest.mark.parametrize("script", [True, False])
def test_choosing_when_the_draft_is_gone_leads_to_the_beginning(
    gao_lan: Citizen, script: bool
) -> None:
    answer = gao_lan.chooses(PHOTO, script=script)
    if script:
        assert answer["HX-Redirect"] == "/submit/check/"
    else:
        assert "没有可以提交的内容" in text_of(answer)


def test_deleting_the_draft_takes_its_files_along(gao_lan: Citizen) -> None:
    gao_lan.fills_in()
    gao_lan.chooses(PHOTO)
    (photo,) = of_draft(gao_lan)
    gao_lan.client.post("/submit/forget/")
    found = evidence.file(photo.id)
    assert found is not None
    assert found.owner.id == 0
    assert gao_lan.client.get(address(photo)).status_code == 404


@pytest.mark.parametrize("door", ["/submit/files/add/", "/submit/files/remove/", "/submit/keep/"])
def test_only_a_form_of_our_own_may_send(gao_lan: Citizen, door: str) -> None:
    assert gao_lan.client.get(door).status_code == 405
    assert Client(enforce_csrf_checks=True).post(door).status_code == 403
