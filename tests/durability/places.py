"""Which database a place has follows from the run: `XINQIAO_TEST_DATABASE`."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.durability.site import Site, site
from tools.private_postgres import private_server


@contextmanager
def killable(home: Path, postgres_in: Path | None = None) -> Iterator[Site]:
    """A new platform in `home` whose parts can be killed; `postgres_in` is where a PostgreSQL keeps its files."""
    if os.environ.get("XINQIAO_TEST_DATABASE") != "postgresql":
        with site(home, None) as place:
            yield place
        return
    with private_server(postgres_in) as postgres, site(home, postgres) as place:
        yield place
