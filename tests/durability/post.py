"""A sender that is slow and keeps a list; and the promises it is given.

python -m tests.durability.post promise 5     # in the environment of a platform
python -m tests.durability.post later         # a round of sending, some minutes from now
"""

import os
import sys
import time
from datetime import datetime, timedelta
from pathlib import Path

LIST = "XINQIAO_HOME"
SECONDS_A_MESSAGE = 0.3


def slowly(message: object, now: datetime) -> None:
    """Writes the message's key down, then takes its time; killed meanwhile, nobody learns that it was sent."""
    with (Path(os.environ[LIST]) / "sent.txt").open("a") as sent:
        sent.write(f"{message.key}\n")  # type: ignore[attr-defined]
        sent.flush()
    time.sleep(SECONDS_A_MESSAGE)


def main(verb: str, *numbers: str) -> None:
    from xinqiao.cli.django import setup  # noqa: PLC0415  this module is imported by the platform too

    setup()
    from django.utils import timezone  # noqa: PLC0415

    from xinqiao.outbox import actions, jobs  # noqa: PLC0415
    from xinqiao.outbox.values import Channel, Recipient  # noqa: PLC0415

    now = timezone.now()
    if verb == "later":
        jobs.send_due(now + timedelta(minutes=5))
        return
    for number in range(int(numbers[0])):
        to = Recipient(channel=Channel.PRINT, unit="petition-office")
        actions.queue(key=f"notice/{number}", kind="notice", to=to, template="notice", now=now)


if __name__ == "__main__":
    main(*sys.argv[1:])
