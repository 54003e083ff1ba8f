"""Every story of the outbox has a post of its own, empty and in order when it begins."""

import pytest
from pytest_django import Settings

from tests.outbox import post as posts


@pytest.fixture(autouse=True)
def post(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> posts.Post:
    settings.XINQIAO_SENDER = "tests.outbox.post.send"
    monkeypatch.setattr(posts, "the_post", posts.Post())
    return posts.the_post
