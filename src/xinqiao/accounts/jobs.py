"""What the worker clears away: codes and sessions that have ended."""

from datetime import datetime

from django.contrib.sessions.models import Session

from xinqiao.accounts.models import PhoneCode


def clear_ended(now: datetime) -> int:
    """Deletes codes and sessions that open nothing any more. Returns how many. May run twice, may run late."""
    codes, _ = PhoneCode.objects.filter(ends_at__lte=now).delete()
    sessions, _ = Session.objects.filter(expire_date__lte=now).delete()
    return codes + sessions
