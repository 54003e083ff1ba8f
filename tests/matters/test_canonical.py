"""What is hashed is the same bytes today as with the first entry ever written."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xinqiao.matters.ledger import canonical

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
