"""Handing a file out: shown or saved under its name, and unable to do anything else."""

import io
import logging
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.http import Http404, HttpResponseBase
from django.test import RequestFactory
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from PIL import Image
from pytest_django import Settings

from tests.evidence import samples
from xinqiao.evidence import queries, store
from xinqiao.evidence.actions import hand_over, keep, remove_from_draft
from xinqiao.evidence.jobs import DRAFTS_LAST, discard_drafts
from xinqiao.evidence.serving import answer
from xinqiao.evidence.values import DRAFT, FileInfo, Owner
from xinqiao.rules.persons import SYSTEM

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 5, 6, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
LETTER, BASKET = Owner(kind="contact", id=1), Owner(kind=DRAFT, id=77)


@pytest.fixture(autouse=True)
def home(tmp_path: Path, settings: Settings) -> Path:
    settings.XINQIAO_HOME = tmp_path
    return tmp_path


def kept(
    content: bytes, name: str = "材料", owner: Owner = LETTER, now: datetime = NOW
) -> FileInfo:
    return keep(io.BytesIO(content), name=name, owner=owner, by=SYSTEM, now=now)


def asked(file: FileInfo, query: str = "", **headers: str) -> HttpResponseBase:
    return answer(RequestFactory().get(f"/file/{query}", headers=headers), file)


def body(response: HttpResponseBase) -> bytes:
    if not response.streaming:
        return response.content  # type: ignore[attr-defined,no-any-return]
    return b"".join(response)  # type: ignore[arg-type]


@pytest.mark.parametrize("kind", sorted(samples.ACCEPTED))
def test_a_file_is_no_page_whatever_it_is_and_however_it_is_asked_for(kind: str) -> None:
    file = kept(samples.ACCEPTED[kind])
    for show in ("", "?show=whole", "?show=preview", "?show=anything"):
        harmless(asked(file, show))


def harmless(response: HttpResponseBase) -> None:
    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cross-Origin-Resource-Policy"] == "same-origin"
    assert response["Cache-Control"] == "private, no-store"
    assert not response.cookies
    mime = response["Content-Type"]
    assert mime.partition("/")[0] in {"image", "audio"} or response[
        "Content-Disposition"
    ].startswith("attachment")
    body(response)


@pytest.mark.parametrize("kind", sorted(samples.ACCEPTED))
def test_it_is_saved_whole_under_its_name(kind: str) -> None:
    file = kept(samples.ACCEPTED[kind], "王秀兰的“材料”")
    response = asked(file)
    assert response["Content-Type"] == file.format.mime
    assert response["Content-Disposition"].startswith("attachment; filename*=utf-8''%E7%8E%8B")
    assert int(response["Content-Length"]) == file.size
    assert body(response) == queries.content(file).read()


def test_a_picture_has_a_small_one_that_is_drawn_again_when_it_is_missing() -> None:
    photo = kept(samples.picture(size=(2000, 1000)))
    small = Image.open(io.BytesIO(body(asked(photo, "?show=preview"))))
    assert small.size == (480, 240)
    store.preview_of(photo.sha256).unlink()
    again = asked(photo, "?show=preview")
    assert again["Content-Type"] == "image/jpeg"
    assert again["Content-Disposition"].startswith("inline")
    assert Image.open(io.BytesIO(body(again))).size == (480, 240)


def test_bytes_that_are_missing_are_not_found_and_logged(caplog: pytest.LogCaptureFixture) -> None:
    photo = kept(samples.picture())
    store.place_of(photo.sha256).unlink()
    with pytest.raises(Http404), caplog.at_level(logging.ERROR, "xinqiao.evidence"):
        asked(photo)
    assert photo.sha256 in caplog.text


@pytest.mark.parametrize(
    ("wanted", "status", "start", "end"),
    [
        ("bytes=0-0", 206, 0, 1),
        ("bytes=10-", 206, 10, None),
        ("bytes=5-9", 206, 5, 10),
        ("bytes=5-99999999", 206, 5, None),
        ("bytes=-7", 206, -7, None),
        ("bytes=-99999999", 206, 0, None),
        ("bytes=-", 200, 0, None),
        ("bytes=1-2,4-5", 200, 0, None),
        ("lines=1-2", 200, 0, None),
    ],
)
def test_a_player_may_ask_for_a_part(wanted: str, status: int, start: int, end: int | None) -> None:
    sound = kept(samples.mp3())
    response = asked(sound, "?show=whole", range=wanted)
    whole = queries.content(sound).read()
    assert response.status_code == status
    assert body(response) == whole[start:end]
    if status == 206:
        first, _, last = (
            response["Content-Range"].removeprefix("bytes ").partition("/")[0].partition("-")
        )
        assert whole[int(first) : int(last) + 1] == whole[start:end]
        assert int(response["Content-Length"]) == len(whole[start:end])


@pytest.mark.parametrize("wanted", ["bytes=99999999-", "bytes=9-3", "bytes=-0"])
def test_a_part_beyond_the_end_is_refused(wanted: str) -> None:
    sound = kept(samples.mp3())
    response = asked(sound, range=wanted)
    assert (response.status_code, response["Content-Range"]) == (416, f"bytes */{sound.size}")
    assert response["Content-Security-Policy"]


@hypothesis_settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(wanted=st.text(st.characters(codec="latin-1", exclude_characters="\r\n"), max_size=40))
def test_no_wish_for_a_part_breaks_it(wanted: str) -> None:
    sound = kept(samples.ACCEPTED["wav"])
    response = asked(sound, range=wanted)
    assert response.status_code in {200, 206, 416}
    body(response)


# -- files of a draft ------------------------------------------------------------------------------


def test_what_is_taken_out_of_a_draft_is_found_by_nobody() -> None:
    photo, letter = kept(samples.picture(), owner=BASKET), kept(samples.pdf(), owner=BASKET)
    remove_from_draft([photo.id, 404], draft=BASKET)
    assert queries.files_of(BASKET) == [letter]
    again = kept(samples.picture(), owner=BASKET)
    remove_from_draft([again.id], draft=BASKET)  # its twin went the same way before
    assert queries.files_of(BASKET) == [letter]


def test_another_draft_cannot_take_out_what_is_not_its_own() -> None:
    photo = kept(samples.picture(), owner=BASKET)
    remove_from_draft([photo.id], draft=Owner(kind=DRAFT, id=78))
    assert queries.files_of(BASKET) == [photo]


def test_what_was_received_is_never_taken_out() -> None:
    photo = kept(samples.picture())
    with pytest.raises(ValueError, match="contact"):
        remove_from_draft([photo.id], draft=LETTER)
    remove_from_draft([photo.id], draft=BASKET)
    assert queries.files_of(LETTER) == [photo]


def test_files_of_drafts_that_were_never_sent_go_with_their_bytes_and_others_stay() -> None:
    """Bytes are as old as the machine's clock says; the job is asked some days later."""
    now = datetime.now(tz=NOW.tzinfo)
    forgotten = kept(samples.picture(), owner=BASKET, now=now)
    shared = kept(samples.ACCEPTED["pdf"], owner=BASKET, now=now)
    received = kept(samples.ACCEPTED["pdf"], now=now)
    taken_out = kept(samples.mp3(), owner=BASKET, now=now)
    remove_from_draft([taken_out.id], draft=BASKET)
    assert discard_drafts(now) == 0
    assert discard_drafts(now + timedelta(days=2)) == 1
    assert not store.place_of(taken_out.sha256).exists()
    assert discard_drafts(now + DRAFTS_LAST + timedelta(minutes=1)) == 2
    assert not store.place_of(forgotten.sha256).exists()
    assert not store.preview_of(forgotten.sha256).exists()
    assert shared.sha256 == received.sha256
    assert queries.content(received).read()
    assert discard_drafts(now + DRAFTS_LAST + timedelta(minutes=2)) == 0


def test_what_was_handed_over_is_no_draft_any_more() -> None:
    photo = kept(samples.picture(), owner=BASKET)
    hand_over([photo.id], to=LETTER)
    assert discard_drafts(NOW + timedelta(days=400)) == 0
    assert [file.id for file in queries.files_of(LETTER)] == [photo.id]
