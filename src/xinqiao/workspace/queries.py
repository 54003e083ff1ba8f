"""Reading one's own workspace. Every read names the account: nobody sees another's."""

from xinqiao.workspace.models import LastList, SavedView
from xinqiao.workspace.values import View


def views(account: int) -> list[View]:
    """The saved lists of an account in its own order."""
    rows = SavedView.objects.filter(account=account).order_by("place", "id")
    return [
        View(id=row.pk, name=row.name, address=row.address, opens_first=row.opens_first)
        for row in rows
    ]


def last_list(account: int) -> str:
    """The query part of the list that was open last; "" when there was none."""
    address = LastList.objects.filter(account=account).values_list("address", flat=True).first()
    return address or ""
