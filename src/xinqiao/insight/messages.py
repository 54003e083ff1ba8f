"""Messages in a table, as measuring commands read them: the headings of intake, and two that it has no use for."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from xinqiao.intake.tables.dates import Moment, parse_datetime
from xinqiao.intake.tables.reading import read_table
from xinqiao.intake.tables.words import sentence
from xinqiao.text.clean import MAX_TEXT, Cleaned, Problem, clean_text

SHANGHAI = ZoneInfo("Asia/Shanghai")
#: Headings by what stands under them; the first that a table has counts.
HEADINGS: Mapping[str, tuple[str, ...]] = {
    "id": ("留言编号", "编号"),
    "user": ("留言用户", "用户"),
    "subject": ("留言主题", "标题", "主题"),
    "at": ("留言时间", "时间"),
    "body": ("留言详情", "内容"),
    "label": ("一级分类", "一级标签"),
    "likes": ("点赞数",),
    "dislikes": ("反对数",),
    "answer": ("答复意见",),
    "answered_at": ("答复时间",),
}
_NEEDED = ("id", "subject", "body")
#: A number of likes with more digits is none.
_DIGITS = 9

Notes = Callable[[Problem], None]


class Unusable(Exception):
    """A table that cannot be used; the message says what to do."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Message:
    """One message. `user` is a code that tells two writers apart, and is asked for nothing else."""

    id: str
    subject: str
    body: str
    at: datetime | None = None
    user: str = ""
    label: str = ""
    likes: int = 0
    dislikes: int = 0
    answer: str = ""
    answered_at: datetime | None = None


def read_messages(path: Path, tell: Callable[[str], object] | None = None) -> list[Message]:
    """Every row of a table of messages (CSV, Excel, ODS), in its order. Two rows may have one number.

    `tell` is given a sentence for each kind of thing that could not be read as it stands; no row is left out for it.
    Raises Unusable where a heading is missing, `intake.tables.words.UnreadableFile` for a file that is no table.
    """
    table = read_table(path)
    names = {field: _heading(table.headers, known) for field, known in HEADINGS.items()}
    if missing := [HEADINGS[field][0] for field in _NEEDED if not names[field]]:
        raise Unusable(
            f"{path.name} has no column {', '.join(missing)}: it has {', '.join(table.headers)}"
        )
    seen: defaultdict[str, list[tuple[int, Problem]]] = defaultdict(list)
    messages = []
    for row in table.rows:
        problems = list(row.problems)
        cells = {field: row.cells[name] if name else "" for field, name in names.items()}
        messages.append(_message(cells, problems.append))
        for one in problems:
            seen[one.code].append((row.number, one))
    if tell:
        for said in (*map(sentence, table.notes), *map(_said, seen.values())):
            tell(said)
    return messages


def _said(rows: list[tuple[int, Problem]]) -> str:
    """The first row of a kind in full, and how many there are besides."""
    number, first = rows[0]
    besides = f" ({len(rows) - 1} more rows like it.)" if len(rows) > 1 else ""
    return f"Row {number}: {sentence(first)}{besides}"


def _heading(headers: tuple[str, ...], known: tuple[str, ...]) -> str:
    return next((name for name in known if name in headers), "")


def _message(cells: Mapping[str, str], note: Notes) -> Message:
    def text(field: str) -> str:
        return _text(cells[field], note)

    return Message(
        id=text("id"), user=text("user"), subject=" ".join(text("subject").split()), body=text("body"),
        at=_moment(cells["at"], note), label=text("label"), likes=_number(cells["likes"]),
        dislikes=_number(cells["dislikes"]), answer=text("answer"), answered_at=_moment(cells["answered_at"], note),
    )  # fmt: skip


def _text(raw: str, note: Notes) -> str:
    """A text as it may be kept; of one that is too long its beginning, which is noted."""
    cleaned = clean_text(raw)
    if isinstance(cleaned, Problem):
        note(Problem(code="beginning_read", facts=cleaned.facts))
        # Unicode form NFC may make up to three characters of one.
        shorter = (clean_text(raw[:most]) for most in (MAX_TEXT, MAX_TEXT // 3))
        cleaned = next(one for one in shorter if isinstance(one, Cleaned))
    return cleaned.text.strip()


def _moment(text: str, note: Notes) -> datetime | None:
    read = parse_datetime(text, now=datetime.now(SHANGHAI) + timedelta(days=1))
    if isinstance(read, Moment):
        return read.at
    if read.code != "date_empty":
        note(read)
    return None


def _number(text: str) -> int:
    plain = text.strip().removesuffix(".0")
    return int(plain) if plain.isdecimal() and len(plain) <= _DIGITS else 0
