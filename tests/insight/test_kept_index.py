"""An index that is kept finds what it found; one that was damaged says so."""

import json
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

pytest.importorskip("numpy", reason="the extra `analytics` is not installed")

from xinqiao.rows.batches import batches
from xinqiao.text.linking import keeping
from xinqiao.text.linking.frequencies import Frequencies
from xinqiao.text.linking.grams import Writing, prepare
from xinqiao.text.linking.index import WHOLE
from xinqiao.text.linking.keeping import Damaged, load, save
from xinqiao.text.linking.stream import Linker

_BEGUN = datetime(2026, 1, 1, tzinfo=UTC)
_PLACES, _ISSUES = "东西南北中上下前后左右", ("噪声扰民", "拖欠工资", "电梯停运", "断水断电")


def made(number: int) -> list[Writing]:
    """Messages about some places, each place with several."""
    dice = Random(7)
    found = []
    for n in range(number):
        place = "".join(dice.choices(_PLACES, k=4)) + "小区"
        found.append(
            Writing(f"{n}", f"{place}{dice.choice(_ISSUES)}", place, _BEGUN + timedelta(hours=n))
        )
    return found


@pytest.fixture(scope="module")
def filled() -> Linker:
    linker = Linker()
    for one in made(WHOLE):
        linker.add(prepare(one))
    return linker


def test_what_is_kept_finds_the_same(filled: Linker, tmp_path: Path) -> None:
    save(tmp_path, filled.index, filled.past, _BEGUN)
    kept = load(tmp_path, whole=True)
    assert kept.index.messages == kept.past.messages == WHOLE
    for one in made(WHOLE)[::500]:
        new = prepare(one)
        assert kept.index.search(new, kept.past) == filled.index.search(new, filled.past) != []


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.text(alphabet="东西南北小区路ab 1，", max_size=12),
            st.text(alphabet="噪声扰民拖欠工资\n。", max_size=40),
        ),
        max_size=60,
    ),
    st.lists(st.integers(1, 30), min_size=60, max_size=60),
)
def test_many_at_once_is_the_same_as_one_by_one(
    texts: list[tuple[str, str]], sizes: list[int]
) -> None:
    writings = [Writing(f"{n}", *both, _BEGUN) for n, both in enumerate(texts)]
    one_by_one, at_once = Linker(past=Frequencies(1 << 6)), Linker(past=Frequencies(1 << 6))
    for one in writings:
        one_by_one.add(prepare(one))
    rest = iter(writings)
    for size in sizes:
        at_once.add_many(list(islice(rest, size)))
    assert at_once.index.messages == at_once.past.messages == len(writings)
    assert at_once.past.counts.tolist() == one_by_one.past.counts.tolist()
    for writing in writings:
        new = prepare(writing)
        assert at_once.index.search(new, at_once.past) == one_by_one.index.search(
            new, one_by_one.past
        )


def test_whole_tables_at_once_are_the_same_arrays(filled: Linker) -> None:
    at_once = Linker()
    for several in batches(made(WHOLE), 700):
        at_once.add_many(several)
    assert [one.messages for one in at_once.index.arrays] == [WHOLE]
    assert (at_once.index.arrays[0].postings == filled.index.arrays[0].postings).all()
    assert (at_once.past.counts == filled.past.counts).all()


def test_what_comes_after_is_found_beside_it(filled: Linker, tmp_path: Path) -> None:
    save(tmp_path, filled.index, filled.past, _BEGUN)
    for own in (True, False):
        kept = load(tmp_path, own=own)
        new = prepare(Writing("x", "黄土岭隧道渗水", "黄土岭隧道渗水严重", _BEGUN))
        assert WHOLE not in kept.index.search(new, kept.past)
        assert kept.index.add(new, kept.past) == WHOLE
        kept.past.add(new.whole)
        assert kept.index.search(new, kept.past)[0] == WHOLE
    assert load(tmp_path).index.messages == WHOLE, "the files stay as they are"


def test_only_whole_arrays_are_kept(filled: Linker, tmp_path: Path) -> None:
    save(tmp_path, filled.index, filled.past, _BEGUN)
    shared, own = load(tmp_path), load(tmp_path, own=True)
    with pytest.raises(ValueError, match="beside a file"):
        save(tmp_path, shared.index, shared.past, _BEGUN)
    new = prepare(made(1)[0])
    own.index.add(new, own.past)
    own.past.add(new.whole)
    with pytest.raises(ValueError, match="whole arrays"):
        save(tmp_path, own.index, own.past, _BEGUN)


@pytest.mark.parametrize("cut", ["missing", "short", "changed", "line", "elsewhere", "format"])
def test_a_damaged_index_says_so(filled: Linker, tmp_path: Path, cut: str) -> None:
    save(tmp_path, filled.index, filled.past, _BEGUN)
    line = json.loads((tmp_path / keeping.NAME).read_text())
    part = tmp_path / line["arrays"][0]["postings"]["file"]
    if cut == "missing":
        part.unlink()
    elif cut == "short":
        part.write_bytes(part.read_bytes()[:-4])
    elif cut == "changed":
        content = bytearray(part.read_bytes())
        content[-1] ^= 1
        part.write_bytes(content)
    elif cut == "line":
        (tmp_path / keeping.NAME).write_text("{")
    elif cut == "elsewhere":
        line["arrays"][0]["postings"]["file"] = "../secret.npy"
        (tmp_path / keeping.NAME).write_text(json.dumps(line))
    else:
        (tmp_path / keeping.NAME).write_text(json.dumps(line | {"format": 99}))
    with pytest.raises(Damaged):
        load(tmp_path, whole=True)


def test_nothing_is_left_of_what_is_no_longer_named(filled: Linker, tmp_path: Path) -> None:
    stray = tmp_path / "0-512.postings.npy"
    stray.write_bytes(b"old")
    save(tmp_path, filled.index, filled.past, _BEGUN)
    save(tmp_path, filled.index, filled.past, _BEGUN)
    assert not stray.exists() and not list(tmp_path.glob("*.part"))
    assert keeping.state(tmp_path) is not None and keeping.state(tmp_path / "none") is None


def test_an_index_of_another_time_takes_the_place_of_the_whole(
    filled: Linker, tmp_path: Path
) -> None:
    save(tmp_path, filled.index, filled.past, _BEGUN)
    before, state = {one.name for one in tmp_path.glob("*.npy")}, keeping.state(tmp_path)
    save(tmp_path, filled.index, filled.past, _BEGUN)
    assert {one.name for one in tmp_path.glob("*.npy")} == before
    later = _BEGUN + timedelta(days=40)
    save(tmp_path, filled.index, filled.past, later)
    after = {one.name for one in tmp_path.glob("*.npy")}
    assert len(after) == len(before) and not after & before
    assert load(tmp_path, whole=True).begun == later and keeping.state(tmp_path) != state
