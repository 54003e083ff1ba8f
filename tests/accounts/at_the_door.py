"""What somebody at the log-in page does, and the app on their phone."""

import base64
import hmac
import struct
import time
from typing import Any

from django.test import Client
from django.urls import reverse

from tests.support.city_database import PASSWORD

LOG_IN = reverse("desk:login")
WORK = reverse("desk:work")
SECOND = reverse("mfa_authenticate")
FACTOR = reverse("mfa_index")


def app_shows(secret: str, steps: int = 0) -> str:
    """The six digits of an authenticator app (RFC 6238) with this secret, now or some steps of 30 seconds later."""
    key = base64.b32decode(secret)
    counter = struct.pack(">Q", int(time.time()) // 30 + steps)
    digest = hmac.digest(key, counter, "sha1")
    start = digest[-1] & 15
    return f"{(int.from_bytes(digest[start : start + 4]) & 0x7FFFFFFF) % 10**6:06}"


def logs_in(username: str, password: str = PASSWORD, **more: str) -> tuple[Client, Any]:
    client = Client(
        HTTP_USER_AGENT="Mozilla/5.0 (Windows NT 10.0) Chrome/126.0 Safari/537.36 Edg/126.0"
    )
    return client, client.post(LOG_IN, {"username": username, "password": password}, **more)


def sets_up_an_app(client: Client) -> str:
    """Confirms the password, scans the picture, types what the app shows; gives the app's secret."""
    activate = reverse("mfa_activate_totp")
    asked = client.get(activate).headers["Location"]
    assert client.post(asked, {"password": PASSWORD}).headers["Location"] == activate
    secret = str(client.get(activate).context["form"].secret)
    answer = client.post(activate, {"code": app_shows(secret)})
    assert answer.headers["Location"] == reverse("mfa_view_recovery_codes")
    return secret
