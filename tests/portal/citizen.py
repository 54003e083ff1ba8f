"""Gao Lan in front of her browser: she writes, sends, looks up."""

from dataclasses import dataclass, field
from typing import Any

from django.http import HttpResponse
from django.test import Client

from xinqiao.ui import sealed

CLAIM: dict[str, dict[str, str]] = {
    "kind": {"kind": "claim"},
    "place": {"county": "340811"},
    "township": {"township": "340811101"},
    "words": {"subject": "电梯停用半年，请求修复", "body": "四月起停用。\n请督促物业修复。"},
    "who": {"who": "alone"},
    "person": {"name": "高兰", "phone": "13800001234", "address": "宜秀区某某镇某村"},
}


@dataclass
class Citizen:
    """One browser, and what its owner does with it."""

    client: Client = field(default_factory=Client)

    def writes(self, page: str, **typed: str) -> Any:
        """Sends one page of the submission."""
        return self.client.post(f"/submit/{page}/", typed)

    def fills_in(self, **changes: dict[str, str]) -> None:
        """Answers every page, up to the summary."""
        for page, typed in (CLAIM | changes).items():
            answer = self.writes(page, **typed)
            assert answer.status_code == 302, answer.context["form"].errors

    def key(self) -> str:
        """The name of the submission that stands on the summary."""
        page = self.client.get("/submit/check/")
        return str(page.context["draft"].key)

    def sends(self, key: str = "") -> Any:
        return self.client.post("/submit/check/", {"key": key or self.key()})

    def submits(self, **changes: dict[str, str]) -> Any:
        """The whole way to the receipt; gives the page of the receipt."""
        self.fills_in(**changes)
        return self.client.get(self.sends()["Location"])

    def looks_up(self, number: str, code: str, door: str = "/lookup/", go: str = "") -> Any:
        return self.client.post(door, {"number": number, "code": code, "go": go})

    def opens(self, receipt: Any) -> str:
        """Opens the matter of a receipt; gives the text of its page."""
        self.looks_up(receipt.number, receipt.query_code)
        return text_of(self.client.get(f"/lookup/{receipt.number}/"))

    def kept(self, name: str) -> Any:
        """What the session holds under a name, unsealed."""
        return sealed.get(self.client.session, name)


def text_of(response: HttpResponse) -> str:
    assert response.status_code == 200
    return response.content.decode()
