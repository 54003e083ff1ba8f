"""A draft: kept on the device for as long as its writer wishes, apart from everything else, and gone when asked."""

from datetime import timedelta

from django.contrib.sessions.models import Session
from django.utils import timezone

from tests.portal.citizen import CLAIM, Citizen, text_of
from tests.support.city_database import PASSWORD
from xinqiao.evidence.jobs import DRAFTS_LAST
from xinqiao.portal.submit.draft import Draft
from xinqiao.portal.submit.sending import receipt_of, send
from xinqiao.portal.submit.shelf import AT_MOST, COOKIE, USUALLY


def lasts(citizen: Citizen) -> timedelta:
    """How long the draft still lies on the server."""
    return citizen.shelf.get_expiry_date() - timezone.now()


def test_it_ends_with_the_browser_unless_one_wishes_otherwise(gao_lan: Citizen) -> None:
    gao_lan.writes("kind", **CLAIM["kind"])
    assert gao_lan.client.cookies[COOKIE]["expires"] == ""
    assert gao_lan.client.cookies[COOKIE]["max-age"] == ""
    assert USUALLY - timedelta(minutes=1) < lasts(gao_lan) <= USUALLY
    answer = gao_lan.client.post("/submit/keep/", {"keep": "yes", "page": "kind"})
    assert answer["Location"] == "/submit/kind/"
    assert gao_lan.client.cookies[COOKIE]["expires"]
    assert AT_MOST - timedelta(minutes=1) < lasts(gao_lan) <= AT_MOST
    assert "在这台设备上保存到" in text_of(gao_lan.client.get("/submit/kind/"))
    gao_lan.client.post("/submit/keep/", {"keep": "", "page": "nowhere"})
    assert gao_lan.client.cookies[COOKIE]["expires"] == ""


def test_its_cookie_is_for_this_site_and_not_for_scripts(gao_lan: Citizen) -> None:
    gao_lan.writes("kind", **CLAIM["kind"])
    cookie = gao_lan.client.cookies[COOKIE]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Lax", "/")
    assert "claim" not in cookie.value


def test_files_outlive_every_draft() -> None:
    assert AT_MOST + timedelta(days=1) < DRAFTS_LAST


def test_writing_on_does_not_make_it_older_than_its_files(gao_lan: Citizen) -> None:
    gao_lan.writes("kind", **CLAIM["kind"])
    gao_lan.client.post("/submit/keep/", {"keep": "yes", "page": "kind"})
    shelf = gao_lan.shelf
    shelf["begun"] = (timezone.now() - timedelta(days=6)).isoformat()
    shelf.save()
    gao_lan.writes("place", **CLAIM["place"])
    assert lasts(gao_lan) <= timedelta(days=1)


def test_closed_and_opened_again_one_goes_on_where_one_was(gao_lan: Citizen) -> None:
    for page in ("kind", "place", "township"):
        gao_lan.writes(page, **CLAIM[page])
    assert "还没有写完" in text_of(gao_lan.client.get("/"))
    assert gao_lan.client.get("/submit/")["Location"] == "/submit/words/"


def test_a_finished_one_goes_on_at_the_summary(gao_lan: Citizen) -> None:
    gao_lan.fills_in()
    assert gao_lan.client.get("/submit/")["Location"] == "/submit/check/"


def test_sent_or_deleted_nothing_of_it_stays(gao_lan: Citizen) -> None:
    gao_lan.fills_in()
    key = gao_lan.shelf.session_key
    gao_lan.sends()
    assert not Session.objects.filter(session_key=key).exists()
    assert not gao_lan.client.cookies[COOKIE].value
    assert "还没有写完" not in text_of(gao_lan.client.get("/"))


def test_a_log_in_on_the_same_device_neither_sees_nor_ends_it(gao_lan: Citizen) -> None:
    gao_lan.fills_in()
    key = gao_lan.shelf.session_key
    assert gao_lan.client.login(username="wangmin", password=PASSWORD)
    assert gao_lan.client.get("/submit/")["Location"] == "/submit/check/"
    gao_lan.client.logout()  # the client of the tests forgets all cookies here; the draft lies where it lay
    assert Session.objects.filter(session_key=key).exists()


def test_what_is_sent_after_the_draft_ended_is_kept_and_the_rest_is_asked_again(
    gao_lan: Citizen,
) -> None:
    answer = gao_lan.client.post("/submit/words/", CLAIM["words"], follow=True)
    assert answer.redirect_chain[-1][0] == "/submit/kind/"
    assert "您刚才填写的这一页已经保存" in text_of(answer)
    for page in ("kind", "place", "township"):
        last = gao_lan.writes(page, **CLAIM[page])
    assert last["Location"] == "/submit/category/"
    assert CLAIM["words"]["subject"] in text_of(gao_lan.client.get("/submit/words/"))


def test_a_page_written_in_a_second_window_after_sending_begins_a_new_draft(
    gao_lan: Citizen,
) -> None:
    gao_lan.fills_in()
    old = gao_lan.client.cookies[COOKIE].value
    gao_lan.sends()
    gao_lan.client.cookies[COOKIE] = old
    gao_lan.writes("words", subject="另一件事", body="经过")
    assert gao_lan.kept("portal_draft")["pages"] == {
        "words": {"subject": "另一件事", "body": "经过"}
    }


def test_the_second_tap_does_not_overwrite_the_receipt_of_the_first(gao_lan: Citizen) -> None:
    """Both requests have read the session before either has sent."""
    gao_lan.fills_in()
    gao_lan.key()
    draft = Draft.of(gao_lan.shelf, timezone.localdate())
    assert draft is not None
    first, second = gao_lan.client.session, gao_lan.client.session
    for session in (first, second):
        receipt_of(session, draft.key)  # loads it
    code = send(draft, first, timezone.now()).query_code
    assert code
    again = send(draft, second, timezone.now())
    assert again.query_code == ""
    assert not second.modified
    kept = receipt_of(gao_lan.client.session, draft.key)
    assert kept is not None
    assert kept.query_code == code
