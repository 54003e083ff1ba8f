"""Wording a text of the place anew."""

from datetime import datetime

from django.db import IntegrityError, transaction

from xinqiao.audit import actions as audit
from xinqiao.audit.kinds import AuditAction
from xinqiao.rules.refusals import Refusal, Refused
from xinqiao.text.clean import Problem, clean_text
from xinqiao.texts import queries
from xinqiao.texts.models import TextVersion
from xinqiao.texts.values import MAX_CHARACTERS, TextKey


@transaction.atomic
def word(key: TextKey, *, zh: str, en: str, seen: int, by_account: int, now: datetime) -> int:
    """A new wording in both languages, or none in either, which brings the default back. Returns its number.

    `seen` is the number of the version that was on the screen. Whether the account may do this, the caller has asked.
    Raises Refused: one language alone, too long, nothing changed, somebody was faster.
    """
    zh, en = _plain(zh), _plain(en)
    if bool(zh) != bool(en):
        raise Refused(Refusal("text_one_language"))
    before = queries.newest(key)
    if before.number != seen:
        raise Refused(Refusal("changed_meanwhile"))
    if (before.zh, before.en) == (zh, en):
        raise Refused(Refusal("nothing_changed"))
    row = TextVersion(key=key, number=seen + 1, zh=zh, en=en, account=by_account, at=now)
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:
        raise Refused(Refusal("changed_meanwhile")) from error
    detail: audit.Detail = {
        "what": "word_text",
        "code": str(key),
        "before": seen,
        "after": row.number,
    }
    audit.record(
        AuditAction.ADMINISTERED, now=now, by_account=by_account,
        object_kind="text", object_id=row.pk, detail=detail,
    )  # fmt: skip
    transaction.on_commit(queries.forget)
    return row.number


def _plain(text: str) -> str:
    cleaned = clean_text(text, multiline=True)
    if isinstance(cleaned, Problem) or len(cleaned.text) > MAX_CHARACTERS:
        facts = {"length": str(len(text)), "limit": str(MAX_CHARACTERS)}
        raise Refused(Refusal("place_text_too_long", None, facts))
    return cleaned.text
