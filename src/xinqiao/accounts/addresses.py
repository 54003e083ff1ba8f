"""From where somebody comes: the address, and the browser in plain words."""

from ipaddress import IPv6Address, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest

UNKNOWN = "0.0.0.0"  # noqa: S104  # nothing is bound to it: it stands for a client whose address nobody knows
_V6_SITE = 64

#: What tells a browser and a system in the header; the first that fits counts, as many pretend to be others.
_BROWSERS = (
    ("MicroMessenger", "WeChat"), ("Edg", "Edge"), ("OPR/", "Opera"), ("360SE", "360"), ("360EE", "360"),
    ("QQBrowser", "QQ"), ("Firefox", "Firefox"), ("FxiOS", "Firefox"), ("Chrome", "Chrome"), ("CriOS", "Chrome"),
    ("Safari", "Safari"),
)  # fmt: skip
_SYSTEMS = (
    ("HarmonyOS", "HarmonyOS"), ("Android", "Android"), ("iPhone", "iOS"), ("iPad", "iPadOS"),
    ("Windows", "Windows"), ("Mac OS", "macOS"), ("Kylin", "Kylin"), ("UOS", "UOS"), ("Linux", "Linux"),
)  # fmt: skip


def client_address(request: HttpRequest) -> str:
    """The address of who asks. X-Forwarded-For counts only as far as XINQIAO_PROXIES says that proxies wrote it."""
    proxies: int = settings.XINQIAO_PROXIES
    hops = [hop for hop in request.headers.get("X-Forwarded-For", "").split(",") if hop.strip()]
    if proxies and len(hops) >= proxies:
        return _plain(hops[-proxies].strip())
    return _plain(str(request.META.get("REMOTE_ADDR", "")))


def neighbourhood(address: str) -> str:
    """What wrong tries are counted by: an IPv4 address; of IPv6 the network, of which one person has all addresses."""
    parsed = ip_address(address)
    if isinstance(parsed, IPv6Address):
        return str(ip_network(f"{parsed}/{_V6_SITE}", strict=False).network_address)
    return address


def browser_words(header: str) -> str:
    """Browser and system of a User-Agent header: "Edge, Windows"; "" for what nobody knows."""
    browser = next((name for mark, name in _BROWSERS if mark in header), "")
    system = next((name for mark, name in _SYSTEMS if mark in header), "")
    return ", ".join(filter(None, (browser, system)))


def _plain(text: str) -> str:
    try:
        return str(ip_address(text))
    except ValueError:
        return UNKNOWN
