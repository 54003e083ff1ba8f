"""How long one message takes to be held against millions, and how much memory that needs.

    make bench-linking                              # one million messages
    make bench-linking ARGS="--messages 10000000"

Messages are made up: names of places and issues from syllables, as many different ones as a province has, and a tenth
of the messages take up an earlier one. Their texts lie in a file, as they lie in a database on a platform; only
signatures and frequencies are in memory. Most of the messages are only added, many at once, as after the files of an
index were lost; two processes make them up and cut them into pieces. The last `--asked` are each taken end to end: made
ready, looked up, two dozen earlier ones read and compared, added. Clock and processor are told apart: on a machine that
others use, only the second is the program's own. The last line is JSON.
"""

import argparse
import json
import os
import random
import resource
import sys
import tempfile
import time
from array import array
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from datetime import UTC, datetime
from functools import cache
from itertools import islice
from pathlib import Path
from typing import IO, NamedTuple

from xinqiao.text.linking.frequencies import Frequencies
from xinqiao.text.linking.grams import Gathered, Prepared, Writing, gather, prepare, prepare_many
from xinqiao.text.linking.stream import Linker

AT = datetime(2024, 1, 1, tzinfo=UTC)
SYLLABLES = [chr(0x4E00 + 7 * n) for n in range(2500)]
_SEPARATOR = "\t"
_PLACES = ("小区", "路", "村", "工地", "学校", "市场", "公司")
#: Messages that a process makes up at once, those that are added at once, and how many makings may wait to be added.
_CHUNK, _TOGETHER, _WAITING = 8192, 512, 4


class Taken(NamedTuple):
    """What a later message may take up: the position of a message, its place, its issue."""

    position: int
    place: str
    issue: str


class Texts:
    """Titles and bodies in a file, by position."""

    def __init__(self, file: IO[bytes]) -> None:
        self.file = file
        self.starts = array("q", [0])

    def add(self, title: str, body: str) -> None:
        self.starts.append(self.starts[-1] + self.file.write(f"{title}{_SEPARATOR}{body}".encode()))

    def prepared(self, positions: Sequence[int]) -> list[Prepared]:
        return prepare_many([self._writing(one) for one in positions])

    def _writing(self, position: int) -> Writing:
        start, end = self.starts[position], self.starts[position + 1]
        text = os.pread(self.file.fileno(), end - start, start).decode()
        title, _, body = text.partition(_SEPARATOR)
        return Writing(str(position), title, body, AT)


def main() -> int:
    options = _options()
    with tempfile.TemporaryFile(dir=options.folder) as file:
        texts = Texts(file)
        linker = Linker(fetch=texts.prepared, past=Frequencies(places=1 << 26))
        begun = time.perf_counter()
        known = _fill(linker, texts, options.messages - options.asked)
        seconds = time.perf_counter() - begun
        texts.file.flush()
        figures = _ask(linker, texts, known, options.asked)
    figures["added_a_second"] = round((options.messages - options.asked) / max(seconds, 1e-9))
    figures["memory_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    for name, value in figures.items():
        print(f"{name:<24}{value:>14}")
    print(json.dumps(figures))
    return 0


def _fill(linker: Linker, texts: Texts, messages: int) -> list[Taken]:
    """Adds so many messages; some of them that may be taken up."""
    known: list[Taken] = []
    with ProcessPoolExecutor(2) as makers:
        sizes = iter([min(_CHUNK, messages - at) for at in range(0, messages, _CHUNK)])
        waiting: deque[Future[tuple[list[tuple[str, str]], list[Gathered], list[Taken]]]] = deque()
        for n, size in enumerate(islice(sizes, _WAITING)):
            waiting.append(makers.submit(_chunk, n * _CHUNK, size))
        while waiting:
            told, gathered, some = waiting.popleft().result()
            if (size := next(sizes, 0)) > 0:
                waiting.append(
                    makers.submit(_chunk, linker.index.messages + _WAITING * _CHUNK, size)
                )
            for one in gathered:
                linker.add_gathered(one)
            for title, body in told:
                texts.add(title, body)
            known += some
            print(f"{linker.index.messages:,} of {messages:,}", end="\r", file=sys.stderr)
    return known


def _chunk(first: int, size: int) -> tuple[list[tuple[str, str]], list[Gathered], list[Taken]]:
    """In a process of its own: so many messages from a position on, cut into pieces; and some to take up."""
    recent: list[Taken] = []
    told = [(title, body) for title, body, _ in made(first, size, recent)]
    writings = [Writing("", title, body, AT) for title, body in told]
    parts = [gather(writings[at : at + _TOGETHER]) for at in range(0, size, _TOGETHER)]
    return told, parts, recent[-8:]


def _ask(linker: Linker, texts: Texts, known: list[Taken], asked: int) -> dict[str, float]:
    clock, processor, found, again = [], [], 0, 0
    for title, body, position in made(linker.index.messages, asked, list(known)):
        before = time.perf_counter(), time.process_time()
        new = prepare(Writing("", title, body, AT))
        candidates = linker.candidates(new)
        linker.add(new)
        clock.append(time.perf_counter() - before[0])
        processor.append(time.process_time() - before[1])
        texts.add(title, body)
        texts.file.flush()
        again += position is not None
        found += position is not None and any(one.position == position for one in candidates)
    return {
        "messages": linker.index.messages, "asked": asked, "found_again": round(found / max(again, 1), 3),
        **{f"clock_p{q}_ms": _quantile(clock, q) for q in (50, 99)},
        **{f"processor_p{q}_ms": _quantile(processor, q) for q in (50, 99)},
    }  # fmt: skip


def made(first: int, messages: int, recent: list[Taken]) -> Iterator[tuple[str, str, int | None]]:
    """Title, body and, where it takes up one of `recent`, the position of that one; `recent` grows by some of them."""
    chance = random.Random(first)
    stock = _stock()
    for n in range(first, first + messages):
        taken = chance.choice(recent) if recent and chance.random() < 0.1 else None
        place = (
            taken.place
            if taken
            else "".join(chance.choices(SYLLABLES, k=3)) + chance.choice(_PLACES)
        )
        issue = taken.issue if taken else "".join(chance.choices(stock, k=4))
        said = "，".join("".join(chance.choices(stock, k=6)) for _ in range(14))
        yield place + issue, f"{said}，{place}，{issue}。", taken.position if taken else None
        if taken is None and n % 50 == 0:
            recent.append(Taken(n, place, issue))


@cache
def _stock() -> list[str]:
    """Words, the frequent ones often."""
    chance = random.Random(0)
    words = ["".join(chance.choices(SYLLABLES, k=2)) for _ in range(30_000)]
    return chance.choices(words, weights=[1 / (n + 20) for n in range(len(words))], k=400_000)


def _quantile(seconds: list[float], q: int) -> float:
    ordered = sorted(seconds)
    return round(1000 * ordered[min(len(ordered) - 1, len(ordered) * q // 100)], 2)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--messages", type=int, default=1_000_000)
    parser.add_argument("--asked", type=int, default=2000)
    parser.add_argument("--folder", type=Path, default=None, help="Where the texts go.")
    return parser.parse_args()


if __name__ == "__main__":
    raise SystemExit(main())
