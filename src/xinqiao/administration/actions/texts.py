"""The place's own texts."""

from datetime import datetime

from xinqiao.administration.scope import refuse_settings
from xinqiao.matters import queries as matters
from xinqiao.rules.persons import Person
from xinqiao.rules.refusals import Refusal, Refused
from xinqiao.texts import actions
from xinqiao.texts.values import TextKey


def word(key: TextKey, *, zh: str, en: str, seen: int, by: Person, now: datetime) -> int:
    """A new wording in both languages; `texts.actions.word` says the rest. Raises Refused."""
    refuse_settings(by, matters.today(now))
    if by.account is None:  # whoever may set is logged in
        raise Refused(Refusal("not_found"))
    return actions.word(key, zh=zh, en=en, seen=seen, by_account=by.account, now=now)
