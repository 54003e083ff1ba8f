"""How many requests a sender may make a minute; counted in the memory of each process, so that it costs nothing."""

from functools import lru_cache
from ipaddress import IPv4Network, IPv6Network, ip_address

from django.conf import settings
from django.http import HttpRequest
from ninja.throttling import BaseThrottle

from xinqiao.accounts.addresses import client_address
from xinqiao.accounts.pace import is_within, seconds_left

#: Of each process. A hall that sends by hand, or a system that has not been named yet, never comes near it.
MOST_A_MINUTE = 300


class Pace(BaseThrottle):
    """Lets a sender's address make so many requests in each minute of the clock; trusted partners any number."""

    def allow_request(self, request: HttpRequest) -> bool:
        address = client_address(request)
        return _is_trusted(address, settings.XINQIAO_TRUSTED_SENDERS) or is_within(
            "pace", address, MOST_A_MINUTE
        )

    def wait(self) -> float:
        """Seconds until the next minute begins."""
        return seconds_left()


@lru_cache(maxsize=1024)
def _is_trusted(address: str, trusted: tuple[IPv4Network | IPv6Network, ...]) -> bool:
    return any(ip_address(address) in network for network in trusted)
