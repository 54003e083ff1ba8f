"""The history of a dispute or of a mediation in words, for a timeline."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from xinqiao.desk.disputes.fields import GROUPS
from xinqiao.desk.words import Names
from xinqiao.directory import queries as directory
from xinqiao.disputes.values import Event
from xinqiao.ui.punctuation import listed

_ICONS = {
    "find": "search", "hand_over": "mail-forward", "take_on": "user-check", "acknowledge": "check",
    "refuse": "arrow-back-up", "decide": "gavel", "record_visit": "map-pin", "begin_mediation": "heart-handshake",
    "settle": "circle-check", "settle_by_mediation": "heart-handshake", "fail": "route", "show_path": "route",
    "take_up_again": "refresh", "become_matter": "link", "close": "archive", "change_level": "pencil",
    "succeed": "transfer", "request": "message-question", "consent": "message-circle", "name_mediator": "user-check",
    "begin": "heart-handshake", "hold_session": "users-group", "execute": "list-check", "align": "link",
}  # fmt: skip
_UNITS = {"to_unit", "side_unit"}
_DAYS = {"settle_by", "carry_out_by", "consent_on", "session_on", "executed_on"}
_UNSAID = {"dispute_matter", "settled", "region", "found", "nothing", "dispute_spot"}


@dataclass(frozen=True, kw_only=True)
class Happening:
    """One entry for people to read."""

    title: str
    icon: str
    at: datetime
    by: str
    article: str
    facts: Sequence[tuple[str, str]]
    texts: Sequence[tuple[str, str]]


def told(events: Iterable[Event], group: str, names: Names) -> list[Happening]:
    """The entries, the latest first; `group` is that of the words of the steps."""
    listed = list(events)
    accounts = {one.account for one in listed} | {one.payload.get("mediator") for one in listed}
    people = directory.account_names([one for one in accounts if one])
    return [_one(event, group, names, people) for event in reversed(listed)]


def _one(event: Event, group: str, names: Names, people: Mapping[int, str]) -> Happening:
    by = [people.get(event.account or 0, ""), names.unit(event.unit) if event.unit else ""]
    return Happening(
        title=names.done(event.step, group), icon=_ICONS.get(event.step, "circle-dashed"), at=event.at,
        by=" · ".join(one for one in by if one) or _("the platform itself"), article=event.article,
        facts=[
            (names.word("field", name), value_words(name, value, names, people))
            for name, value in event.payload.items()
            if name not in _UNSAID and value not in (None, "", [])
        ],
        texts=[(names.word("field", name), text) for name, text in event.words.items()],
    )  # fmt: skip


def value_words(name: str, value: Any, names: Names, people: Mapping[int, str]) -> str:
    """A value of a payload in words."""
    match value:
        case bool():
            return names.yes_no(value)
        case list():
            return listed(names.word("dispute_criterion", one) for one in value)
        case int() if name == "mediator":
            return people.get(value, "—")
        case int():
            return str(value)
    if name in _UNITS:
        return names.unit(value)
    if name in _DAYS:
        return str(value)  # ISO, like every day in the lists and timelines of the desk
    return names.word(GROUPS.get(name, name), value)
