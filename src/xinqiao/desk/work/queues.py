"""The queues of the desk by name: those that a state tells, and those that lie across them."""

from django.utils.translation import gettext as _

from xinqiao.desk.words import Names
from xinqiao.matters.queries import ACROSS, EVERYTHING, QUEUES, WAITING

EVERY = (*QUEUES, *ACROSS)


def title(queue: str, names: Names) -> str:
    """What a list of the desk is called."""
    own = {
        WAITING: _("Waiting for my unit"),
        EVERYTHING: _("All that I may see"),
        "to_notify": _("To notify"),
        "to_extend": _("Extensions to decide"),
    }
    return own[queue] if queue in own else names.word("queue", queue)
