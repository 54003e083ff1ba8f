"""A file as pages show it: what it is in words, and where its bytes are handed out."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from xinqiao.evidence.serving import PREVIEW, WHOLE
from xinqiao.evidence.values import FileInfo


@dataclass(frozen=True, kw_only=True)
class FileEntry:
    """A file in a list. `url` is the door's address that answers with `evidence.serving.answer`;
    `remove`, when given, the address to which the button that takes it out posts its id as `file`.
    """

    file: FileInfo
    url: str
    remove: str = ""

    @property
    def preview_url(self) -> str:
        return f"{self.url}?{urlencode({'show': PREVIEW})}"

    @property
    def whole_url(self) -> str:
        """The address for looking or listening; for other files the one for saving."""
        return f"{self.url}?{urlencode({'show': WHOLE})}" if self.file.format.shown else self.url

    @property
    def icon_name(self) -> str:
        return "microphone" if self.file.is_sound else "file-text"

    @property
    def about(self) -> str:
        """What it is and how large, such as "PDF, 214 KB"."""
        return _("%(what)s, %(size)s") % {
            "what": self._what(),
            "size": filesizeformat(self.file.size),
        }

    def _what(self) -> str:
        if self.file.is_picture:
            return _("Picture")
        if self.file.is_sound:
            return _("Recording")
        match self.file.kind:
            case "pdf":
                return "PDF"
            case "doc" | "docx":
                return "Word"
            case "xls" | "xlsx":
                return "Excel"
            case _:
                return _("Text file")


def entries(
    files: Iterable[FileInfo], address: Callable[[FileInfo], str], *, remove: str = ""
) -> list[FileEntry]:
    """Entries for `{% file_list %}`: `address` gives where a file is handed out."""
    return [FileEntry(file=file, url=address(file), remove=remove) for file in files]
