"""The cookies of a platform behind TLS: bound to its host, sent over TLS alone, read by no script."""

import json
import subprocess
import sys
from pathlib import Path

from tests.support.platform import environment

ASK = """
import json
from django.conf import settings
names = ("SESSION_COOKIE_NAME", "CSRF_COOKIE_NAME", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE",
         "SESSION_COOKIE_HTTPONLY", "CSRF_COOKIE_HTTPONLY", "SESSION_COOKIE_SAMESITE", "CSRF_COOKIE_SAMESITE")
print(json.dumps({name: getattr(settings, name) for name in names}))
"""


def settings_of(home: Path, **variables: str) -> dict[str, object]:
    variables |= {"DJANGO_SETTINGS_MODULE": "xinqiao.config.settings"}
    done = subprocess.run(
        [sys.executable, "-c", ASK], env=environment(home, **variables), capture_output=True,
        text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    found: dict[str, object] = json.loads(done.stdout)
    return found


def test_behind_tls_they_are_bound_to_the_host(tmp_path: Path) -> None:
    found = settings_of(tmp_path, XINQIAO_HTTPS="1")
    for kind in ("SESSION", "CSRF"):
        assert str(found[f"{kind}_COOKIE_NAME"]).startswith("__Host-")
        assert found[f"{kind}_COOKIE_SECURE"] is True
        assert found[f"{kind}_COOKIE_SAMESITE"] == "Lax"


def test_no_script_reads_them_even_without_tls(tmp_path: Path) -> None:
    found = settings_of(tmp_path)
    assert found["SESSION_COOKIE_HTTPONLY"] is True
    assert found["CSRF_COOKIE_HTTPONLY"] is True
    assert not str(found["SESSION_COOKIE_NAME"]).startswith("__Host-"), "plain HTTP would refuse it"
