"""The link of a message that opens the rating of one matter, and nothing else of it (art. 21)."""

from datetime import timedelta

from django.core import signing
from django.urls import reverse

LASTS = timedelta(days=180)
_SALT = "xinqiao.portal.rate"


def rating_link(matter_id: int) -> str:
    """The address, without host, under which this matter can be rated for half a year."""
    return reverse("portal:rate_link", args=[signing.dumps(matter_id, salt=_SALT)])


def matter_of(token: str) -> int | None:
    """The matter of a link; None for one that is damaged or too old."""
    try:
        return int(signing.loads(token, salt=_SALT, max_age=LASTS))
    except signing.BadSignature:
        return None
