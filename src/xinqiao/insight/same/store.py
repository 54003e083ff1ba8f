"""The scorer in use: this platform's own where one was learned and did better, else that of the program."""

from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from pathlib import Path

from xinqiao.insight.kept import Kept, folder
from xinqiao.insight.models import ScorerVersion
from xinqiao.text.linking.scorer import Scorer, UnusableScorer, read, shipped

#: Stands for the scorer that comes with the program.
SHIPPED = 0


class Serving(StrEnum):
    """Which scorer says how likely two matters are about the same."""

    OWN = "own"
    SHIPPED = "shipped"
    UNUSABLE = "unusable"  # the own one is missing, damaged or of another version: the one of the program serves


@dataclass(frozen=True, kw_only=True, eq=False)
class InUse:
    """A scorer, which version it is (`SHIPPED`: that of the program), and why."""

    scorer: Scorer
    version: int
    serving: Serving


def in_use() -> InUse:
    """The scorer that serves now. Nothing is raised for a file that cannot be used. Needs numpy."""
    row = ScorerVersion.objects.filter(in_use=True).values_list("number", "sum").first()
    if row is None:
        return InUse(scorer=shipped(), version=SHIPPED, serving=Serving.SHIPPED)
    own = _scorers.at(path_of(row[0]), row[1])
    if own is None:
        return InUse(scorer=shipped(), version=SHIPPED, serving=Serving.UNUSABLE)
    return InUse(scorer=own, version=row[0], serving=Serving.OWN)


def path_of(number: int) -> Path:
    """Where the scorer of this version lies."""
    return folder() / f"same-{number}.json"


def keep(number: int, scorer: Scorer) -> str:
    """Writes the scorer of a version in one go; the sum that its file must have."""
    text = scorer.written()
    path = path_of(number)
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.part")
    part.write_text(text, encoding="utf-8")
    part.replace(path)
    return _sum(text)


def clear(but: set[int]) -> None:
    """Scorers that served before the last are of no use any more."""
    kept = {path_of(number) for number in but}
    for path in folder().glob("same-*.json"):
        if path not in kept:
            path.unlink(missing_ok=True)


def _scorer(path: Path, must_be: str) -> Scorer:
    text = path.read_text(encoding="utf-8")
    if _sum(text) != must_be:
        raise UnusableScorer(f"{path.name} is damaged")
    return read(text)


def _sum(text: str) -> str:
    return sha256(text.encode()).hexdigest()


_scorers = Kept(_scorer, (OSError, UnicodeDecodeError, UnusableScorer))
