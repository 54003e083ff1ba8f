"""The gallery on a server of its own."""

import threading
from collections.abc import Iterator

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from django.test import override_settings


class _Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture(scope="module")
def gallery() -> Iterator[str]:
    """The pages of this folder, served from a thread; they need no database."""
    settings = {
        "XINQIAO_GALLERY": True,
        "ALLOWED_HOSTS": ["127.0.0.1"],
        "ROOT_URLCONF": "tests.ui.urls",
    }
    with override_settings(**settings):
        server = ThreadedWSGIServer(("127.0.0.1", 0), _Quiet)
        server.set_app(WSGIHandler())
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        server.server_close()
