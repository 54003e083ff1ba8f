"""The words of a message, as they stand on a telephone."""

from datetime import date

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format

from xinqiao.notices.links import rating_link
from xinqiao.outbox.values import Message
from xinqiao.reception.days.values import MESSAGE_KIND as BOOKING
from xinqiao.rules.glossary import label

#: Where it says more: the words of the sentence, and the page. A message about a booking leads to the bookings.
_MORE = {BOOKING: ("look_up_booking", "portal:booking")}
_OF_A_MATTER = ("look_up", "portal:lookup")


def text_of(message: Message, language: str = settings.LANGUAGE_CODE) -> str:
    """What the petitioner reads: what happened to which number, where to look it up, where to rate.

    Holds no personal data and no word of the matter. Raises rules.glossary.NoSuchWord for a message that tells of
    neither a step of a matter nor a booked reception.
    """
    data = message.data
    day, base = str(data.get("day") or ""), settings.XINQIAO_ADDRESS.rstrip("/")
    code = f"{message.template}:by" if day else message.template
    with translation.override(language):
        told = date_format(date.fromisoformat(day), "DATE_FORMAT") if day else ""
    more, page = _MORE.get(message.kind, _OF_A_MATTER)
    parts = [
        label("message", code, language).format(number=data.get("number", ""), day=told),
        label("message", more, language).format(address=base + reverse(page)),
    ]
    if data.get("rating") and message.to.matter is not None:
        link = base + rating_link(message.to.matter)
        parts.append(label("message", "rate", language).format(link=link))
    return " ".join(parts)
