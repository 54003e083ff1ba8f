"""Who has the database alone finds nobody in it, and cannot move or alter what is sealed."""

import pytest
from django.apps import apps
from django.db import connection

from tests.people.cast import COMPANY, GAO_LAN, NOW, OUYANG_XUE
from xinqiao.people import crypto
from xinqiao.people.actions import attach, remember, remember_many
from xinqiao.people.models import DataKey, Petitioner
from xinqiao.people.queries import masked

pytestmark = pytest.mark.django_db


def everything_stored() -> bytes:
    """Every value of every table of the app, as raw SQL gives it, side by side."""
    found = b""
    with connection.cursor() as cursor:
        for model in apps.get_app_config("people").get_models():
            cursor.execute(f"SELECT * FROM {model._meta.db_table}")
            for row in cursor.fetchall():
                for value in row:
                    is_bytes = isinstance(value, bytes | memoryview)
                    found += bytes(value) if is_bytes else str(value).encode()
    return found


def test_no_column_holds_personal_data_in_clear() -> None:
    for contact, person in enumerate((GAO_LAN, OUYANG_XUE, COMPANY)):
        attach(contact, petitioners=[remember(person, now=NOW)])
    stored = everything_stored()
    assert len(stored) > 1000
    for person in (GAO_LAN, OUYANG_XUE, COMPANY):
        for fact in (person.name, person.id_number, person.phone, person.address):
            for encoding in ("utf-8", "utf-16-le", "gb18030"):
                assert not fact or fact.encode(encoding) not in stored
    assert b"5550101" not in stored


def test_the_same_facts_are_sealed_differently_each_time() -> None:
    ids = remember_many([GAO_LAN, OUYANG_XUE], now=NOW)
    boxes = [bytes(row.address_sealed or b"") for row in Petitioner.objects.filter(id__in=ids)]
    assert len({box[1:13] for box in boxes}) == 2


def test_there_is_no_place_for_a_note_a_tag_or_a_score_about_a_person() -> None:
    columns = {
        model.__name__: {field.column for field in model._meta.get_fields() if field.concrete}
        for model in apps.get_app_config("people").get_models()
    }
    assert columns == {
        "DataKey": {"id", "wrapped"},
        "Petitioner": {
            "id", "kind", "name_sealed", "id_number_sealed", "phone_sealed", "address_sealed",
            "name_index", "id_number_index", "phone_index", "card_index", "created_at",
            "forgotten_at",
        },
        "Party": {"id", "contact_id", "petitioner_id", "role", "seat"},
    }  # fmt: skip


def test_a_single_altered_bit_is_noticed() -> None:
    gao = remember(GAO_LAN, now=NOW)
    box = bytearray(bytes(Petitioner.objects.get(id=gao).phone_sealed or b""))
    box[-1] ^= 1
    Petitioner.objects.filter(id=gao).update(phone_sealed=bytes(box))
    with pytest.raises(crypto.Unreadable, match=f"petitioner/{gao}/phone"):
        masked([gao])


def test_a_box_does_not_open_in_another_field() -> None:
    gao = remember(GAO_LAN, now=NOW)
    row = Petitioner.objects.get(id=gao)
    Petitioner.objects.filter(id=gao).update(address_sealed=row.name_sealed)
    with pytest.raises(crypto.Unreadable):
        masked([gao])


def test_a_whole_card_with_its_key_does_not_open_in_another_row() -> None:
    gao, xue = remember_many([GAO_LAN, OUYANG_XUE], now=NOW)
    row = Petitioner.objects.get(id=gao)
    DataKey.objects.filter(id=xue).update(wrapped=DataKey.objects.get(id=gao).wrapped)
    Petitioner.objects.filter(id=xue).update(
        name_sealed=row.name_sealed, phone_sealed=row.phone_sealed, address_sealed=None
    )
    assert masked([gao])[gao].name == "高*"
    with pytest.raises(crypto.Unreadable):
        masked([xue])
