"""Matters are filed as they stand: told again, they are filed again, and nothing is there twice."""

from collections.abc import Collection, Sequence

from django.db import transaction

from xinqiao.matters.found import Body, Filed, filed
from xinqiao.search.attached import files_of
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
        files = files_of(matters)
        told = filed(matters).items()
        engine().write([page(matter, one, files.get(matter, [])) for matter, one in told])


def filed_so_far(matters: Collection[int]) -> dict[int, int]:
    """Up to which entry each of these matters is filed."""
    rows = Filing.objects.filter(matter__in=list(matters))
    return dict(rows.values_list("matter", "last_seq"))


def page(matter: int, told: Filed, files: Sequence[Body]) -> Page:
    """A matter as it is filed. Its texts are those of its ledger and files; what is encrypted does not stand there."""
    bodies = [body for body in told.bodies if body.field not in NOT_FILED]
    words = (plain(body.text) for body in [*bodies, *files])
    return Page(matter, told.last_seq, "\n".join(filter(None, words)), " ".join(told.marks))
