"""What a person does with the list of matters that would teach most. A category itself is given in the ledger."""

from django.db import transaction

from xinqiao.insight.models import Settled, Telling


@transaction.atomic
def leave_as_it_is(matter: int) -> bool:
    """Somebody looked at the matter: its category stays, and it is not asked about again until it is classified anew.

    The caller has made sure that the matter exists for them. Returns whether it was asked about. Who looked is kept
    nowhere: this is about the matter.
    """
    row = Telling.objects.filter(matter=matter).first()
    if row is None:
        return False
    Settled.objects.update_or_create(matter=matter, defaults={"seq": row.seq})
    row.delete()
    return True
