"""Messages in a table, as measuring commands read them: the headings of intake, and two that it has no use for."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from xinqiao.intake.tables.dates import Moment, parse_datetime
from xinqiao.intake.tables.reading import read_table
from xinqiao.text.clean import Cleaned, clean_text

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


def read_messages(path: Path) -> list[Message]:
    """Every row of a table of messages (CSV, Excel, ODS), in its order. Two rows may have one number.

    Raises Unusable where a heading is missing, `intake.tables.words.UnreadableFile` for a file that is no table.
    """
    table = read_table(path)
    names = {field: _heading(table.headers, known) for field, known in HEADINGS.items()}
    if missing := [HEADINGS[field][0] for field in _NEEDED if not names[field]]:
        raise Unusable(
            f"{path.name} has no column {', '.join(missing)}: it has {', '.join(table.headers)}"
        )
    return [
        _message({field: row.cells[name] if name else "" for field, name in names.items()})
        for row in table.rows
    ]


def _heading(headers: tuple[str, ...], known: tuple[str, ...]) -> str:
    return next((name for name in known if name in headers), "")


def _message(cells: Mapping[str, str]) -> Message:
    def text(field: str) -> str:
        cleaned = clean_text(cells[field])
        return cleaned.text.strip() if isinstance(cleaned, Cleaned) else ""

    return Message(
        id=text("id"), user=text("user"), subject=" ".join(text("subject").split()), body=text("body"),
        at=_moment(cells["at"]), label=text("label"), likes=_number(cells["likes"]),
        dislikes=_number(cells["dislikes"]), answer=text("answer"), answered_at=_moment(cells["answered_at"]),
    )  # fmt: skip


def _moment(text: str) -> datetime | None:
    read = parse_datetime(text, now=datetime.now(SHANGHAI) + timedelta(days=1))
    return read.at if isinstance(read, Moment) else None


def _number(text: str) -> int:
    plain = text.strip().removesuffix(".0")
    return int(plain) if plain.isdigit() else 0
