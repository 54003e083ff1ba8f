"""Values that the plan of a year gives to doors: targets, parts, letters, scores, appeals, ranks, distances."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from fractions import Fraction

from xinqiao.rules.assessment import Line
from xinqiao.rules.key_management import Condition, Stand
from xinqiao.rules.ranking import Ranked
from xinqiao.rules.targets import Aim, Measured
from xinqiao.targets.forecast.values import Crossing
from xinqiao.targets.values import Place

#: Files of an appeal belong, for `evidence`, to this kind of thing.
APPEAL = "score_appeal"
#: A point has so many hundredths.
CENTS = 100


class Verb(StrEnum):
    """What stands in the history of a plan."""

    SET = "set"
    WITHDRAW = "withdraw"
    PART = "part"
    ISSUE = "issue"
    SIGN = "sign"
    ASSESS = "assess"
    APPEAL = "appeal"
    ANSWER = "answer"
    POPULATION = "population"
    CLOSE = "close"


class Subject(StrEnum):
    """What an event is about."""

    TARGET = "target"
    LETTER = "letter"
    SCORE = "score"
    APPEAL = "appeal"
    POPULATION = "population"
    CLOSE = "close"


class AppealState(StrEnum):
    OPEN = "open"
    KEPT = "kept"
    CHANGED = "changed"


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """A target as somebody sets it. `amount` in the units of `rules.targets`."""

    place: Place
    year: int
    indicator: str
    aim: Aim
    amount: int
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class PartLine:
    """What of a target is one place's; `kept` at the target's own place. `proposed` is what the key gave."""

    place: Place
    amount: int
    proposed: int | None
    kept: bool = False


@dataclass(frozen=True, kw_only=True)
class TargetLine:
    """One target with its parts, and what it is measured by. `figure`: this year so far."""

    id: int
    office: str
    place: Place
    year: int
    indicator: str
    aim: Aim
    amount: int
    aimed: int | None
    reason: str
    parted_by: str
    set_at: datetime
    set_by: int | None
    parts: Sequence[PartLine] = ()


@dataclass(frozen=True, kw_only=True)
class Binding:
    """What binds a place: its own target, or its `part` of that of `whole`. `target` names the row."""

    place: Place
    indicator: str
    aim: Aim
    amount: int
    aimed: int | None
    target: int
    office: str
    whole: Place

    @property
    def part(self) -> bool:
        return self.place != self.whole


@dataclass(frozen=True, kw_only=True)
class PlaceLine:
    """One line of the list of a year: what binds a place, beside last year and this year so far.

    It `opens` where the target exists for who asks: whoever has a part need not see the whole.
    """

    binding: Binding
    opens: bool
    last: Measured | None
    this: Measured | None
    away: Fraction | None

    @property
    def reached(self) -> bool:
        return self.away is not None and self.away <= 0


@dataclass(frozen=True, kw_only=True)
class LetterLine:
    """A letter as it was issued; `newest` of its unit and year, and still what the targets say."""

    id: int
    office: str
    unit: str
    year: int
    version: int
    contents: Mapping[str, object]
    sha256: str
    issued_at: datetime
    issued_by: int | None
    signed_at: datetime | None
    signed_by: int | None
    newest: bool


@dataclass(frozen=True, kw_only=True)
class AppealLine:
    """What was said against a score, and the answer."""

    id: int
    score: int
    unit: str
    reason: str
    at: datetime
    by: int | None
    due: date
    before: int
    after: int | None
    answer: str
    answered_at: datetime | None
    answered_by: int | None
    answered_for: str

    @property
    def state(self) -> AppealState:
        if self.after is None:
            return AppealState.OPEN
        return AppealState.KEPT if self.after == self.before else AppealState.CHANGED


@dataclass(frozen=True, kw_only=True)
class ScoreLine:
    """The points of one indicator of one place, in hundredths, and how they came about."""

    id: int
    office: str
    year: int
    place: Place
    unit: str
    indicator: str
    aimed: int | None
    figure: Measured
    points: int
    full: int
    derivation: Sequence[Line]
    as_of: datetime
    at: datetime
    appeal: AppealLine | None = None

    @property
    def look(self) -> bool:
        return any(one.look for one in self.derivation)


@dataclass(frozen=True, kw_only=True)
class PlaceScore:
    """All points of a place in a year: of a hundred, in hundredths; and where that puts it among its size."""

    place: Place
    unit: str
    total: int
    scores: Sequence[ScoreLine]
    rank: Ranked | None = None


@dataclass(frozen=True, kw_only=True)
class PlaceStand:
    """How far a place is from each limit of key management, and when it is expected to pass those of numbers."""

    place: Place
    population: int | None
    stands: Sequence[Stand]
    expected: Mapping[Condition, Crossing] = field(default_factory=dict)

    @property
    def listed(self) -> bool:
        return any(one.listed for one in self.stands)


@dataclass(frozen=True, kw_only=True)
class CloseLine:
    """A closed year."""

    id: int
    office: str
    year: int
    as_of: datetime
    at: datetime
    by: int | None
    sha256: str
    document: str


@dataclass(frozen=True, kw_only=True)
class PopulationLine:
    """How many people live in a region, for a year."""

    region: str
    year: int
    people: int
    source: str


@dataclass(frozen=True, kw_only=True)
class EventLine:
    """One line of the history."""

    verb: Verb
    subject: Subject
    at: datetime
    account: int | None
    place: Place | None
    said: Mapping[str, object] = field(default_factory=dict)
