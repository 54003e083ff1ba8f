"""From rows to contacts that could be registered. Nothing is written here, and no row is lost:
each becomes a `PlannedContact` or a `Rejected` that says why.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from xinqiao.intake.tables.dates import SHANGHAI, Moment, parse_datetime
from xinqiao.intake.tables.mapping import ColumnMapping, Field
from xinqiao.intake.tables.rows import Row
from xinqiao.text.clean import (
    Cleaned,
    Problem,
    clean_text,
    fold_width,
    normal_id_number,
    normal_phone,
)

CHANNELS: Mapping[str, str] = {
    "letter": "来信 信件 信 信函 letter mail",
    "visit": "来访 走访 访 接访 visit",
    "call": "来电 电话 热线 12345 12345热线 call phone hotline",
    "fax": "传真 fax",
    "online": "网上 网上信访 网信 网络 网站 留言 微信 手机 app 电子邮件 邮箱 online web email",
}
_CHANNEL_OF = {word: code for code, words in CHANNELS.items() for word in words.split()}

LIMITS: Mapping[Field, int] = {
    Field.SOURCE_NUMBER: 64,
    Field.PETITIONER: 100,
    Field.SUBJECT: 200,
    Field.ADDRESS: 300,
    Field.PLACE: 300,
    Field.PHONE: 64,
    Field.ID_NUMBER: 64,
    Field.CATEGORY: 100,
    Field.CATEGORY_2: 100,
    Field.CATEGORY_3: 100,
    Field.UNIT: 200,
}
"""Characters that fit in a field of one line. Texts may have `MAX_TEXT`."""

_LONG = {Field.BODY, Field.ANSWER}
_OWN_SUBJECT = 40
_SENTENCE_ENDS = "。！？!?；;\n"


@dataclass(frozen=True, kw_only=True)
class Remark:
    """A problem and the header of the column it is about ("" for the whole row)."""

    column: str
    problem: Problem


@dataclass(frozen=True, kw_only=True)
class PlannedContact:
    """One row as a contact. Texts are clean; `flags` are for a person to look at.

    Phone and identity number are in their one form where they could be read, else as written and
    flagged. Categories, unit and place are the words of the file.
    """

    origin: Row
    received_at: datetime
    subject: str
    body: str
    channel: str
    whole_day: bool = False
    source_number: str = ""
    petitioner: str = ""
    phone: str = ""
    id_number: str = ""
    address: str = ""
    place: str = ""
    categories: tuple[str, ...] = ()
    unit: str = ""
    head_count: int = 1
    answer: str = ""
    answered_at: datetime | None = None
    flags: tuple[Remark, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Rejected:
    """A row that cannot become a contact, with everything that must be mended first."""

    row: Row
    reasons: tuple[Remark, ...]


@dataclass(frozen=True, kw_only=True)
class Defaults:
    """What holds for every row that does not say otherwise."""

    channel: str = "online"


def planned_contacts(
    rows: Iterable[Row], mapping: ColumnMapping, defaults: Defaults, now: datetime
) -> Iterator[PlannedContact | Rejected]:
    """One answer for each row, in order. `now` decides what lies in the future.

    A row is rejected for: cells that have moved, no date of receipt, a date that cannot be read,
    neither text nor subject, a cell that is too long, a source number already used in this file
    (`row_repeated` when the rows are the same to the letter, else `source_number_repeated`).
    Everything else that is odd is flagged and kept.
    """
    numbers: dict[str, _Seen] = {}
    for row in rows:
        answer = _Draft(row=row, mapping=mapping, now=now).contact(defaults)
        if isinstance(answer, PlannedContact) and (number := answer.source_number):
            this = _Seen(row=row.number, content=hash(tuple(row.cells.values())))
            earlier = numbers.setdefault(number, this)
            if earlier is not this:
                answer = _repeated(row, mapping, number, earlier, this)
        yield answer


@dataclass(frozen=True, kw_only=True)
class _Seen:
    row: int
    content: int


def _repeated(
    row: Row, mapping: ColumnMapping, number: str, earlier: _Seen, this: _Seen
) -> Rejected:
    code = "row_repeated" if earlier.content == this.content else "source_number_repeated"
    problem = Problem(code=code, facts={"number": number, "row": str(earlier.row)})
    column = mapping.columns[Field.SOURCE_NUMBER]
    return Rejected(row=row, reasons=(Remark(column=column, problem=problem),))


@dataclass(kw_only=True)
class _Draft:
    """A row while its cells are read: what is wrong is gathered, so that all of it is told."""

    row: Row
    mapping: ColumnMapping
    now: datetime
    reasons: list[Remark] = field(default_factory=list)
    flags: list[Remark] = field(default_factory=list)

    def contact(self, defaults: Defaults) -> PlannedContact | Rejected:
        self.reasons += [Remark(column="", problem=problem) for problem in self.row.problems]
        texts = {name: self._text(name) for name in Field}
        received = self._moment(Field.RECEIVED_AT, texts)
        answered = self._answered(received, texts)
        subject, body = self._subject_and_body(texts)
        if self.reasons or received is None:
            return Rejected(row=self.row, reasons=tuple(self.reasons))
        return PlannedContact(
            origin=self.row,
            received_at=received.at,
            whole_day=received.whole_day,
            subject=subject,
            body=body,
            channel=self._channel(texts, defaults),
            source_number=texts[Field.SOURCE_NUMBER],
            petitioner=texts[Field.PETITIONER],
            phone=self._normal(Field.PHONE, normal_phone(texts[Field.PHONE]), texts),
            id_number=self._normal(Field.ID_NUMBER, self._id_number(texts), texts),
            address=texts[Field.ADDRESS],
            place=texts[Field.PLACE],
            categories=_categories(texts),
            unit=texts[Field.UNIT],
            head_count=self._head_count(texts),
            answer=texts[Field.ANSWER],
            answered_at=answered,
            flags=tuple(self.flags),
        )

    def _text(self, name: Field) -> str:
        header = self.mapping.columns.get(name)
        if header is None:
            return ""
        cleaned = clean_text(self.row.cells[header], multiline=name in _LONG)
        if not isinstance(cleaned, Cleaned):
            self._reject(name, cleaned)
            return ""
        self.flags += [Remark(column=header, problem=note) for note in cleaned.notes]
        limit = LIMITS.get(name, len(cleaned.text))
        if len(cleaned.text) > limit:
            facts = {"length": str(len(cleaned.text)), "limit": str(limit)}
            self._reject(name, Problem(code="cell_too_long", facts=facts))
        return cleaned.text

    def _moment(self, name: Field, texts: Mapping[Field, str]) -> Moment | None:
        moment = parse_datetime(texts[name], now=self.now)
        if isinstance(moment, Problem):
            self._reject(name, moment)
            return None
        for flag in moment.flags:
            self._flag(name, flag)
        return moment

    def _answered(self, received: Moment | None, texts: Mapping[Field, str]) -> datetime | None:
        if not texts[Field.ANSWERED_AT]:
            if texts[Field.ANSWER]:
                self._flag(Field.ANSWER, Problem(code="answer_without_date"))
            return None
        if not texts[Field.ANSWER]:
            self._flag(Field.ANSWERED_AT, Problem(code="answer_date_without_answer"))
        answered = self._moment(Field.ANSWERED_AT, texts)
        if answered and received and _earlier(answered, received):
            self._flag(Field.ANSWERED_AT, Problem(code="answer_before_receipt"))
        return answered.at if answered else None

    def _subject_and_body(self, texts: Mapping[Field, str]) -> tuple[str, str]:
        subject, body = texts[Field.SUBJECT], texts[Field.BODY]
        if not subject and not body and not self.reasons:
            self._reject(Field.BODY, Problem(code="text_missing"))
        if not body and subject:
            self._flag(Field.BODY, Problem(code="body_from_subject"))
        return subject or _opening(body), body or subject

    def _channel(self, texts: Mapping[Field, str], defaults: Defaults) -> str:
        word = texts[Field.CHANNEL]
        code = _CHANNEL_OF.get(fold_width(word).casefold())
        if word and code is None:
            self._flag(Field.CHANNEL, Problem(code="channel_unknown", facts={"value": word[:40]}))
        return code or defaults.channel

    def _head_count(self, texts: Mapping[Field, str]) -> int:
        word = fold_width(texts[Field.HEAD_COUNT]).removesuffix("人").removesuffix("名").strip()
        if re.fullmatch("[1-9][0-9]{0,4}", word):
            return int(word)
        if word:
            facts = {"value": word[:40]}
            self._flag(Field.HEAD_COUNT, Problem(code="head_count_unreadable", facts=facts))
        return 1

    def _id_number(self, texts: Mapping[Field, str]) -> str | Problem:
        return normal_id_number(texts[Field.ID_NUMBER], today=self.now.astimezone(SHANGHAI).date())

    def _normal(self, name: Field, answer: str | Problem, texts: Mapping[Field, str]) -> str:
        if isinstance(answer, str):
            return answer
        if texts[name]:
            self._flag(name, answer)
        return texts[name]

    def _reject(self, name: Field, problem: Problem) -> None:
        self.reasons.append(Remark(column=self.mapping.columns.get(name, ""), problem=problem))

    def _flag(self, name: Field, problem: Problem) -> None:
        self.flags.append(Remark(column=self.mapping.columns.get(name, ""), problem=problem))


def _earlier(answered: Moment, received: Moment) -> bool:
    if answered.whole_day or received.whole_day:
        return answered.at.date() < received.at.date()
    return answered.at < received.at


def _opening(body: str) -> str:
    """The first sentence of a text without a subject, as its subject."""
    ends = [place for mark in _SENTENCE_ENDS if (place := body.find(mark)) > 0]
    return body[: min([*ends, _OWN_SUBJECT])].strip()


def _categories(texts: Mapping[Field, str]) -> tuple[str, ...]:
    levels = (Field.CATEGORY, Field.CATEGORY_2, Field.CATEGORY_3)
    return tuple(texts[level] for level in levels if texts[level])
