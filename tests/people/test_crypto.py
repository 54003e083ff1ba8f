"""Keys and ciphers by themselves: what goes in comes out, and nothing else does."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from xinqiao.people import crypto

KEY = crypto.new_data_key()
ROW = 12


@given(text=st.text(alphabet=st.characters(codec="utf-8")))
def test_what_is_sealed_comes_out_again(text: str) -> None:
    assert (
        crypto.unseal(KEY, crypto.seal(KEY, text, row=ROW, field="name"), row=ROW, field="name")
        == text
    )


@given(st.data())
def test_any_change_of_a_box_is_noticed(data: st.DataObject) -> None:
    box = bytearray(crypto.seal(KEY, "高兰", row=ROW, field="name"))
    place = data.draw(st.integers(0, len(box) - 1))
    box[place] ^= data.draw(st.integers(1, 255))
    with pytest.raises(crypto.Unreadable):
        crypto.unseal(KEY, bytes(box), row=ROW, field="name")


@given(length=st.integers(0, 40))
def test_a_box_cut_short_is_noticed(length: int) -> None:
    box = crypto.seal(KEY, "高兰", row=ROW, field="name")
    with pytest.raises(crypto.Unreadable):
        crypto.unseal(KEY, box[: min(length, len(box) - 1)], row=ROW, field="name")


def test_a_wrapped_key_is_not_the_key_and_unwraps_to_it() -> None:
    wrapped = crypto.wrap(KEY)
    assert KEY not in wrapped
    assert crypto.unwrap(wrapped) == KEY


def test_another_platforms_master_key_opens_nothing(settings: Settings, tmp_path: Path) -> None:
    wrapped, index = crypto.wrap(KEY), crypto.blind_index("phone", "13800001234")
    settings.XINQIAO_HOME = tmp_path
    assert crypto.blind_index("phone", "13800001234") != index
    with pytest.raises(crypto.Unreadable, match="backup"):
        crypto.unwrap(wrapped)


def test_each_purpose_has_a_key_of_its_own() -> None:
    keys = {crypto.subkey(purpose) for purpose in ("data keys", "blind index", "ledger seal")}
    assert len(keys) == 3
    assert {len(key) for key in keys} == {32}
    assert crypto.subkey("ledger seal") in keys


def test_an_index_tells_fields_apart_and_is_empty_for_nothing() -> None:
    assert crypto.blind_index("phone", "110") != crypto.blind_index("id_number", "110")
    assert len(crypto.blind_index("phone", "110")) == 32
    assert crypto.blind_index("phone", "") == ""
