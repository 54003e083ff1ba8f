"""Keys and ciphers: how personal data lies at rest.

master key (a file in XINQIAO_HOME, never in the database)
  -> HKDF-SHA256 -> one subkey for each purpose
       "data keys"    wraps the data key of each petitioner
       "blind index"  makes the look-up values of identity number, phone and name
       others         for who asks with a purpose of their own

Each petitioner has a data key of their own. Destroying it makes their data unreadable, in every
copy of the row. A box is: version, nonce, AES-256-GCM ciphertext; its associated data names the row
and the field, so that no box can be moved to another place.
"""

import secrets
from functools import lru_cache
from hashlib import sha256
from hmac import digest
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from xinqiao.config.home import master_key

_VERSION = b"\x01"
_NONCE = 12
_INDEX_BYTES = 16


class Unreadable(Exception):
    """A box or its key was altered, moved, lost, or made under another master key."""


def subkey(purpose: str) -> bytes:
    """The 32-byte key of this platform for one purpose; another purpose gives an unrelated key."""
    return _subkey(settings.XINQIAO_HOME, purpose)


@lru_cache
def _subkey(home: Path, purpose: str) -> bytes:
    info = b"xinqiao/1/" + purpose.encode()
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=info).derive(master_key(home))


def new_data_key() -> bytes:
    """A fresh key for one petitioner."""
    return AESGCM.generate_key(bit_length=256)


def wrap(data_key: bytes) -> bytes:
    """The data key as it may be stored."""
    return _seal(subkey("data keys"), data_key, b"data key")


def unwrap(wrapped: bytes) -> bytes:
    """The data key again. Raises Unreadable if it was altered or belongs to another master key."""
    return _open(subkey("data keys"), wrapped, b"data key")


def seal(data_key: bytes, text: str, *, row: int, field: str) -> bytes:
    """The box that holds `text` for one field of one row."""
    return _seal(data_key, text.encode(), _place(row, field))


def unseal(data_key: bytes, box: bytes, *, row: int, field: str) -> str:
    """The text in the box. Raises Unreadable if it was altered or stood in another row or field."""
    return _open(data_key, box, _place(row, field)).decode()


def blind_index(field: str, normal: str) -> str:
    """The value by which `normal` is found again without storing it: 32 hex digits, "" for "".

    Keyed, so that who has the database alone cannot try out all phone numbers.
    """
    if not normal:
        return ""
    message = f"{field}\0{normal}".encode()
    return digest(subkey("blind index"), message, sha256)[:_INDEX_BYTES].hex()


def _place(row: int, field: str) -> bytes:
    return f"petitioner/{row}/{field}".encode()


def _seal(key: bytes, content: bytes, place: bytes) -> bytes:
    nonce = secrets.token_bytes(_NONCE)
    return _VERSION + nonce + AESGCM(key).encrypt(nonce, content, _VERSION + place)


def _open(key: bytes, box: bytes, place: bytes) -> bytes:
    nonce, ciphertext = box[1 : 1 + _NONCE], box[1 + _NONCE :]
    try:
        if box[:1] != _VERSION or len(nonce) != _NONCE:
            raise InvalidTag
        return AESGCM(key).decrypt(nonce, ciphertext, _VERSION + place)
    except InvalidTag:
        raise Unreadable(
            f"{place.decode()} cannot be decrypted: it was altered, or keys/master is not the key"
            " it was written with. Restore both from the backup of the same day."
        ) from None
