"""The words of a message, as they stand on a telephone."""

from datetime import date

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format

from xinqiao.notices.links import rating_link
from xinqiao.outbox.values import Message
from xinqiao.rules.glossary import label


def text_of(message: Message, language: str = settings.LANGUAGE_CODE) -> str:
    """What the petitioner reads: what happened to which number, where to look it up, where to rate.

    Holds no personal data and no word of the matter. Raises rules.glossary.NoSuchWord for a message that tells of no
    step of a matter.
    """
    data = message.data
    day, base = str(data.get("day") or ""), settings.XINQIAO_ADDRESS.rstrip("/")
    code = f"{message.template}:by" if day else message.template
    with translation.override(language):
        told = date_format(date.fromisoformat(day), "DATE_FORMAT") if day else ""
    parts = [
        label("message", code, language).format(number=data.get("number", ""), day=told),
        label("message", "look_up", language).format(address=base + reverse("portal:lookup")),
    ]
    if data.get("rating") and message.to.matter is not None:
        link = base + rating_link(message.to.matter)
        parts.append(label("message", "rate", language).format(link=link))
    return " ".join(parts)
