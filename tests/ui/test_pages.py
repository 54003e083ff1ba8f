"""Error pages in plain words, and the gallery that only builders see."""

import errno
from typing import Any

import pytest
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory, override_settings
from django.utils import translation

from xinqiao.ui import views
from xinqiao.ui.error_pages import MethodPageMiddleware
from xinqiao.ui.uploads import LARGEST_BODY, LargestBodyMiddleware

pytestmark = pytest.mark.urls("tests.ui.urls")


@pytest.fixture
def request_() -> HttpRequest:
    return RequestFactory().get("/nowhere")


@pytest.mark.parametrize(
    ("view", "status", "says"),
    [
        (lambda request: views.bad_request(request, ValueError()), 400, "没有改动任何内容"),
        (lambda request: views.forbidden(request, ValueError()), 403, "请联系本单位的管理员"),
        (lambda request: views.not_found(request, ValueError()), 404, "用回执上的编号和查询码查询"),
        (views.server_error, 500, "没有看到回执的话，请重新提交"),
        (views.csrf_failure, 403, "把写好的内容复制下来"),
    ],
)
def test_an_error_page_says_what_happened_and_what_to_do(
    request_: HttpRequest, view: Any, status: int, says: str
) -> None:
    with translation.override("zh-hans"):
        response = view(request_)
    page = response.content.decode()
    assert response.status_code == status
    assert says in page and '<html lang="zh-hans"' in page and "<h1>" in page


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (OperationalError("no route to the server"), 503),
        (InterfaceError("connection already closed"), 503),
        (OSError(errno.ENOSPC, "no space"), 503),
        (OSError(errno.ENOENT, "no file"), 500),
        (ValueError("ours"), 500),
    ],
)
def test_what_heals_by_itself_is_told_apart_from_a_fault(
    request_: HttpRequest, error: Exception, status: int
) -> None:
    try:
        raise error
    except type(error):
        answer = views.server_error(request_)
    assert answer.status_code == status
    assert ("Retry-After" in answer) == (status == 503)


def test_the_fault_page_needs_no_session_and_no_database(request_: HttpRequest) -> None:
    # No db mark: pytest-django fails this test if the page touches the database.
    assert views.server_error(request_).status_code == 500


def answer(accept: str, content: bytes = b"") -> HttpResponse:
    middleware = MethodPageMiddleware(
        lambda _: HttpResponse(content, status=405, headers={"Allow": "POST"})
    )
    with translation.override("zh-hans"):
        return middleware(RequestFactory().get("/x", headers={"accept": accept}))


def test_a_button_address_opened_by_hand_is_explained() -> None:
    response = answer("text/html")
    assert response.status_code == 405 and response["Allow"] == "POST"
    assert "按钮" in response.content.decode()


def test_programs_and_pages_with_words_of_their_own_are_left_alone() -> None:
    assert answer("application/json").content == b""
    assert answer("text/html", b"mine").content == b"mine"


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/ui/", "/ui/desk/", "/ui/errors/404/"])
def test_the_gallery_is_for_builders(client: Client, address: str) -> None:
    assert client.get(address).status_code == 404
    with override_settings(XINQIAO_GALLERY=True):
        assert client.get(address).status_code == 200


@pytest.mark.django_db
def test_the_language_is_switched_and_stays(client: Client) -> None:
    with override_settings(XINQIAO_GALLERY=True):
        assert "跳到正文" in client.get("/ui/").content.decode()
        response = client.post("/i18n/setlang/", {"language": "en", "next": "/ui/"}, follow=True)
        assert "Skip to the content" in response.content.decode()
        assert "Skip to the content" in client.get("/ui/desk/").content.decode()


@pytest.mark.parametrize(
    ("length", "status"),
    [
        ("", 200),
        ("0", 200),
        ("no number", 200),
        (str(LARGEST_BODY), 200),
        (str(LARGEST_BODY + 1), 413),
    ],
)
def test_a_request_that_is_too_large_is_refused_before_it_is_read(length: str, status: int) -> None:
    class Unread:
        def read(self, *_: int) -> bytes:
            raise AssertionError("it was read")

    request = RequestFactory().post("/", CONTENT_LENGTH=length)
    request.environ["wsgi.input"] = Unread()
    with translation.override("zh-hans"):
        response = LargestBodyMiddleware(lambda _: HttpResponse())(request)
    assert response.status_code == status
    if status == 413:
        assert "分几次" in response.content.decode()
