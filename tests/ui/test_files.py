"""The list of files: what can be seen of each, and where a click leads."""

from datetime import UTC, datetime

import pytest
from django.template import Context, Template
from django.utils import translation

from xinqiao.evidence.contents import Kind
from xinqiao.evidence.values import FileInfo, Owner
from xinqiao.ui.files import entries


def file(kind: Kind, name: str = "材料") -> FileInfo:
    return FileInfo(
        id=7, owner=Owner(kind="contact", id=1), name=name, kind=kind, size=214_000,
        sha256="0" * 64, received_at=datetime(2026, 5, 6, tzinfo=UTC),
    )  # fmt: skip


def drawn(*files: FileInfo, remove: str = "", language: str = "zh-hans") -> str:
    with translation.override(language):
        made = entries(files, lambda one: f"/files/{one.id}/", remove=remove)
        page = Template("{% load ui %}{% file_list entries 'Files' %}")
        return page.render(Context({"entries": made, "csrf_token": "token"}))


def test_a_picture_is_seen_small_and_opens_large() -> None:
    html = drawn(file(Kind.JPEG, "路灯.jpg"))
    assert 'src="/files/7/?show=preview"' in html
    assert 'href="/files/7/?show=whole"' in html
    assert 'alt="图片 路灯.jpg，点击看大图"' in html
    assert "<audio" not in html


def test_a_recording_can_be_listened_to() -> None:
    html = drawn(file(Kind.MP3, "录音.mp3"))
    assert (
        '<audio controls preload="none" src="/files/7/?show=whole" aria-label="录音.mp3">' in html
    )
    assert "<img" not in html


@pytest.mark.parametrize(
    ("kind", "zh", "en"),
    [
        (Kind.PDF, "PDF，209.0\xa0KB", "PDF, 209.0\xa0KB"),
        (Kind.DOCX, "Word，", "Word, "),
        (Kind.XLS, "Excel，", "Excel, "),
        (Kind.TEXT, "文本文件，", "Text file, "),
        (Kind.PNG, "图片，", "Picture, "),
        (Kind.WAV, "录音，", "Recording, "),
    ],
)
def test_it_says_what_it_is_and_how_large(kind: Kind, zh: str, en: str) -> None:
    assert zh in drawn(file(kind))
    assert en in drawn(file(kind), language="en")
    assert 'href="/files/7/" download' in drawn(file(kind))


def test_names_are_text_and_never_markup() -> None:
    html = drawn(file(Kind.PDF, '"><script>alert(1)</script>'))
    assert "<script" not in html


def test_only_what_may_be_taken_out_has_a_button_for_it() -> None:
    assert "<form" not in drawn(file(Kind.PDF))
    html = drawn(file(Kind.PDF), remove="/submit/files/remove/")
    assert 'action="/submit/files/remove/"' in html
    assert 'name="csrfmiddlewaretoken" value="token"' in html
    assert 'name="file" value="7"' in html
