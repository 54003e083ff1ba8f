"""How people come in at this place: what a variable or the file `log-in.toml` in XINQIAO_HOME says of it.

    second_factor = "required"

    [single_sign_on]
    name = "市统一身份认证"
    issuer = "https://login.example.gov.cn/realms/city"
    client_id = "xinqiao"
    client_secret = "..."
    claim = "preferred_username"

A variable goes before the file: XINQIAO_SECOND_FACTOR, XINQIAO_OIDC_NAME, _ISSUER, _CLIENT_ID, _CLIENT_SECRET, _CLAIM.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

FILE = "log-in.toml"
PROVIDER = "place"
REQUIRED, OFFERED = "required", "offered"
_NEEDED = ("issuer", "client_id", "client_secret")
_DEFAULTS = {"name": "单点登录 / Single sign-on", "claim": "preferred_username"}


class Unusable(ValueError):
    """A setting of log-in that cannot be used; the text says which and what to write instead."""


@dataclass(frozen=True, kw_only=True)
class SingleSignOn:
    """The place's provider of OpenID Connect. `claim` is what of an identity an administrator links by."""

    name: str
    issuer: str
    client_id: str
    client_secret: str
    claim: str

    @property
    def origin(self) -> str:
        """Where the browser is sent to: scheme and host, for the content security policy."""
        parts = urlsplit(self.issuer)
        return f"{parts.scheme}://{parts.netloc}"

    def provider(self) -> dict[str, Any]:
        """The same as allauth reads it (SOCIALACCOUNT_PROVIDERS)."""
        app = {
            "provider_id": PROVIDER,
            "name": self.name,
            "client_id": self.client_id,
            "secret": self.client_secret,
            "settings": {"server_url": self.issuer},
        }
        return {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [app]}}


@dataclass(frozen=True, kw_only=True)
class LogIn:
    """How members of staff log in. Without `single_sign_on` there is none."""

    second_factor: str
    single_sign_on: SingleSignOn | None


def read(home: Path, variables: Mapping[str, str]) -> LogIn:
    """What variables and file say. Raises Unusable for a value that cannot be meant."""
    written = _file(home / FILE)
    second_factor = variables.get("XINQIAO_SECOND_FACTOR") or written.get("second_factor", REQUIRED)
    if second_factor not in {REQUIRED, OFFERED}:
        raise Unusable(f"the second factor is {second_factor!r}: write {REQUIRED} or {OFFERED}")
    return LogIn(second_factor=second_factor, single_sign_on=_single_sign_on(written, variables))


def offer_second_factor(home: Path) -> None:
    """Writes into an empty home that a second factor is offered only: for demonstrations, whose log-ins are printed."""
    path = home / FILE
    if not path.exists():
        path.write_text(f'second_factor = "{OFFERED}"\n', encoding="utf-8")


def _file(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise Unusable(f"{path} cannot be read: {error}") from error


def _single_sign_on(
    written: Mapping[str, Any], variables: Mapping[str, str]
) -> SingleSignOn | None:
    section = written.get("single_sign_on", {})
    if not isinstance(section, dict):
        raise Unusable(f"single_sign_on in {FILE} is no section: write [single_sign_on]")
    given = {
        name: variables.get(f"XINQIAO_OIDC_{name.upper()}") or section.get(name) or default
        for name, default in {**dict.fromkeys(_NEEDED, ""), **_DEFAULTS}.items()
    }
    missing = [name for name in _NEEDED if not given[name]]
    if len(missing) == len(_NEEDED):
        return None
    if missing:
        raise Unusable(f"single sign-on needs {', '.join(missing)}, too")
    issuer = urlsplit(given["issuer"])
    if issuer.scheme != "https" and issuer.hostname not in {"127.0.0.1", "localhost"}:
        raise Unusable(f"the issuer {given['issuer']!r} must be an address with https://")
    return SingleSignOn(**{name: str(value) for name, value in given.items()})
