"""A follower of the ledgers that is slow and writes down what it is handed.

python -m tests.durability.reader enter 60     # in the environment of a platform
python -m tests.durability.reader read         # to the end
"""

import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path

TOGETHER = 5
SECONDS_AN_ENTRY = 0.02


def main(verb: str, *numbers: str) -> None:
    from xinqiao.cli.django import setup  # noqa: PLC0415

    setup()
    from tests.rows.test_write import entry, matter, put  # noqa: PLC0415
    from xinqiao.matters import followers  # noqa: PLC0415

    if verb == "enter":
        for number in range(int(numbers[0])):
            one = matter(f"20260302-{number:06}-1")
            put([one, entry(one)])
        return

    def take(read: Sequence[followers.Read]) -> None:
        for one in read:
            with (Path(os.environ["XINQIAO_HOME"]) / "read.txt").open("a") as listed:
                listed.write(f"{one.position}\n")
            time.sleep(SECONDS_AN_ENTRY)

    while followers.follow("reader", take, TOGETHER):
        pass


if __name__ == "__main__":
    main(*sys.argv[1:])
