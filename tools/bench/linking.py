"""How long one message takes to be held against millions, and how much memory that needs.

    make bench-linking                              # one million messages
    make bench-linking ARGS="--messages 10000000"

Messages are made up: names of places and issues from syllables, as many different ones as a province has, and a tenth
of the messages take up an earlier one. Their texts lie in a file, as they lie in a database on a platform; only
signatures and frequencies are in memory. Most of the messages are only added; the last `--asked` are each taken end to
end: made ready, looked up, two dozen earlier ones read and compared, added. Clock and processor are told apart: on a
machine that others use, only the second is the program's own. The last line is JSON.
"""

import argparse
import json
import os
import random
import resource
import tempfile
import time
from array import array
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from xinqiao.text.linking.frequencies import Frequencies
from xinqiao.text.linking.grams import Prepared, Writing, prepare
from xinqiao.text.linking.stream import Linker

AT = datetime(2024, 1, 1, tzinfo=UTC)
SYLLABLES = [chr(0x4E00 + 7 * n) for n in range(2500)]
_SEPARATOR = "\t"
_PLACES = ("小区", "路", "村", "工地", "学校", "市场", "公司")


class Texts:
    """Titles and bodies in a file, by position."""

    def __init__(self, file: IO[bytes]) -> None:
        self.file = file
        self.starts = array("q", [0])

    def add(self, title: str, body: str) -> None:
        self.starts.append(self.starts[-1] + self.file.write(f"{title}{_SEPARATOR}{body}".encode()))

    def prepared(self, positions: Sequence[int]) -> list[Prepared]:
        return [self._prepared(one) for one in positions]

    def _prepared(self, position: int) -> Prepared:
        start, end = self.starts[position], self.starts[position + 1]
        title, _, body = (
            os.pread(self.file.fileno(), end - start, start).decode().partition(_SEPARATOR)
        )
        return prepare(Writing(str(position), title, body, AT))


def main() -> int:
    options = _options()
    with tempfile.TemporaryFile(dir=options.folder) as file:
        texts = Texts(file)
        linker = Linker(fetch=texts.prepared, past=Frequencies(places=1 << 26))
        begun = time.process_time()
        figures = _run(linker, texts, options.messages, options.asked)
        figures["added_a_second"] = round(options.messages / max(time.process_time() - begun, 1e-9))
    figures["memory_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    for name, value in figures.items():
        print(f"{name:<24}{value:>14}")
    print(json.dumps(figures))
    return 0


def _run(linker: Linker, texts: Texts, messages: int, asked: int) -> dict[str, float]:
    clock, processor, found, again = [], [], 0, 0
    for n, (title, body, known) in enumerate(made(messages)):
        writing = Writing(str(n), title, body, AT)
        if n < messages - asked:
            linker.add(prepare(writing))
            texts.add(title, body)
            continue
        texts.file.flush()
        before = time.perf_counter(), time.process_time()
        new = prepare(writing)
        candidates = linker.candidates(new)
        linker.add(new)
        clock.append(time.perf_counter() - before[0])
        processor.append(time.process_time() - before[1])
        texts.add(title, body)
        again += known is not None
        found += known is not None and any(one.position == known for one in candidates)
    return {
        "messages": messages, "asked": asked, "found_again": round(found / max(again, 1), 3),
        **{f"clock_p{q}_ms": _quantile(clock, q) for q in (50, 99)},
        **{f"processor_p{q}_ms": _quantile(processor, q) for q in (50, 99)},
    }  # fmt: skip


def made(messages: int, seed: int = 0) -> Iterator[tuple[str, str, int | None]]:
    """Title, body and, where it takes up an earlier message, the position of that one."""
    chance = random.Random(seed)
    words = ["".join(chance.choices(SYLLABLES, k=2)) for _ in range(30_000)]
    frequent = [1 / (n + 20) for n in range(len(words))]
    stock = chance.choices(words, weights=frequent, k=400_000)
    recent: list[tuple[int, str, str]] = []
    for n in range(messages):
        known = None
        if recent and chance.random() < 0.1:
            known, place, issue = chance.choice(recent)
        else:
            place = "".join(chance.choices(SYLLABLES, k=3)) + chance.choice(_PLACES)
            issue = "".join(chance.choices(stock, k=4))
        title = place + issue
        body = (
            "，".join("".join(chance.choices(stock, k=6)) for _ in range(14))
            + f"，{place}，{issue}。"
        )
        yield title, body, known
        if known is None and n % 50 == 0:
            recent = [*recent[-999:], (n, place, issue)]


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
