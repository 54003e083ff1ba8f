"""Categories at the levels of a taxonomy: what is in doubt among three classes may be sure to lie under one title."""

from collections import defaultdict
from collections.abc import Collection, Mapping

from xinqiao.text.classifying.values import Suggested

#: Where a class itself is less likely than this, its title is said instead, if that is as likely as `SURE`.
CLEAR = 0.5
SURE = 0.8


def ranked(likely: Mapping[str, float], offered: Collection[str], most: int = 3) -> list[Suggested]:
    """The likeliest of the codes that are offered, at most `most`, each with the likelihood of itself.

    `likely`: by code, the levels parted by dots. What is offered no longer counts for the nearest above it that is.
    A title stands first, with what all under it have together, where no class under it is clear and it is sure.
    """
    own: defaultdict[str, float] = defaultdict(float)
    for code, share in likely.items():
        nearest = nearest_offered(code, offered)
        if nearest:
            own[nearest] += share
    best = sorted(own, key=lambda code: (-own[code], code))[:most]
    found = [Suggested(label=code, confidence=round(own[code], 4)) for code in best]
    title = _title(best[0], own, offered) if best and own[best[0]] < CLEAR else None
    return [title, *(one for one in found if one.label != title.label)][:most] if title else found


def nearest_offered(code: str, offered: Collection[str]) -> str:
    """The code itself, or the nearest above it that is offered; "" for none."""
    while code and code not in offered:
        code = code.rpartition(".")[0]
    return code


def _title(code: str, own: Mapping[str, float], offered: Collection[str]) -> Suggested | None:
    """The nearest title above a code under which nearly everything lies; None where there is none."""
    above = code.rpartition(".")[0]
    while above:
        under = sum(
            share for one, share in own.items() if one == above or one.startswith(f"{above}.")
        )
        if under >= SURE and above in offered:
            return Suggested(label=above, confidence=round(min(under, 1.0), 4))
        above = above.rpartition(".")[0]
    return None
