"""Writing and reading sealed cards. Private to this folder: doors get masks, or ask with a reason."""

import time
from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from functools import lru_cache

from django.db import connection
from django.db.models import Q

from xinqiao.people import crypto
from xinqiao.people.models import DataKey, Petitioner
from xinqiao.people.values import Clear, Fact, Facts, PetitionerKind, facts_of
from xinqiao.rows.writing import Row, write

# Databases limit how many values one statement may carry.
_BATCH = 500


def keep(facts: Sequence[Facts], now: datetime) -> list[int]:
    """The ids of the cards with exactly these facts, in their order; missing ones are made.

    The caller holds the transaction. A concurrent writer of the same card ends in IntegrityError.
    """
    ids, new = cards(facts, now)
    for start in range(0, len(new), _BATCH):
        write(new[start : start + _BATCH])
    return ids


def cards(
    facts: Sequence[Facts], now: datetime, *, look: bool = True
) -> tuple[list[int], list[Row]]:
    """The ids of the cards with exactly these facts, and the rows of those that are still to be written.

    Not `look`: all are taken to be new. Where one is not, the database refuses the rows.
    """
    keys: list[str | int] = [card_index(one) or place for place, one in enumerate(facts)]
    known = {key for key in keys if isinstance(key, str)} if look else set()
    ids: dict[str | int, int] = dict(_ids_of(known))
    new = {key: one for key, one in zip(keys, facts, strict=True) if key not in ids}
    ids.update(zip(new, _new_ids(len(new)), strict=True))
    data_keys = {key: crypto.new_data_key() for key in new}
    rows = [Row(DataKey, id=ids[key], wrapped=crypto.wrap(data_keys[key])) for key in new]
    rows += [
        _sealed(ids[key], data_keys[key], card_index(one), one, now) for key, one in new.items()
    ]
    return [ids[key] for key in keys], rows


def keep_apart(facts: Facts, now: datetime) -> int:
    """The id of a new card without any index. The caller holds the transaction."""
    (card,), key = _new_ids(1), crypto.new_data_key()
    row = _sealed(card, key, "", facts, now)
    hidden = {f"{name}_index": "" for name in ("name", "id_number", "phone")}
    write([Row(DataKey, id=card, wrapped=crypto.wrap(key)), Row(Petitioner, **row.values | hidden)])
    return card


def _new_ids(count: int) -> range:
    """Keys for cards that are not written yet, since what is sealed names its row (docs/decisions/0011).

    They count on from the nanosecond, so that later cards have higher keys, whichever process makes them. Should two
    be alike, the database refuses the second.
    """
    start = time.time_ns()
    return range(start, start + count)


def card_index(facts: Facts) -> str:
    """By what the card is found whole; "" when nothing on it tells two people of one name apart."""
    if not (facts.id_number or facts.phone):
        return ""
    spelled = [facts.kind, name_key(facts.name), facts.id_number, facts.phone, facts.address]
    return crypto.blind_index("card", "\0".join(spelled))


def name_key(name: str) -> str:
    """A name without what differs between spellings: blanks, case, the dot used in it."""
    return "".join(name.split()).casefold().translate(_NAME_DOTS)


_NAME_DOTS = dict.fromkeys(map(ord, "•・‧∙⋅．"), "·")


def same_person(facts: Facts) -> Q:
    """Cards of the same person: the same identity number; or phone and name, and no other number."""
    id_number = crypto.blind_index(Fact.ID_NUMBER, facts.id_number)
    phone = crypto.blind_index(Fact.PHONE, facts.phone)
    name = crypto.blind_index(Fact.NAME, name_key(facts.name))
    return same_indexes(id_number, phone, name)


def same_indexes(id_number: str, phone: str, name: str) -> Q:
    """The same, from the blind indexes of a card."""
    found = Q(pk__in=[])
    if id_number:
        found |= Q(id_number_index=id_number)
    if phone and name:
        not_another = Q(id_number_index__in=["", id_number]) if id_number else Q()
        found |= Q(phone_index=phone, name_index=name) & not_another
    return found


def read(ids: Collection[int]) -> dict[int, Clear]:
    """The cards in clear; unknown ids are left out. Raises crypto.Unreadable if one was altered."""
    return {clear.id: clear for batch in batches(ids) for clear in _read(batch)}


def destroy(ids: Collection[int], now: datetime) -> list[int]:
    """Destroys the keys and empties the cards; returns those that were not destroyed before."""
    if connection.vendor == "sqlite":  # zeroes what it frees, where the build does not by itself
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA secure_delete = ON")
    alive = Petitioner.objects.filter(id__in=ids, forgotten_at__isnull=True)
    going = sorted(alive.values_list("id", flat=True))
    alive.update(
        **{f"{fact}_sealed": None for fact in Fact},
        name_index="",
        id_number_index="",
        phone_index="",
        card_index="",
        forgotten_at=now,
    )
    DataKey.objects.filter(id__in=going).delete()
    return going


def batches(ids: Collection[int]) -> Iterator[list[int]]:
    """The ids in pieces that fit into one statement."""
    ordered = sorted(ids)
    for start in range(0, len(ordered), _BATCH):
        yield ordered[start : start + _BATCH]


def _ids_of(indexes: Collection[str]) -> Iterator[tuple[str, int]]:
    ordered = sorted(indexes)
    with connection.cursor() as cursor:
        for start in range(0, len(ordered), _BATCH):
            batch = ordered[start : start + _BATCH]
            cursor.execute(_cards_known(len(batch)), batch)
            yield from cursor.fetchall()


@lru_cache(maxsize=16)
def _cards_known(count: int) -> str:
    """Asked with every contact, so not put together each time."""
    places = ", ".join(["%s"] * count)
    return f"SELECT card_index, id FROM people_petitioner WHERE card_index IN ({places})"  # noqa: S608  no values


def _sealed(row: int, key: bytes, index: str, facts: Facts, now: datetime) -> Row:
    boxes = {
        fact: crypto.seal(key, text, row=row, field=fact) for fact, text in facts_of(facts).items()
    }
    return Row(
        Petitioner,
        id=row,
        kind=facts.kind,
        name_index=crypto.blind_index(Fact.NAME, name_key(facts.name)),
        id_number_index=crypto.blind_index(Fact.ID_NUMBER, facts.id_number),
        phone_index=crypto.blind_index(Fact.PHONE, facts.phone),
        card_index=index,
        created_at=now,
        **{f"{fact}_sealed": boxes.get(fact) for fact in Fact},
    )


def _read(ids: Collection[int]) -> Iterator[Clear]:
    wrapped = dict(DataKey.objects.filter(id__in=ids).values_list("id", "wrapped"))
    for row in Petitioner.objects.filter(id__in=ids):
        if row.forgotten_at is None and row.pk not in wrapped:
            raise crypto.Unreadable(f"the data key of petitioner {row.pk} is missing")
        key = crypto.unwrap(bytes(wrapped[row.pk])) if row.forgotten_at is None else b""
        yield _clear(row, key)


def _clear(row: Petitioner, key: bytes) -> Clear:
    boxes = {fact: getattr(row, f"{fact}_sealed") for fact in Fact}
    facts = {
        fact.value: "" if box is None else crypto.unseal(key, bytes(box), row=row.pk, field=fact)
        for fact, box in boxes.items()
    }
    return Clear(
        id=row.pk,
        kind=PetitionerKind(row.kind),
        forgotten=row.forgotten_at is not None,
        **facts,
    )
