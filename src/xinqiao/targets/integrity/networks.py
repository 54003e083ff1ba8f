"""From which network something came, as a mark that tells sameness within a year and nothing else.

A prefix of the address is taken, which many share, and put under a key of this platform: no address is kept, the mark
cannot be turned back without the key, and the same network has another mark next year.
"""

import hmac
from datetime import datetime
from ipaddress import ip_address, ip_network

from django.conf import settings

from xinqiao.accounts.addresses import UNKNOWN
from xinqiao.config.home import derived_key
from xinqiao.rules.entries import SHANGHAI

_PREFIX = {4: 24, 6: 48}
_LENGTH = 16


def mark_of(address: str, at: datetime) -> str:
    """The mark of the network of this address in the year of `at`; "" for an address that nobody knows."""
    try:
        known = ip_address(address)
    except ValueError:
        return ""
    if address == UNKNOWN:
        return ""
    prefix = ip_network(f"{known}/{_PREFIX[known.version]}", strict=False)
    key = derived_key(settings.XINQIAO_HOME, "network of a rating")
    said = f"{at.astimezone(SHANGHAI).year} {prefix}".encode()
    return hmac.digest(key, said, "sha256").hex()[:_LENGTH]
