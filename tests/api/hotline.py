"""The municipal hotline: its system hands over what citizens told it, and looks up how far it has come."""

from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

from django.test import Client

from xinqiao.intake.models import Contact

KEY = "12345-2026-03-02-000417"
LIFT: dict[str, Any] = {
    "subject": "电梯停用半年，请求修复",
    "body": "四月起停用。\n请督促物业修复。",
    "region": "340811101",
    "kind": "claim",
    "petitioner": {"name": "高兰", "phone": "13800001234", "address": "宜秀区某某镇某村"},
}


def lift(**changes: Any) -> dict[str, Any]:
    """The petition about the lift, with changes; a field given as None is left out."""
    content = deepcopy(LIFT) | changes
    return {name: value for name, value in content.items() if value is not None}


@dataclass
class Hotline:
    """A program with an address of the network, and nothing else."""

    client: Client = field(default_factory=Client)
    language: str = "zh-CN"

    def sends(self, content: Any = None, key: str | None = KEY, **headers: str) -> Any:
        """Sends a petition; bytes and text go as they are."""
        given = {"Accept-Language": self.language} | headers
        if key is not None:
            given["Idempotency-Key"] = key
        return self.client.post(
            "/api/v1/contacts",
            lift() if content is None else content,
            content_type=given.pop("Content-Type", "application/json"),
            headers=given,
        )

    def looks_up(self, number: str, code: str | None) -> Any:
        headers = {"Accept-Language": self.language}
        if code is not None:
            headers["X-Query-Code"] = code
        return self.client.get(f"/api/v1/contacts/{number}", headers=headers)


def receipt_of(answer: Any, status: int = 201) -> dict[str, Any]:
    """The receipt in an answer that must be one."""
    assert answer.status_code == status, answer.content.decode()
    assert answer["Content-Type"] == "application/json"
    found: dict[str, Any] = answer.json()
    return found


def problem_of(answer: Any, status: int) -> dict[str, Any]:
    """The problem in an answer that must be one."""
    assert answer.status_code == status, answer.content.decode()
    assert answer["Content-Type"] == "application/problem+json"
    found: dict[str, Any] = answer.json()
    assert found["status"] == status
    return found


def received() -> int:
    """How many contacts the platform has."""
    return Contact.objects.count()
