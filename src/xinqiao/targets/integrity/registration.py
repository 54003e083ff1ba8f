"""Late or missing registration: gaps between a contact's own date and its registration; what only those above know."""

from collections.abc import Iterable, Iterator, Mapping

from xinqiao.rules.integrity import Sign
from xinqiao.targets.integrity.peers import judge
from xinqiao.targets.integrity.values import Above, Arrived, Finding, Seen


def late(
    sign: Sign, arrived: Iterable[Arrived], groups: Mapping[str, str] | None = None
) -> list[Finding]:
    """Units that registered far more contacts late than others, channel for channel: letters are on their way."""
    return judge(sign, "late", _gaps(sign, arrived), groups)


def _gaps(sign: Sign, arrived: Iterable[Arrived]) -> Iterator[Seen]:
    for one in arrived:
        gap = (one.registered - one.own_date).days
        marked = gap > sign.limits["late_after"]
        yield Seen(unit=one.unit, case=one.case, marked=marked, kind=one.channel)


def unknown(
    sign: Sign, above: Iterable[Above], groups: Mapping[str, str] | None = None
) -> list[Finding]:
    """Units from whose place far more came above of which nothing was registered here than elsewhere."""
    seen = (Seen(unit=one.unit, case=one.case, marked=not one.known) for one in above)
    return judge(sign, "unknown", seen, groups)
