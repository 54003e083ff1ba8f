"""The scores of a year as they come from figures as of a moment; nothing is written here."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from xinqiao.rules import assessment, ranking
from xinqiao.rules.assessment import Place as Standing
from xinqiao.rules.assessment import Rested, Scale, Score
from xinqiao.rules.persons import Person
from xinqiao.rules.ranking import BandCode, Size
from xinqiao.rules.refusals import Refusal, Refused
from xinqiao.rules.targets import ARTICLE, Better, Measured
from xinqiao.targets.plans import binding, files, reading
from xinqiao.targets.plans.reading import Read
from xinqiao.targets.plans.values import Binding
from xinqiao.targets.values import Place

#: By this indicator of the year before, the size of a place is told.
SIZE = "total"


@dataclass(frozen=True, kw_only=True)
class Made:
    """A score with what it rests on. `band`: the size band of the place, by its petitions of the year before."""

    binding: Binding
    figure: Measured
    score: Score
    band: BandCode


@dataclass(frozen=True, kw_only=True)
class _Figures:
    """What is read once for a whole assessment."""

    scale: Scale
    bands: tuple[ranking.Band, ...]
    this: Read
    last: Read

    def band(self, place: Place) -> BandCode:
        figure = self.last.get((place, SIZE))
        return ranking.band_of(figure.counts if figure else 0, self.bands)


def made(office: str, year: int, as_of: datetime, *, by: Person, now: datetime) -> list[Made]:
    """The score of everything that the office assesses; with the signs that stand now, as far as `by` sees them.

    Raises Refused: `year_without_targets`, `figures_missing`.
    """
    bound = binding.assessed(office, year)
    if not bound:
        raise Refused(Refusal("year_without_targets", ARTICLE, {"year": str(year)}))
    figures = _read(bound, year, as_of)
    signs = reading.signs({(one.place, one.indicator) for one in bound}, year, by, now)
    found = []
    for one in bound:
        figure = figures.this.get((one.place, one.indicator))
        if figure is None:
            raise Refused(Refusal("figures_missing", ARTICLE))
        spec = figures.scale.indicators[one.indicator]
        beside = {
            code: (figures.last.get((one.place, code)), figures.this.get((one.place, code)))
            for code in spec.companions
        }
        rested = Rested(
            target=one.aimed, figure=figure, companions=beside,
            place=_standing(one, bound, figures) if one.aimed is None else None,
            signs=tuple(signs.get((one.place, one.indicator), ())),
        )  # fmt: skip
        score = assessment.score(spec, rested)
        found.append(Made(binding=one, figure=figure, score=score, band=figures.band(one.place)))
    return found


def _read(bound: Sequence[Binding], year: int, as_of: datetime) -> _Figures:
    scale = files.scale()
    wanted = {SIZE}
    for one in bound:
        wanted |= {one.indicator, *scale.indicators[one.indicator].companions}
    at = list(dict.fromkeys(one.place for one in bound))
    return _Figures(
        scale=scale, bands=files.bands()[Size.TOTAL],
        this=reading.measured(at, reading.year(year), as_of, wanted),
        last=reading.measured(at, reading.year(year - 1), as_of, wanted),
    )  # fmt: skip


def _standing(one: Binding, bound: Sequence[Binding], figures: _Figures) -> Standing | None:
    """Where the place stands by this indicator among those of its scale and size; None where it has no figure."""
    code, better = one.indicator, figures.scale.indicators[one.indicator].better
    peers = {each.place for each in bound if each.place.scale is one.place.scale}
    amounts = {
        f"{peer.scale}/{peer.code}": Decimal(amount.numerator) / Decimal(amount.denominator)
        for peer in peers
        if (figure := figures.this.get((peer, code))) and (amount := figure.amount) is not None
    }
    sign = -1 if better is Better.FEWER else 1
    bands = {f"{peer.scale}/{peer.code}": figures.band(peer) for peer in peers}
    ranked = ranking.ranked({at: sign * amount for at, amount in amounts.items()}, bands)
    mine = next(
        (each for each in ranked if each.place == f"{one.place.scale}/{one.place.code}"), None
    )
    if mine is None:
        return None
    return Standing(rank=mine.rank, of=mine.of, allowed=ranking.allowed(one.amount, mine.of))


def total(points: Mapping[str, tuple[int, int]]) -> int:
    """Points of a hundred, in hundredths, from points and full points of each indicator."""
    got = sum(one for one, _ in points.values())
    full = sum(one for _, one in points.values())
    return (2 * 10_000 * got + full) // (2 * full) if full else 0
