"""Searches that somebody saved, always one's own; what is new is told by looking again, within scope at that moment."""

from datetime import datetime

from django.db import transaction

from xinqiao.rules.refusals import Refusal, Refused
from xinqiao.search.models import SavedSearch
from xinqiao.search.values import All, Saved

#: Each is looked for again whenever they are shown.
MOST = 12


def saved(account: int) -> list[Saved]:
    """The searches of an account in the order in which they were saved."""
    rows = SavedSearch.objects.filter(account=account).order_by("id")[:MOST]
    return [
        Saved(
            id=row.pk, address=row.address, seen=frozenset(row.seen), whole=row.whole, looked_at=row.looked_at,
        )
        for row in rows
    ]  # fmt: skip


def has_any(account: int) -> bool:
    """Whether the account has saved a search."""
    return SavedSearch.objects.filter(account=account).exists()


@transaction.atomic
def save(account: int, address: str, found: All, now: datetime) -> None:
    """Keeps a search, with what it finds now as seen. Saved already, it is as if it were looked at.

    Raises Refused `too_many_searches`; nothing is then changed.
    """
    own = SavedSearch.objects.filter(account=account)
    if not own.filter(address=address).exists() and own.count() >= MOST:
        raise Refused(Refusal("too_many_searches", None, {"most": str(MOST)}))
    own.update_or_create(
        account=account, address=address, defaults=_seen(found) | {"looked_at": now}
    )


def look_at(account: int, address: str, found: All, now: datetime) -> bool:
    """Takes what was found as seen, where this search is one of the account's. Returns whether it is."""
    own = SavedSearch.objects.filter(account=account, address=address)
    # Asked first: on SQLite an UPDATE waits for whoever writes even where it changes nothing, and so would each search.
    return own.exists() and bool(own.update(**_seen(found), looked_at=now))


def drop(account: int, search: int) -> bool:
    """Forgets a saved search. Returns whether there was one."""
    return bool(SavedSearch.objects.filter(account=account, pk=search).delete()[0])


def _seen(found: All) -> dict[str, object]:
    return {"seen": list(found.ids), "whole": found.whole and not found.more}
