"""Keeping a file: whole or not at all, once, and only what can be handed out again."""

import hashlib
import io
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from pytest_django import Settings

from tests.evidence import samples
from xinqiao.evidence import queries, store
from xinqiao.evidence.actions import hand_over, keep
from xinqiao.evidence.contents import Kind
from xinqiao.evidence.models import StoredFile
from xinqiao.evidence.values import MAX_BYTES, FileInfo, Owner
from xinqiao.rules.glossary import say
from xinqiao.rules.persons import SYSTEM, Person, PersonKind
from xinqiao.rules.refusals import Refused

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 5, 6, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
ZHAO = Person(kind=PersonKind.STAFF, account=7)
LETTER = Owner(kind="contact", id=1)
PHOTO = samples.ACCEPTED["jpeg"]


@pytest.fixture(autouse=True)
def home(tmp_path: Path, settings: Settings) -> Path:
    settings.XINQIAO_HOME = tmp_path
    return tmp_path


def kept(content: bytes = PHOTO, name: str = "路灯.jpg", owner: Owner = LETTER) -> FileInfo:
    return keep(io.BytesIO(content), name=name, owner=owner, by=ZHAO, now=NOW)


def files_on_disk(home: Path) -> list[Path]:
    return [path for path in (home / "evidence").rglob("*") if path.is_file()]


def previews_on_disk(home: Path) -> list[Path]:
    return [path for path in (home / "previews").rglob("*") if path.is_file()]


def test_a_photo_is_kept_under_its_hash(home: Path) -> None:
    info = kept()
    (path,) = files_on_disk(home)
    drawn = path.read_bytes()
    digest = hashlib.sha256(drawn).hexdigest()
    assert info == FileInfo(
        id=info.id,
        owner=LETTER,
        name="路灯.jpg",
        kind=Kind.JPEG,
        size=len(drawn),
        sha256=digest,
        received_at=NOW,
        received_sha256=hashlib.sha256(PHOTO).hexdigest(),
    )
    assert path == home / "evidence" / digest[:2] / digest[2:4] / digest
    assert queries.content(info).read() == drawn
    assert StoredFile.objects.get().received_by == 7


def test_only_the_platform_may_read_it(home: Path) -> None:
    kept()
    for path in (*files_on_disk(home), *previews_on_disk(home)):
        assert path.stat().st_mode & 0o077 == 0
    for folder in ("evidence", "previews"):
        assert (home / folder).stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("kind", sorted(samples.ACCEPTED))
def test_every_accepted_kind_comes_back_with_its_type(kind: str) -> None:
    info = kept(samples.ACCEPTED[kind], name="材料")
    assert info.kind == kind
    assert info.name == f"材料{info.format.suffix}"
    assert info.format.mime.partition("/")[0] in {"image", "audio", "application", "text"}


def test_nothing_that_could_run_is_ever_shown_in_the_browser() -> None:
    shown = {kind for kind in samples.ACCEPTED if kept(samples.ACCEPTED[kind]).format.shown}
    assert shown == {"jpeg", "png", "webp", "mp3", "m4a", "wav"}


@pytest.mark.parametrize(
    ("code", "content"),
    [(code, content) for code, contents in samples.REFUSED.items() for content in contents],
)
def test_what_is_refused_leaves_nothing_behind(home: Path, code: str, content: bytes) -> None:
    with pytest.raises(Refused) as raised:
        kept(content)
    assert raised.value.refusal.code == code
    assert all(say(raised.value.refusal, lang) for lang in ("zh-hans", "en"))
    assert files_on_disk(home) == previews_on_disk(home) == []
    assert not StoredFile.objects.exists()


def test_a_document_that_unpacks_beyond_measure_is_refused(home: Path) -> None:
    with pytest.raises(Refused) as raised:
        kept(samples.docx({"word/media/photo.bmp": bytes(30_000_000)}))
    assert raised.value.refusal.code == "file_unpacks_too_large"
    assert raised.value.refusal.facts == {"size": "31", "limit": "200"}
    assert "31 megabytes" in say(raised.value.refusal, "en")
    assert files_on_disk(home) == []


def test_a_document_with_a_password_on_its_parts_is_refused() -> None:
    content = bytearray(samples.docx())
    for mark in (b"PK\3\4", b"PK\1\2"):  # bit 0 of the flags: this part is encrypted
        content[content.find(mark) + (6 if mark[2] == 3 else 8)] |= 1
    with pytest.raises(Refused) as raised:
        kept(bytes(content))
    assert raised.value.refusal.code == "file_protected"


def test_exactly_the_limit_is_taken_and_one_byte_more_is_not(home: Path) -> None:
    text = b"a" * 1000
    for limit, refused in ((1000, False), (999, True)):
        try:
            keep(io.BytesIO(text), name="信", owner=LETTER, by=SYSTEM, now=NOW, limit=limit)
        except Refused as no:
            assert refused
            assert no.refusal.code == "file_too_large"
            assert say(no.refusal, "en")
        else:
            assert not refused
    assert len(files_on_disk(home)) == 1
    assert MAX_BYTES == 50_000_000


def test_sending_twice_keeps_once(home: Path) -> None:
    assert kept(name="路灯.jpg") == kept(name="又一次.jpg")
    assert StoredFile.objects.count() == 1
    assert len(files_on_disk(home)) == 1


def test_the_same_photo_for_two_letters_lies_once_and_belongs_to_both(home: Path) -> None:
    other = Owner(kind="contact", id=2)
    kept()
    kept(owner=other)
    assert len(files_on_disk(home)) == 1
    assert [len(files) for files in queries.files_of_each("contact", [1, 2, 3]).values()] == [
        1,
        1,
        0,
    ]


def test_a_draft_hands_its_files_to_the_contact_it_became() -> None:
    draft = Owner(kind="draft", id=9)
    photo, letter = kept(owner=draft), kept(samples.ACCEPTED["text"], "信.txt", draft)
    given = hand_over([photo.id, letter.id, 404], to=LETTER)
    assert [file.name for file in given] == ["路灯.jpg", "信.txt"]
    assert {file.owner for file in given} == {LETTER}
    assert queries.files_of(draft) == []
    assert queries.files_of(LETTER) == given
    assert hand_over([photo.id, letter.id], to=LETTER) == given


def test_handing_over_what_the_contact_has_already_doubles_nothing() -> None:
    kept()
    twin = kept(owner=Owner(kind="draft", id=9))
    assert len(hand_over([twin.id], to=LETTER)) == 1


def test_a_file_nobody_knows_is_none() -> None:
    info = kept()
    assert queries.file(info.id) == info
    assert queries.file(info.id + 1) is None


def test_bytes_that_were_lost_or_changed_are_found() -> None:
    whole, lost = kept(), kept(samples.ACCEPTED["text"], "信.txt")
    changed = kept(samples.ACCEPTED["pdf"], "决定.pdf")
    store.place_of(lost.sha256).unlink()
    store.place_of(changed.sha256).write_bytes(b"%PDF-1.7 forged")
    assert {file.id for file in queries.damaged()} == {lost.id, changed.id}
    assert hashlib.sha256(queries.content(whole).read()).hexdigest() == whole.sha256


def test_a_photo_sent_again_mends_the_one_that_was_damaged() -> None:
    first = kept()
    store.place_of(first.sha256).write_bytes(b"damaged")
    assert kept().id == first.id
    assert list(queries.damaged()) == []


@pytest.mark.parametrize("wrong", [{"owner_kind": ""}, {"size": 0}, {"kind": "program"}])
def test_the_database_itself_refuses_a_wrong_row(wrong: dict[str, object]) -> None:
    row = dict(
        owner_kind="contact", owner_id=1, sha256="0" * 64, size=1, name="a", kind="pdf",
        received_at=NOW,
    )  # fmt: skip
    with pytest.raises((IntegrityError, DatabaseError)), transaction.atomic():
        StoredFile.objects.create(**row | wrong)
