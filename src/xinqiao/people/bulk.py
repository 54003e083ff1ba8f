"""Cards sealed in bulk for a demonstration: the columns of the rows, which the caller writes."""

from datetime import datetime
from typing import Any

from xinqiao.people import crypto
from xinqiao.people.values import Fact, PersonInput, facts_of, normal_facts
from xinqiao.people.vault import card_index, name_key


def card(row: int, person: PersonInput, now: datetime) -> tuple[dict[str, Any], dict[str, Any]]:
    """The data key and the sealed card of a person under this row id, as `actions.remember` makes them.

    That nobody has such a card yet is for the caller to know. Raises Refused for facts that cannot be read.
    """
    facts, key = normal_facts(person), crypto.new_data_key()
    boxes = dict.fromkeys((f"{fact}_sealed" for fact in Fact), None) | {
        f"{fact}_sealed": crypto.seal(key, text, row=row, field=fact)
        for fact, text in facts_of(facts).items()
    }
    return {"id": row, "wrapped": crypto.wrap(key)}, {
        "id": row,
        "kind": facts.kind,
        "name_index": crypto.blind_index(Fact.NAME, name_key(facts.name)),
        "id_number_index": crypto.blind_index(Fact.ID_NUMBER, facts.id_number),
        "phone_index": crypto.blind_index(Fact.PHONE, facts.phone),
        "card_index": card_index(facts),
        "created_at": now,
        "forgotten_at": None,
        **boxes,
    }
