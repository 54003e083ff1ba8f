"""What all actions here share: cleaning what was written, the history, and refusing whoever acts on an old page."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, models

from xinqiao.disputes.models import History
from xinqiao.disputes.values import About
from xinqiao.rules.fields import FieldSpec, FieldType
from xinqiao.rules.refusals import Refusal, Refused
from xinqiao.text.clean import Problem, clean_text


def refuse(refusal: Refusal | None) -> None:
    """Raises Refused when there is a refusal."""
    if refusal is not None:
        raise Refused(refusal)


def given(fields: Mapping[str, Any], specs: Mapping[str, FieldSpec]) -> dict[str, Any]:
    """The fields that say something, texts cleaned. Raises Refused for a text that cannot be kept."""
    said: dict[str, Any] = {}
    for name, value in fields.items():
        spec = specs.get(name)
        if isinstance(value, str) and spec is not None and spec.type is FieldType.TEXT:
            value = clean(name, value, long=spec.long)  # noqa: PLW2901
        if value not in (None, ""):
            said[name] = value
    return said


def clean(name: str, text: str, *, long: bool = True, limit: int = 0) -> str:
    """A text that may be kept. Raises Refused, naming the field."""
    cleaned = clean_text(text, multiline=long)
    if isinstance(cleaned, Problem):
        raise Refused(Refusal(cleaned.code, None, {"field": name, **cleaned.facts}))
    if limit and len(cleaned.text) > limit:
        facts = {"field": name, "length": str(len(cleaned.text)), "limit": str(limit)}
        raise Refused(Refusal("text_too_long", None, facts))
    return cleaned.text


def remember(
    about: About, object_id: int, seq: int, step: str, fields: Mapping[str, Any],
    specs: Mapping[str, FieldSpec], *, account: int | None, unit: str, article: str, now: datetime,
) -> None:  # fmt: skip
    """One entry of a history: texts by field in `words`, all else in `payload`."""
    texts = {name for name in fields if name in specs and specs[name].type is FieldType.TEXT}
    try:
        History.objects.create(
            about=about, object_id=object_id, seq=seq, step=step, at=now, account=account, unit=unit,
            article=article, words={name: fields[name] for name in texts},
            payload={name: plain(value) for name, value in fields.items() if name not in texts},
        )  # fmt: skip
    except IntegrityError as error:
        raise Refused(Refusal("acted_meanwhile")) from error


def replace(row: models.Model, columns: Mapping[str, Any]) -> int:
    """Writes columns if nobody has acted since `row` was read; gives the number of the new entry.

    Raises Refused `acted_meanwhile`.
    """
    before = row.last_seq  # type: ignore[attr-defined]  # every table of a thing with a history has it
    found = type(row)._default_manager.filter(pk=row.pk, last_seq=before)
    if not found.update(last_seq=before + 1, **columns):
        raise Refused(Refusal("acted_meanwhile"))
    return int(before) + 1


def plain(value: Any) -> Any:
    """As JSON holds it."""
    return value.isoformat() if isinstance(value, date) else value
