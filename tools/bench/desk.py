"""Somebody at their desk, for `tools.bench.pages`: a session, and the pages they may open; printed as JSON.

Run as a program in the environment of a platform, since a process can have only one.
"""

import json
import random
import sys

import django

SEED = 1
OPENED = 200


def main(username: str) -> None:
    django.setup()
    from django.test import Client  # noqa: PLC0415  only after setup
    from django.utils import timezone  # noqa: PLC0415

    from xinqiao.directory import queries as directory  # noqa: PLC0415
    from xinqiao.directory.models import Account  # noqa: PLC0415
    from xinqiao.matters import queries as matters  # noqa: PLC0415
    from xinqiao.rules.persons import SYSTEM  # noqa: PLC0415

    account = Account.objects.get(username=username)
    client = Client()
    client.force_login(account)
    now = timezone.now()
    person = directory.person(account.pk, matters.today(now))
    seen = matters.scope(person, now)
    listed = [
        line
        for page in (1, 5, 20, 40)
        for line in matters.page(person, matters.Filters(), page, 50, now)
    ]
    opened = random.Random(SEED).sample(listed, min(OPENED, len(listed)))
    print(
        json.dumps(
            {
                "cookie": f"sessionid={client.cookies['sessionid'].value}",
                "visible": seen.count(),
                "stored": matters.scope(SYSTEM, now).count(),
                "ids": [line.id for line in opened],
                "numbers": [line.number for line in opened],
            }
        )
    )


if __name__ == "__main__":
    main(sys.argv[1])
