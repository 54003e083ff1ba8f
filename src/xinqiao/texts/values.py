"""Which sentences a place may word itself, and what stands there until it does."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

MAX_CHARACTERS = 2000


class TextKey(StrEnum):
    """A place on the pages for citizens; what each is called stands in the glossary (`place_text`)."""

    HOME_NOTICE = "home_notice"
    RECEPTION = "reception"
    PRIVACY = "privacy"
    FOOTER = "footer"


#: Shown until a place words it; an empty one shows nothing.
DEFAULTS: Mapping[TextKey, "str | Promise"] = MappingProxyType({
    TextKey.HOME_NOTICE: "",
    TextKey.RECEPTION: _(
        "You can also come in person during working hours, write a letter, or call. Ask the petition office "
        "of your county or city for the address and the hours of its reception."
    ),
    TextKey.PRIVACY: _(
        "What you write is used to handle your matter and for nothing else. Names, identity numbers, "
        "telephone numbers and addresses are kept encrypted, and each look at them is recorded."
    ),
    TextKey.FOOTER: _(
        "Every petition received here is registered, and you can follow its way with the number and query code on "
        "your receipt.\n\n"
        "You can also write, call, or come to the reception hall; a petition counts the same, whichever way it comes."
    ),
})  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Version:
    """One wording of a text in both languages; number 0 is the default. Empty ones bring the default back."""

    key: TextKey
    number: int
    zh: str
    en: str
    account: int | None
    at: datetime | None
