"""The platform as it runs behind a proxy that ends TLS: what Django itself would warn of, cookies, headers."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.platform import environment

ASK = """
import json
import django
django.setup()
from django.core.management import call_command
from django.test import Client
call_command("migrate", verbosity=0)
call_command("createcachetable", verbosity=0)
pages = {}
for address in ("/", "/desk/log-in/", "/nowhere/", "/api/v1/openapi.json", "/static/ui/xinqiao.css"):
    client = Client(headers={"X-Forwarded-Proto": "https", "Host": "localhost"})
    answer = client.get(address)
    cookies = {name: dict(one) for name, one in answer.cookies.items()}
    pages[address] = {"status": answer.status_code, "headers": dict(answer.headers), "cookies": cookies}
plain = Client(headers={"Host": "localhost"}).get("/")
print(json.dumps({"pages": pages, "plain": [plain.status_code, plain.headers.get("Location", "")]}, default=str))
"""
CHECK = """
import django
django.setup()
from django.core.management import call_command
call_command("check", deploy=True, fail_level="WARNING")
"""
YEAR = 31536000
Found = dict[str, dict[str, dict[str, object]]]


def runs(home: Path, program: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """A process of its own, with settings of its own."""
    variables |= {"DJANGO_SETTINGS_MODULE": "xinqiao.config.settings"}
    (home / "static").mkdir(parents=True, exist_ok=True)
    return subprocess.run(
        [sys.executable, "-c", program], env=environment(home, **variables), capture_output=True,
        text=True, check=False,
    )  # fmt: skip


@pytest.fixture(scope="module")
def behind_tls(tmp_path_factory: pytest.TempPathFactory) -> Found:
    done = runs(tmp_path_factory.mktemp("tls"), ASK, XINQIAO_HTTPS="1")
    assert done.returncode == 0, done.stderr
    found: Found = json.loads(done.stdout)
    return found


def test_every_answer_says_what_may_not_be_done_with_it(
    behind_tls: Found,
) -> None:
    for address, page in behind_tls["pages"].items():
        headers = page["headers"]
        assert isinstance(headers, dict)
        assert headers["Strict-Transport-Security"] == f"max-age={YEAR}; includeSubDomains", address
        assert headers["X-Content-Type-Options"] == "nosniff", address
        assert headers["Cross-Origin-Opener-Policy"] == "same-origin", address
        assert headers["Referrer-Policy"] == "same-origin", address
        assert headers["Cross-Origin-Resource-Policy"] == "same-origin", address
        policy = headers["Content-Security-Policy"]
        for rule in (
            "default-src 'none'",
            "object-src 'none'",
            "base-uri 'none'",
            "frame-ancestors 'none'",
        ):
            assert rule in policy, (address, rule)


def test_every_cookie_is_of_this_host_and_read_by_no_script(
    behind_tls: Found,
) -> None:
    set_by = [page["cookies"] for page in behind_tls["pages"].values()]
    cookies = {name: one for found in set_by for name, one in found.items()}
    assert cookies, "the page of the log-in sets one"
    for name, cookie in cookies.items():
        assert name.startswith("__Host-"), name
        assert isinstance(cookie, dict)
        assert cookie["secure"] and cookie["httponly"] and cookie["path"] == "/"
        assert cookie["samesite"] in {"Lax", "Strict"} and not cookie["domain"]


def test_what_comes_without_tls_is_sent_there(behind_tls: dict[str, list[object]]) -> None:
    assert behind_tls["plain"] == [301, "https://localhost/"]


def test_django_has_nothing_to_warn_of(tmp_path: Path) -> None:
    done = runs(tmp_path, CHECK, XINQIAO_HTTPS="1")
    assert done.returncode == 0, done.stderr
    assert "WARNING" not in done.stdout + done.stderr


def test_error_pages_with_details_and_tls_exclude_each_other(tmp_path: Path) -> None:
    done = runs(tmp_path, "import django; django.setup()", XINQIAO_HTTPS="1", XINQIAO_DEBUG="1")
    assert done.returncode != 0
    assert "XINQIAO_DEBUG=1" in done.stderr and "set it to 0" in done.stderr
