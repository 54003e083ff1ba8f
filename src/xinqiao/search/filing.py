"""Matters are filed as they stand: told again, they are filed again, and nothing is there twice."""

from collections.abc import Collection, Sequence

from django.db import transaction

from xinqiao.matters.found import Filed, filed
from xinqiao.search.engines import engine
from xinqiao.search.models import Filing
from xinqiao.search.values import Page
from xinqiao.text.finding import plain

#: Fields whose words are of no use to who looks for a matter.
NOT_FILED = frozenset({"proof"})


@transaction.atomic
def take(matters: Sequence[int]) -> None:
    """Files these matters anew. May run twice, and late. Raises DatabaseError where the index is missing or broken."""
    if matters:
        engine().write([page(matter, told) for matter, told in filed(matters).items()])


def filed_so_far(matters: Collection[int]) -> dict[int, int]:
    """Up to which entry each of these matters is filed."""
    rows = Filing.objects.filter(matter__in=list(matters))
    return dict(rows.values_list("matter", "last_seq"))


def page(matter: int, told: Filed) -> Page:
    """A matter as it is filed. Its texts are those of its ledger; what is encrypted does not stand there."""
    words = (plain(body.text) for body in told.bodies if body.field not in NOT_FILED)
    return Page(matter, told.last_seq, "\n".join(filter(None, words)), " ".join(told.marks))
