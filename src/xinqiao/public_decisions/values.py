"""What doors hand to public decisions, and what they get back: plain values."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from xinqiao.people.values import PersonInput
from xinqiao.rules.public_decisions import Conclusion, Question, Stage, Verdict
from xinqiao.rules.suggestion_calls import Adoption, CallStage

#: The kinds of things whose files lie with `evidence`.
FINDING = "finding"


class Source(StrEnum):
    """How an opinion was gathered."""

    PORTAL = "portal"
    HEARING = "hearing"
    SURVEY = "survey"
    VISIT = "visit"


class Stance(StrEnum):
    """What an opinion says of the decision as it is planned."""

    FOR = "for"
    CHANGE = "change"
    AGAINST = "against"
    QUESTION = "question"


class Role(StrEnum):
    """As what somebody is touched by a decision: never who they are."""

    RESIDENT = "resident"
    OWNER = "owner"
    TENANT = "tenant"
    FARMER = "farmer"
    TRADER = "trader"
    WORKER = "worker"
    PARENT = "parent"
    PATIENT = "patient"
    COMMUTER = "commuter"
    FIRM = "firm"
    OTHER = "other"


class Heed(StrEnum):
    """What an answer does with the opinions that belong to it."""

    TAKEN_UP = "taken_up"
    PARTLY = "partly_taken_up"
    EXPLAINED = "explained"


@dataclass(frozen=True, kw_only=True)
class Option:
    """One way in which it could be decided."""

    name: str
    words: str = ""


@dataclass(frozen=True, kw_only=True)
class Touched:
    """How many people of one role the decision touches."""

    role: Role
    number: int


@dataclass(frozen=True, kw_only=True)
class Described:
    """What an assessment is about. `regions` and `categories` are codes; the first region is the main one."""

    subject: str
    background: str
    regions: Sequence[str] = ()
    categories: Sequence[str] = ()
    touched: Sequence[Touched] = ()
    options: Sequence[Option] = ()


@dataclass(frozen=True, kw_only=True)
class AssessmentLine:
    """One line of a list of assessments."""

    id: int
    number: str
    subject: str
    unit: str
    region: str
    stage: Stage
    conclusion: Conclusion | None
    closes_on: date | None
    effective_on: date | None
    opinions: int
    unanswered: int


@dataclass(frozen=True, kw_only=True)
class Finding:
    """What was found on one question."""

    id: int
    question: Question
    verdict: Verdict
    words: str
    laws: str


@dataclass(frozen=True, kw_only=True)
class Measure:
    """What goes with a decision so that its risks stay in hand: an owner, a day, and when it was done."""

    id: int
    words: str
    owner: str
    due_on: date
    done_on: date | None
    done_words: str


@dataclass(frozen=True, kw_only=True)
class Answer:
    """The answer to all opinions of one kind; `opinions` counts them."""

    id: int
    title: str
    words: str
    heed: Heed
    opinions: int


@dataclass(frozen=True, kw_only=True)
class Opinion:
    """One opinion. `number` counts within its assessment; `shown` is what everybody may read of it, "" for nothing."""

    id: int
    number: int
    source: Source
    stance: Stance
    role: Role
    people: int
    words: str
    at: datetime
    answer: int | None
    shown: str


@dataclass(frozen=True, kw_only=True)
class NewOpinion:
    """An opinion as it arrived, cleaned by nobody yet. `people` is how many said so, at a hearing or in a survey."""

    stance: Stance
    role: Role
    words: str
    source: Source = Source.PORTAL
    people: int = 1
    request_key: str | None = None


@dataclass(frozen=True, kw_only=True)
class Happening:
    """One entry of the history of an assessment or a call."""

    seq: int
    act: str
    at: datetime
    account: int | None
    unit: str
    stage: str
    words: str
    facts: Mapping[str, str | int]


@dataclass(frozen=True, kw_only=True)
class AssessmentSheet:
    """An assessment opened by somebody who may see it."""

    line: AssessmentLine
    described: Described
    drafters: frozenset[int]
    opens_on: date | None
    short_reason: str
    findings: Mapping[Question, Finding]
    answers: Sequence[Answer]
    measures: Sequence[Measure]
    conclusion_words: str
    chosen: str
    approved_by: int | None
    approved_on: date | None
    effective_words: str
    looked_back: str
    history: Sequence[Happening] = ()


@dataclass(frozen=True, kw_only=True)
class NewCall:
    """A suggestion call as it is drafted."""

    topic: str
    words: str
    region: str
    category: str
    opens_on: date
    closes_on: date


@dataclass(frozen=True, kw_only=True)
class Call:
    """A suggestion call; `result` is what came of all of it, for everybody to read."""

    id: int
    number: str
    topic: str
    words: str
    unit: str
    region: str
    category: str
    opens_on: date
    closes_on: date
    stage: CallStage
    result: str
    suggestions: int = 0
    undecided: int = 0


@dataclass(frozen=True, kw_only=True)
class NewSuggestion:
    """A suggestion to a call. Who suggests need not say who they are: `who` is then None."""

    subject: str
    body: str
    who: PersonInput | None = None
    request_key: str | None = None


@dataclass(frozen=True, kw_only=True)
class Suggestion:
    """One suggestion of a call, with its matter. `shown`, `why`, `outcome` are for everybody once it is released."""

    id: int
    call: int
    matter: int
    number: str
    subject: str
    state: str
    received_at: datetime
    adoption: Adoption | None
    why: str
    outcome: str
    shown: str
    body: str = field(default="", repr=False)


@dataclass(frozen=True, kw_only=True)
class MonthCount:
    """Matters of one month, counted from the month in which a decision took effect (0); before it negative."""

    month: date
    offset: int
    by_rule: int
    by_hand: int

    @property
    def matters(self) -> int:
        return self.by_rule + self.by_hand
