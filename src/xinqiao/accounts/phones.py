"""Phones of citizens as they lie at rest, and the codes sent to them."""

import base64
import hmac
import secrets
from functools import lru_cache

from cryptography.fernet import Fernet
from django.conf import settings

from xinqiao.config.home import derived_key

DIGITS = 6


@lru_cache(maxsize=1)
def _box() -> Fernet:
    key = derived_key(settings.XINQIAO_HOME, "citizen phone")
    return Fernet(base64.urlsafe_b64encode(key))


def seal(phone: str) -> bytes:
    """The phone as it is stored."""
    return _box().encrypt(phone.encode())


def unseal(box: bytes) -> str:
    """The phone again. Raises cryptography.fernet.InvalidToken when it was sealed with another key."""
    return _box().decrypt(box).decode()


def index(phone: str) -> str:
    """By what a phone is found without being readable; keyed, so that nobody can try all numbers."""
    return _keyed("citizen phone index", phone)[:32]


def new_code() -> str:
    """Six digits that nobody can foresee."""
    return f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"


def code_hash(phone: str, code: str) -> str:
    """A code as it is stored: worthless without the platform's key, and for any other phone."""
    return _keyed("phone code", f"{index(phone)}\0{code}")


def _keyed(purpose: str, message: str) -> str:
    key = derived_key(settings.XINQIAO_HOME, purpose)
    return hmac.digest(key, message.encode(), "sha256").hex()
