"""Gao Lan in front of her browser: she writes, sends, looks up."""

from dataclasses import dataclass, field
from typing import Any

from django.contrib.sessions.backends.db import SessionStore
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from xinqiao.ui import sealed

CLAIM: dict[str, dict[str, str]] = {
    "kind": {"kind": "claim"},
    "place": {"county": "340811"},
    "township": {"township": "340811101"},
    "words": {"subject": "电梯停用半年，请求修复", "body": "四月起停用。\n请督促物业修复。"},
    "category": {"category": "housing.property"},
    "files": {},
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

    def chooses(self, *files: tuple[str, bytes], script: bool = False, **more: Any) -> Any:
        """Adds files to the submission, each with its name; with or without a script in her browser."""
        uploads = [SimpleUploadedFile(name, content) for name, content in files]
        headers = {"HX-Request": "true"} if script else {}
        return self.client.post(
            "/submit/files/add/", {"files": uploads, **more}, follow=not script, headers=headers
        )

    @property
    def shelf(self) -> SessionStore:
        """The session in which her draft lies."""
        cookie = self.client.cookies.get("xinqiao_draft")
        return SessionStore(cookie.value if cookie else None)

    def kept(self, name: str) -> Any:
        """What her session or the shelf of her draft holds under a name, unsealed."""
        return sealed.get(self.client.session, name) or sealed.get(self.shelf, name)


def text_of(response: HttpResponse) -> str:
    assert response.status_code == 200
    return response.content.decode()
