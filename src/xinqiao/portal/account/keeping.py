"""What the other pages of the portal do for who is signed in: a petition finds its way into their list."""

from xinqiao.accounts import actions, citizens, queries
from xinqiao.portal.access import PortalRequest
from xinqiao.rules.states import Kind


def keep_submission(request: PortalRequest, matter: int, number: str, kind: str) -> bool:
    """Keeps what was just submitted, for who is signed in. A report is kept by its reporter's own choice alone."""
    citizen = citizens.citizen_of(request, request.now)
    if citizen is None or kind == Kind.REPORT:
        return False
    actions.remember_submission(citizen, matter, number, now=request.now)
    return True


def may_be_kept(request: PortalRequest, number: str) -> bool:
    """Whether the reader is signed in and does not keep this petition yet."""
    citizen = citizens.citizen_of(request, request.now)
    return citizen is not None and queries.kept_matter(citizen, number) is None
