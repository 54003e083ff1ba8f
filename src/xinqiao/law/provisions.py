"""The regulations as dated data: which one was in force on a day, and its limits with articles.

    law.on(date(2024, 3, 1)).edition(date(2024, 3, 1)).limits["handle"].amount  # 60

A law has editions: a limit of its table may be dated, so an amendment is one new entry and a matter
keeps the figures of the day it began. A local provision (`load_local`) makes one more edition.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from importlib import resources
from pathlib import Path
from types import MappingProxyType

from xinqiao.law.errors import BadProvision, LawError, LooserThanLaw, NoLawInForce
from xinqiao.law.limits import LARGEST_AMOUNT, Edition, Kind, Law, Limit, LocalFigure, Owner, Unit
from xinqiao.law.tables import StrictTable, read_toml
from xinqiao.law.wording import Citation, Phrase

__all__ = [
    "Edition", "Law", "Limit", "by_id", "duty_of", "kind_of", "load_law", "load_local", "newest",
    "on", "roll_citation",
]  # fmt: skip

LAW_IDS = ("R2005", "R2022")
REQUIRED_LIMITS = frozenset({
    "register_and_refer", "notify_direct", "notify_referred", "handle", "handle_extended",
    "request_review", "review", "request_reexamination", "reexamine", "report_back",
    "recommendation_feedback", "urgent_report", "simple_accept", "simple_handle",
})  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class DatedLimit:
    """A limit of the table and the days between which it reads so (None: as long as the law)."""

    limit: Limit
    starts: date | None
    ends: date | None

    def reads_on(self, day: date) -> bool:
        """Whether this is the limit as it reads on `day`."""
        return (self.starts is None or self.starts <= day) and (
            self.ends is None or day <= self.ends
        )


@cache
def by_id(law_id: str) -> Law:
    """The law with that id, R2005 or R2022. Raises NoLawInForce for any other."""
    if law_id not in LAW_IDS:
        raise NoLawInForce("law_unknown", id=law_id, known=", ".join(LAW_IDS))
    return load_law(_packaged(f"{law_id}.toml"))


def on(day: date, local: Law | None = None) -> Law:
    """The law in force on `day`; `local`, an edition with local figures, where it covers the day.

    Raises NoLawInForce before 2005-05-01.
    """
    if local is not None and local.covers(day):
        return local
    for law_id in reversed(LAW_IDS):
        if by_id(law_id).covers(day):
            return by_id(law_id)
    raise NoLawInForce("law_none_on", day=day, first=by_id(LAW_IDS[0]).starts)


def newest() -> Law:
    """The law in force today and until it is replaced."""
    return by_id(LAW_IDS[-1])


@cache
def roll_citation(day: date) -> Citation:
    """The civil-law text, in force on `day`, that moves a last day off to the next working day."""
    table = _strict(_packaged("counting.toml"))
    texts = sorted(table.tables("roll"), key=lambda text: text.day("from"))
    return _citation([text for text in texts if text.day("from") <= day][-1])


def duty_of(clock_id: str) -> Owner:
    """Whose duty or window a clock is. Raises KeyError for an id that is no clock."""
    return _newest_limits()[clock_id].owner


def kind_of(clock_id: str) -> Kind:
    """Whether a clock is a duty or a window. Raises KeyError for an id that is no clock."""
    kind = _newest_limits()[clock_id].kind
    return Kind.DUTY if kind is Kind.EXTENSION else kind


def _newest_limits() -> Mapping[str, Limit]:
    return newest().editions[-1].limits


def load_law(path: Path) -> Law:
    """A law from a TOML file. Raises BadProvision when the file is not a whole law."""
    table = _strict(path)
    table.only(("id", "title_zh", "title_en", "from", "to", "events", "limit"))
    cite = _citation(table)
    starts, ends = table.day("from"), table.day_or_none("to")
    dated = [
        _dated_limit(item, rank, cite) for rank, item in enumerate(table.tables("limit"), start=1)
    ]
    events = StrictTable(table.values.get("events"), where=path.name, error=BadProvision)
    articles = MappingProxyType({name: events.text(name) for name in events.values})
    editions = tuple(
        Edition(
            law_id=table.text("id"),
            cite=cite,
            starts=day,
            limits=_limits_on(day, dated, path.name),
            event_articles=articles,
        )
        for day in _turning_days(dated, starts)
    )
    return Law(id=table.text("id"), cite=cite, starts=starts, ends=ends, editions=editions)


def _turning_days(dated: Iterable[DatedLimit], first: date) -> list[date]:
    days = {first}
    for item in dated:
        if item.starts:
            days.add(item.starts)
        if item.ends:
            days.add(item.ends + timedelta(days=1))
    return sorted(day for day in days if day >= first)


def _limits_on(day: date, dated: Iterable[DatedLimit], where: str) -> Mapping[str, Limit]:
    limits: dict[str, Limit] = {}
    for item in dated:
        if item.reads_on(day):
            if item.limit.id in limits:
                raise BadProvision("provision_twice", where=where, id=item.limit.id, day=day)
            limits[item.limit.id] = item.limit
    if missing := REQUIRED_LIMITS - limits.keys():
        raise BadProvision(
            "provision_missing", where=where, ids=", ".join(sorted(missing)), day=day
        )
    return MappingProxyType(limits)


def _dated_limit(table: StrictTable, rank: int, law: Citation) -> DatedLimit:
    table.only((
        "id", "amount", "unit", "kind", "owner", "article", "measure_zh", "measure_en",
        "starts_zh", "starts_en", "title_zh", "title_en", "from", "to",
    ))  # fmt: skip
    unit = Unit(table.choice("unit", list(Unit)))
    limit = Limit(
        id=table.text("id"),
        rank=rank,
        amount=None if unit is Unit.SET else table.whole("amount", 1, LARGEST_AMOUNT),
        unit=unit,
        kind=Kind(table.choice("kind", list(Kind))),
        owner=Owner(table.choice("owner", list(Owner))),
        cite=_limit_citation(table, law),
        starts={"zh": table.text("starts_zh"), "en": table.text("starts_en")},
        title={"zh": table.text("title_zh"), "en": table.text("title_en")},
    )
    return DatedLimit(limit=limit, starts=table.day_or_none("from"), ends=table.day_or_none("to"))


def _limit_citation(table: StrictTable, law: Citation) -> Citation:
    """An article of the law itself, or a measure beside it that is cited by its title alone."""
    if "measure_zh" in table.values:
        return Citation(title_zh=table.text("measure_zh"), title_en=table.text("measure_en"))
    return replace(law, article=table.text("article"))


def load_local(path: Path, base: Law | None = None) -> Law:
    """`base` (by default the law that the file names) with a local provision's stricter figures.

    They count from the file's own day on. An office's duty (and a unit's window to object) may only
    be made shorter, a petitioner's window only longer. Raises LooserThanLaw, naming the article, or
    BadProvision.
    """
    table = _strict(path)
    table.only(("base", "title_zh", "title_en", "from", "limit"))
    base_id = table.choice("base", LAW_IDS)
    base = base or by_id(base_id)
    if base_id != base.id:
        raise BadProvision("provision_other_base", where=path.name, base=base.id)
    cite, starts = _citation(table), table.day("from")
    if not base.covers(starts):
        raise BadProvision("provision_outside_law", where=path.name, day=starts, law=base.cite)
    changes = table.tables("limit")
    editions = [edition for edition in base.editions if edition.starts < starts]
    for edition in (base.edition(starts), *(e for e in base.editions if e.starts > starts)):
        limits = MappingProxyType({**edition.limits, **_local_limits(changes, edition, cite)})
        editions.append(replace(edition, limits=limits, starts=max(edition.starts, starts)))
    return replace(base, editions=tuple(editions), local=cite)


def _local_limits(
    changes: Iterable[StrictTable], edition: Edition, local: Citation
) -> Mapping[str, Limit]:
    limits: dict[str, Limit] = {}
    for change in changes:
        change.only(("id", "amount", "unit", "article"))
        limit = edition.limits[change.choice("id", edition.limits)]
        if limit.id in limits:
            raise change.refuse("id", Phrase(code="expect_once"))
        limits[limit.id] = _local_limit(change, limit, local)
    return limits


def _local_limit(change: StrictTable, limit: Limit, local: Citation) -> Limit:
    change.choice("unit", (limit.unit,))  # 10 working days may be longer than 15 days: not compared
    national, amount = limit.figure, change.whole("amount", 1, LARGEST_AMOUNT)
    is_window_of_citizen = limit.owner is Owner.PETITIONER
    if (amount < national) if is_window_of_citizen else (amount > national):
        code = "local_window_shorter" if is_window_of_citizen else "local_duty_longer"
        raise LooserThanLaw(
            code, where=change.where, id=limit.id, amount=amount, limit=limit, law=limit.cite
        )
    cite = replace(local, article=change.text_or_none("article"))
    figure = LocalFigure(cite=cite, national_amount=national)
    return replace(limit, amount=amount, local=figure, _spoken={})


def _strict(path: Path) -> StrictTable:
    return StrictTable(read_toml(path, BadProvision), where=path.name, error=BadProvision)


def _citation(table: StrictTable) -> Citation:
    return Citation(
        title_zh=table.text("title_zh"),
        title_en=table.text("title_en"),
        article=table.text_or_none("article"),
    )


def _packaged(name: str) -> Path:
    path = resources.files("xinqiao.law") / "provisions" / name
    if not isinstance(path, Path):
        raise LawError("file_unreadable", file=name, why="the package is not unpacked")
    return path
