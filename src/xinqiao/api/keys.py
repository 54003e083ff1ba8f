"""The same request twice is one contact with one receipt: what is derived from the sender's key.

Nothing is stored for it (docs/decisions/0008): under the platform's key, the sender's key gives the mark that makes
the contact unique, and the sender's key with the content gives the query code. So a repeated request finds its
contact by the mark; if the code it gives is the one that opens the contact, the content is the same.
"""

import hmac

from django.conf import settings

from xinqiao.config.home import derived_key
from xinqiao.matters.numbers import query_code_from

PATTERN = "^[!-~]{16,200}$"


def _key() -> bytes:
    return derived_key(settings.XINQIAO_HOME, "request key")


def mark_of(request_key: str) -> str:
    """What is stored of the sender's key: 64 hex digits, no key of the portal's is like it."""
    return hmac.digest(_key(), b"mark\0" + request_key.encode(), "sha256").hex()


def query_code_of(request_key: str, content: bytes) -> str:
    """The query code of the contact that this request makes, or made."""
    message = b"query code\0" + request_key.encode() + b"\0" + content
    return query_code_from(hmac.digest(_key(), message, "sha256"))
