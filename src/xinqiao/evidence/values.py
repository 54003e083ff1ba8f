"""What the rest of the platform knows of a file: plain values."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from xinqiao.evidence.contents import Kind

MAX_BYTES = 50_000_000
"""Bytes of one file: an hour of recorded speech, or a hundred photographed pages."""


@dataclass(frozen=True, kw_only=True)
class Format:
    """How an accepted kind is handed out. `shown` in the browser, or only ever downloaded."""

    mime: str
    suffix: str
    shown: bool = False


ACCEPTED: Mapping[Kind, Format] = {
    Kind.JPEG: Format(mime="image/jpeg", suffix=".jpg", shown=True),
    Kind.PNG: Format(mime="image/png", suffix=".png", shown=True),
    Kind.WEBP: Format(mime="image/webp", suffix=".webp", shown=True),
    Kind.PDF: Format(mime="application/pdf", suffix=".pdf"),
    Kind.DOC: Format(mime="application/msword", suffix=".doc"),
    Kind.DOCX: Format(
        mime="application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        suffix=".docx",
    ),
    Kind.XLS: Format(mime="application/vnd.ms-excel", suffix=".xls"),
    Kind.XLSX: Format(
        mime="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", suffix=".xlsx"
    ),
    Kind.MP3: Format(mime="audio/mpeg", suffix=".mp3", shown=True),
    Kind.M4A: Format(mime="audio/mp4", suffix=".m4a", shown=True),
    Kind.WAV: Format(mime="audio/wav", suffix=".wav", shown=True),
    Kind.TEXT: Format(mime="text/plain", suffix=".txt"),
}
"""What is kept. `Kind` has more: those are told apart to say why they are not."""


CONTACT, DRAFT, MATTER = "contact", "draft", "matter"


@dataclass(frozen=True, kw_only=True)
class Owner:
    """What a file belongs to: the kind of thing in English (`contact`, `draft`, `matter`) and its id."""

    kind: str
    id: int


DISCARDED = Owner(kind=DRAFT, id=0)
"""Where files go that were taken out of a draft, until their bytes are deleted."""


class WordsState(StrEnum):
    """How reading the words of a file went."""

    READ = "read"
    NO_WORDS = "no_words"  # a scan without text, an empty sheet
    NOT_READ = "not_read"  # sound, Word before 2007
    WITHOUT_PROGRAM = "without_program"  # a picture, where no program reads pictures
    FAILED = "failed"


@dataclass(frozen=True, kw_only=True)
class FileInfo:
    """A file that was kept. `name` is safe to show and to download under; `size` is in bytes.

    `sha256` is of the bytes kept, `received_sha256` of those that came: a picture was drawn anew, and who
    has the original can still show that it is the one that was sent. "" for files kept before that.
    """

    id: int
    owner: Owner
    name: str
    kind: Kind
    size: int
    sha256: str
    received_at: datetime
    received_sha256: str = ""

    @property
    def is_picture(self) -> bool:
        """Whether it can be shown as a picture, small or whole."""
        return self.format.mime.startswith("image/")

    @property
    def is_sound(self) -> bool:
        """Whether it can be listened to."""
        return self.format.mime.startswith("audio/")

    @property
    def format(self) -> Format:
        """How to hand the file out."""
        return ACCEPTED[self.kind]
