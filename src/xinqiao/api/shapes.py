"""What goes through the door, as the OpenAPI description shows it. Nothing is converted: a number is no text."""

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from xinqiao.people.values import LONGEST, PersonInput, PetitionerKind
from xinqiao.text.clean import MAX_TEXT

#: PostgreSQL cannot keep U+0000, and no petition has ever needed it.
NO_NUL = r"^[^\x00]*$"
MOST_PEOPLE = 1_000_000
MOST_REPRESENTATIVES = 5
_LONGEST_SUBJECT, _LONGEST_NUMBER, _LONGEST_CATEGORY = 200, 40, 120


def _text(longest: int, shortest: int = 0) -> StringConstraints:
    return StringConstraints(min_length=shortest, max_length=longest, pattern=NO_NUL)


Subject = Annotated[str, _text(_LONGEST_SUBJECT, 1)]
Body = Annotated[str, _text(MAX_TEXT, 1)]
Name = Annotated[str, _text(LONGEST["name"], 1)]
Number = Annotated[str, _text(_LONGEST_NUMBER)]
Region = Annotated[str, StringConstraints(pattern="^[0-9]{6,12}$")]


class _Given(BaseModel):
    """What a program sends."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


class RepresentativeIn(_Given):
    """Who speaks for a group or an organisation (art. 20)."""

    name: Name
    id_number: Number = ""
    phone: Number = ""
    address: Annotated[str, _text(LONGEST["address"])] = ""

    def person(self) -> PersonInput:
        return PersonInput(**self.model_dump())


class PetitionerIn(_Given):
    """In whose name the petition speaks. For an organisation `id_number` is its unified social credit code."""

    kind: Literal["person", "organisation"] = "person"
    name: Name
    address: Annotated[str, _text(LONGEST["address"], 1)]
    id_number: Number = ""
    phone: Number = ""

    def person(self) -> PersonInput:
        return PersonInput(**self.model_dump() | {"kind": PetitionerKind(self.kind)})


class ContactIn(_Given):
    """One petition. `region` says where the problem is (GB/T 2260): the petition office of that place receives it."""

    subject: Annotated[Subject, Field(examples=["电梯停用半年，请求修复"])]
    body: Body
    region: Annotated[Region, Field(examples=["340811"])]
    petitioner: PetitionerIn
    representatives: Annotated[list[RepresentativeIn], Field(max_length=MOST_REPRESENTATIVES)] = []
    head_count: Annotated[int, Field(ge=1, le=MOST_PEOPLE)] = 1
    kind: Literal["claim", "suggestion", "report", ""] = ""
    category: Annotated[str, _text(_LONGEST_CATEGORY)] = ""
    channel: Literal["online"] = "online"
    about_petition_office: Annotated[
        bool, Field(description="It reports the petition office of the region: the office above receives it.")
    ] = False  # fmt: skip

    def canonical(self) -> bytes:
        """The same bytes for the same content, however it was written, and after fields were added to this shape."""
        return self.model_dump_json(exclude_defaults=True).encode()


class DateOut(BaseModel):
    """A date of the procedure, and why then. `due` is null while the count is stopped."""

    clock: str
    label: str
    help: str
    state: str
    due: date | None
    article: str
    why: list[str]


class ReceiptOut(BaseModel):
    """The proof that the petition was received. Whoever has number and query code may look it up."""

    number: str
    query_code: str
    received_at: datetime
    subject: str
    office: str
    duties: list[DateOut]


class CodeOut(BaseModel):
    """A stored code with its word and its explanation in the reader's language."""

    code: str
    label: str
    help: str


class LabelledOut(BaseModel):
    """A text or a choice, with what it is called."""

    label: str
    text: str


class PaperOut(BaseModel):
    """An answer or an opinion to read: what it decides, and its texts."""

    title: str
    at: datetime
    unit: str
    decisions: list[LabelledOut]
    texts: list[LabelledOut]


class StationOut(BaseModel):
    """One step on the way so far; `revoked` when it was taken back later."""

    title: str
    at: datetime
    revoked: bool
    texts: list[LabelledOut]


class TogetherOut(BaseModel):
    """Handled together with another matter about the same: since when, and the next last day of that one."""

    since: datetime
    due: date | None


class MatterOut(BaseModel):
    """The matter as its petitioner is told of it. `question` waits for their answer; "" when none does.

    `together`: it is carried on in another matter; null where it goes its own way.
    """

    number: str
    subject: str
    body: str
    state: CodeOut
    holder: str
    question: str
    together: TogetherOut | None
    duties: list[DateOut]
    windows: list[DateOut]
    papers: list[PaperOut]
    way: list[StationOut]


class FaultOut(BaseModel):
    """What is wrong with one field: its path in the body (`petitioner.phone`), or the name of a header."""

    field: str
    code: str
    detail: str


class ProblemOut(BaseModel):
    """Why not, and what to do (RFC 9457). `code` is for programs, `detail` for people, `article` of the regulation."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    code: str
    article: str | None = None
    field: str | None = None
    errors: list[FaultOut] | None = None
