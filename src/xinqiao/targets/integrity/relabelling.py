"""Re-labelling: contacts that repeat an earlier matter in words, and were registered as first.

Shown as cases of the unit that registered them, never as a list of people.
"""

from collections.abc import Iterable, Iterator, Mapping

from xinqiao.rules.integrity import Sign
from xinqiao.targets.integrity.peers import judge
from xinqiao.targets.integrity.values import Finding, Repeated, Seen
from xinqiao.text.likeness import in_common, pieces


def first(
    sign: Sign, repeated: Iterable[Repeated], groups: Mapping[str, str] | None = None
) -> list[Finding]:
    """Units that registered far more repeats as first than others."""
    return judge(sign, "first", _seen(sign, repeated), groups)


def _seen(sign: Sign, repeated: Iterable[Repeated]) -> Iterator[Seen]:
    """Repeats, as registered or as their words say; another matter of the same petitioner is none."""
    for one in repeated:
        if not one.as_first:
            yield Seen(unit=one.unit, case=one.case, marked=False)
        elif _same(one, sign.limits["same_words"]):
            yield Seen(unit=one.unit, case=one.case, marked=True)


def _same(one: Repeated, share: float) -> bool:
    own = pieces(one.text)
    return any(in_common(own, pieces(text)) >= share for text in one.earlier)
