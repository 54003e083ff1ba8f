"""What a session keeps, encrypted: names, numbers, query codes. Sessions themselves lie in clear."""

import base64
import json
from functools import lru_cache
from typing import Any

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase

from xinqiao.config.home import derived_key


@lru_cache(maxsize=1)
def _box() -> Fernet:
    key = derived_key(settings.XINQIAO_HOME, "session")
    return Fernet(base64.urlsafe_b64encode(key))


def put(session: SessionBase, name: str, value: Any) -> None:
    """Keeps a value that JSON can hold under a name."""
    session[name] = _box().encrypt(json.dumps(value).encode()).decode()


def get(session: SessionBase, name: str) -> Any:
    """The value kept under a name; None when there is none, or when it cannot be read any more."""
    token = session.get(name)
    try:
        return json.loads(_box().decrypt(token)) if token else None
    except InvalidToken:
        return None


def drop(session: SessionBase, name: str) -> None:
    session.pop(name, None)
