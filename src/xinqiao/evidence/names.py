"""Names of files as senders gave them, made harmless and kept recognisable."""

import re

from xinqiao.evidence.contents import Kind
from xinqiao.evidence.values import ACCEPTED
from xinqiao.text.clean import Cleaned, clean_text

MAX_NAME = 120
_FORBIDDEN = re.compile(r'[<>:"|?*]')  # what some systems cannot store
_OTHER_SUFFIXES = {Kind.JPEG: {".jpeg", ".jpe", ".jfif"}}


def safe_name(raw: str, kind: Kind) -> str:
    """The last part of `raw` without anything that misleads, ending as its content asks.

    "C:\\photos\\lamp.exe" with a JPEG inside is "lamp.exe.jpg": nobody's system will run it.
    """
    cleaned = clean_text(raw[-1000:], multiline=False)
    text = cleaned.text if isinstance(cleaned, Cleaned) else ""
    last = _FORBIDDEN.sub("_", re.split(r"[/\\]", text)[-1]).strip(". ")
    suffix = ACCEPTED[kind].suffix
    stem, dot, end = last.rpartition(".")
    if stem and f"{dot}{end.lower()}" in {suffix, *_OTHER_SUFFIXES.get(kind, ())}:
        last, suffix = stem, f"{dot}{end.lower()}"
    return f"{last[:MAX_NAME] or 'file'}{suffix}"
