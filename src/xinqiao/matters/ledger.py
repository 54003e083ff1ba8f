"""The hash chain: what is hashed, and how. Anyone with the entries can verify it; only the platform can seal it."""

import hashlib
import hmac
import secrets
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import orjson
from django.conf import settings

from xinqiao.config.home import derived_key

GENESIS = "0" * 64


def entry_hash(  # every hashed column is named, so that none is forgotten
    *, number: str, seq: int, step: str, at: datetime, recorded_at: datetime, account: int | None,
    unit: str, payload: Mapping[str, Any], article: str, previous: str,
) -> str:  # fmt: skip
    """SHA-256 over the canonical JSON of all columns of an entry and the hash of the one before."""
    return content_hash(
        {
            "number": number,
            "seq": seq,
            "step": step,
            "at": instant(at),
            "recorded_at": instant(recorded_at),
            "account": account,
            "unit": unit,
            "payload": payload,
            "article": article,
            "previous": previous,
        }
    )


def content_hash(content: Mapping[str, Any]) -> str:
    """The hash of an entry whose columns are all here by name, moments as `instant` writes them: so a proof has them.

    Raises TypeError for what is no JSON.
    """
    return hashlib.sha256(canonical(content)).hexdigest()


def instant(moment: datetime) -> str:
    """A moment as it is hashed: in UTC, to the microsecond."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def canonical(content: Mapping[str, Any]) -> bytes:
    """JSON in UTF-8 with sorted keys and no spaces: what `json.dumps` writes, in a seventh of the time.

    `content` holds text, whole numbers of 64 bits, truth values, None, and lists and objects of them; no fractions,
    on whose digits no two writers agree. Raises TypeError for what is no JSON.
    """
    return orjson.dumps(content, option=orjson.OPT_SORT_KEYS)


def text_hash(salt: str, body: str) -> str:
    """The salted hash by which an entry refers to a text without holding it."""
    return hashlib.sha256(bytes.fromhex(salt) + body.encode()).hexdigest()


def new_salt() -> str:
    return secrets.token_hex(16)


def keyed_seal(*parts: object) -> str:
    """A seal that cannot be made without the master key, which does not lie in the database."""
    key = derived_key(settings.XINQIAO_HOME, "ledger seal")
    message = "\x1f".join(str(part) for part in parts).encode()
    return hmac.digest(key, message, "sha256").hex()
