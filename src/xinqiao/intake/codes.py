"""The mark of a query code that is stored in place of the code."""

import hmac

from django.conf import settings

from xinqiao.config.home import derived_key
from xinqiao.matters.numbers import normal_query_code


def _key() -> bytes:
    return derived_key(settings.XINQIAO_HOME, "query code")


def query_mac(number: str, code: str) -> str:
    """What is stored of a query code: without the platform's key it cannot be guessed back."""
    return hmac.digest(_key(), f"{number}:{normal_query_code(code)}".encode(), "sha256").hex()
