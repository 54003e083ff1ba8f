"""What a place says in its own words."""

from collections.abc import Mapping
from time import monotonic

from xinqiao.texts.models import TextVersion
from xinqiao.texts.values import DEFAULTS, TextKey, Version

#: So long a process takes the words to be as they were: they stand on every page for citizens.
GOOD_SECONDS = 5.0


class _LastRead:
    """The words as this process read them last, by key: (Chinese, English); and until when that is good enough."""

    words: Mapping[str, tuple[str, str]] = {}
    until = 0.0


def text(key: TextKey | str, language: str) -> str:
    """The words of a text as plain text, in one language: the place's newest, else the default.

    A wording made by this process counts at once, one made elsewhere within seconds. Raises ValueError for a key that
    is none.
    """
    key = TextKey(key)
    zh, en = _words().get(key, ("", ""))
    return (en if language.startswith("en") else zh) or str(DEFAULTS[key])


def _words() -> Mapping[str, tuple[str, str]]:
    if monotonic() >= _LastRead.until:
        rows = TextVersion.objects.order_by("number").values_list("key", "zh", "en")
        _LastRead.words = {key: (zh, en) for key, zh, en in rows}
        _LastRead.until = monotonic() + GOOD_SECONDS
    return _LastRead.words


def forget() -> None:
    """The next page reads the words anew."""
    _LastRead.until = 0.0


def newest(key: TextKey) -> Version:
    """The version in use; number 0 with empty words while the place has never worded it."""
    row = TextVersion.objects.filter(key=key).order_by("-number").first()
    return _value(row) if row else Version(key=key, number=0, zh="", en="", account=None, at=None)


def history(key: TextKey, *, limit: int = 50) -> list[Version]:
    """The place's wordings, newest first."""
    return [_value(row) for row in TextVersion.objects.filter(key=key).order_by("-number")[:limit]]


def _value(row: TextVersion) -> Version:
    return Version(
        key=TextKey(row.key), number=row.number, zh=row.zh, en=row.en, account=row.account, at=row.at
    )  # fmt: skip
