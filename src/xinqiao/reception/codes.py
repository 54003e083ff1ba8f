"""The mark of a booking code that is stored in place of the code."""

import hmac

from django.conf import settings

from xinqiao.config.home import derived_key
from xinqiao.matters.numbers import normal_query_code


def booking_mac(number: str, code: str) -> str:
    """What is stored of the code of a booking: without the platform's key it cannot be guessed back."""
    key = derived_key(settings.XINQIAO_HOME, "booking code")
    return hmac.digest(key, f"{number}:{normal_query_code(code)}".encode(), "sha256").hex()
