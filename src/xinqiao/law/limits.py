"""What a regulation is made of: limits with their articles, editions by date, the law itself."""

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from xinqiao.law.errors import BadProvision, NoLawInForce
from xinqiao.law.wording import Citation, Lang, word

LARGEST_AMOUNT = 3650  # ten years: no limit of this field is longer


class Unit(StrEnum):
    """What a limit counts in; SET means the paper that starts it names the date."""

    DAYS = "days"
    WORKING_DAYS = "working_days"
    HOURS = "hours"
    SET = "set"


class Kind(StrEnum):
    """DUTY: someone must act in time. WINDOW: someone may. EXTENSION: added to a duty, once."""

    DUTY = "duty"
    WINDOW = "window"
    EXTENSION = "extension"


class Owner(StrEnum):
    """Whose duty or window it is."""

    PETITION_OFFICE = "petition_office"
    RECEIVING_ORGAN = "receiving_organ"
    HANDLING_UNIT = "handling_unit"
    PETITIONER = "petitioner"
    REVIEWING_ORGAN = "reviewing_organ"
    REEXAMINING_ORGAN = "reexamining_organ"
    ORGAN_ADDRESSED = "organ_addressed"
    FIRST_TO_NOTICE = "first_to_notice"


@dataclass(frozen=True, kw_only=True)
class LocalFigure:
    """That a figure is a local one: where it stands, and what the regulation itself says."""

    cite: Citation
    national_amount: int


@dataclass(frozen=True, kw_only=True)
class Limit:
    """One limit of the table: so many units from a starting event, whose it is, and the article."""

    id: str
    rank: int
    amount: int | None
    unit: Unit
    kind: Kind
    owner: Owner
    cite: Citation
    starts: Mapping[str, str]
    title: Mapping[str, str]
    local: LocalFigure | None = None
    _spoken: dict[Lang, Mapping[str, str]] = field(default_factory=dict, repr=False, compare=False)

    @property
    def article(self) -> str | None:
        """The number of the article alone; None where a measure has no article to cite."""
        return self.cite.article

    @property
    def figure(self) -> int:
        """The amount, where the limit must have one. Raises BadProvision for a set date."""
        if self.amount is None:
            raise BadProvision("provision_no_figure", where=self.cite, id=self.id)
        return self.amount

    def spoken(self, lang: Lang) -> Mapping[str, str]:
        """The phrases a sentence may use: cite, starts, title, amount."""
        if lang not in self._spoken:
            self._spoken[lang] = {
                "cite": self.cite.spoken(lang),
                "starts": self.starts[lang],
                "title": self.title[lang],
                "amount": f"{self.amount}{word(f'unit_{self.unit}', lang)}",
            }
        return self._spoken[lang]


@dataclass(frozen=True, kw_only=True, eq=False)
class Edition:
    """A law as it reads from one day on: its limits by id, and the article of each event."""

    law_id: str
    cite: Citation
    starts: date
    limits: Mapping[str, Limit]
    event_articles: Mapping[str, str]

    def article_of(self, event_type: str) -> Citation:
        """The place in the law that speaks of an event; the law alone if no article does."""
        return replace(self.cite, article=self.event_articles.get(event_type))


@dataclass(frozen=True, kw_only=True, eq=False)
class Law:
    """A regulation in force from `starts` to `ends` (None: still), in editions by date."""

    id: str
    cite: Citation
    starts: date
    ends: date | None
    editions: tuple[Edition, ...]
    local: Citation | None = None

    def covers(self, day: date) -> bool:
        """Whether the law was in force on `day`."""
        return self.starts <= day and (self.ends is None or day <= self.ends)

    def edition(self, day: date) -> Edition:
        """How the law read on `day`. Raises NoLawInForce outside its time."""
        if not self.covers(day):
            raise NoLawInForce("law_not_in_force", law=self.cite, day=day)
        return self.editions[bisect_right(self.editions, day, key=lambda e: e.starts) - 1]
