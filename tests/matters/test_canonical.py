"""What is hashed is the same bytes today as with the first entry ever written."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xinqiao.matters.ledger import canonical
from xinqiao.matters.reading import instant_of

TEXT = st.text(st.characters(exclude_categories=["Cs"]))
PLAIN = st.one_of(st.none(), st.booleans(), st.integers(-(2**63), 2**63 - 1), TEXT)
JSON = st.recursive(PLAIN, lambda inner: st.lists(inner) | st.dictionaries(TEXT, inner))


@given(st.dictionaries(TEXT, JSON))
def test_it_is_what_json_of_the_standard_library_writes(content: dict[str, object]) -> None:
    plain = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    assert canonical(content) == plain.encode()


@pytest.mark.parametrize("content", [{"a": 2**70}, {"a": "\ud800"}, {"a": object()}])
def test_what_never_was_an_entry_is_refused(content: dict[str, object]) -> None:
    with pytest.raises(TypeError):
        canonical(content)


@pytest.mark.parametrize(
    ("stored", "hashed"),
    [
        ("2026-11-26 06:25:28.022000", "2026-11-26T06:25:28.022000+00:00"),  # SQLite
        ("2026-11-26 06:25:28", "2026-11-26T06:25:28.000000+00:00"),
        (
            "2026-11-26 06:25:28.022+00",
            "2026-11-26T06:25:28.022000+00:00",
        ),  # PostgreSQL, as long as SQLite's
        ("2026-11-26 06:25:28.0223+00", "2026-11-26T06:25:28.022300+00:00"),
        ("2026-11-26 06:25:28+00", "2026-11-26T06:25:28.000000+00:00"),
        ("2026-11-26 14:25:28.022003+08", "2026-11-26T06:25:28.022003+00:00"),
        ("soon", "soon"),
    ],
)
def test_a_moment_is_hashed_alike_whichever_database_wrote_it(stored: str, hashed: str) -> None:
    assert instant_of(stored) == hashed
