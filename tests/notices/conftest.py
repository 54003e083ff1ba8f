"""The fixtures of messages. pytest loads this file before Django has its settings, so it imports none of it."""

from typing import TYPE_CHECKING

import pytest
from pytest_django import Settings

if TYPE_CHECKING:
    from tests.outbox.post import Post
    from tests.portal.offices import Offices
    from tests.support.city_database import City


@pytest.fixture
def offices(city: "City") -> "Offices":
    """The people of the small city, who act on matters."""
    from tests.portal.offices import Offices  # noqa: PLC0415  settings must load first

    return Offices(city)


@pytest.fixture
def post(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> "Post":
    """What reaches telephones in these stories."""
    from tests.outbox import post as posts  # noqa: PLC0415

    settings.XINQIAO_SENDER = "tests.outbox.post.send"
    settings.XINQIAO_ADDRESS = "https://xinfang.example"
    monkeypatch.setattr(posts, "the_post", posts.Post())
    return posts.the_post
