"""The tables of hot spots hold no person, nothing that leads to one, no assessment of one: every column stands here."""

import re

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from tests.desk.at_work import Desk
from tests.insight.plants import Plant
from xinqiao.audit.append_only import is_guarded
from xinqiao.insight.models import SpotJudgement
from xinqiao.insight.spots import actions
from xinqiao.insight.spots.values import SpotLine
from xinqiao.people.models import Petitioner

COLUMNS = {
    "Spot": {
        "id", "matter", "seq", "cluster", "stands", "into_id", "contacts", "matters", "people", "best", "heat", "sure",
        "first_on", "last_on", "tier", "tier_on", "looked_at",
    },
    "Warned": {"id", "spot_id", "tier", "users", "days", "people", "reached_on", "given_at"},
    "SpotJudgement": {"id", "spot_id", "outcome", "words", "account", "unit", "at"},
    "SpotHandOver": {"id", "spot_id", "dispute_id", "owner", "settle_by", "account", "unit", "at"},
    "SpotProgress": {"id", "numbering", "number", "all_on"},
    "Rise": {
        "id", "by", "category", "regions", "first_on", "last_on", "observed", "expected", "p", "q", "history_days",
        "stands", "found_at", "looked_at",
    },
}  # fmt: skip
#: How many people write: a number, and nothing else of them.
COUNTS = {"people", "users"}
PERSONAL = re.compile(
    "name|person|petitioner|writer|user|people|phone|identity|card|address|score|mark|key"
)


def test_every_column_is_known_and_none_is_about_a_person() -> None:
    found = {
        model.__name__: {field.column for field in model._meta.get_fields() if field.concrete}
        for model in apps.get_app_config("insight").get_models()
        if model.__name__ in COLUMNS
    }
    assert found == COLUMNS
    for one in COUNTS:
        for model in apps.get_app_config("insight").get_models():
            if one in COLUMNS.get(model.__name__, ()):
                assert model._meta.get_field(one).get_internal_type() == "IntegerField"
    assert not {one for one in set().union(*COLUMNS.values()) - COUNTS if PERSONAL.search(one)}


def test_no_column_leads_to_a_petitioner() -> None:
    leads_to = {
        field.related_model.__name__
        for model in apps.get_app_config("insight").get_models()
        if model.__name__ in COLUMNS
        for field in model._meta.get_fields()
        if field.concrete and field.is_relation
    }
    assert leads_to == {"Spot", "Dispute"}


def test_pages_get_a_number_of_people_and_no_more() -> None:
    about = {name for name in SpotLine.__dataclass_fields__ if PERSONAL.search(name)}
    assert about == {"people"}
    assert SpotLine.__annotations__["people"] in (int, "int")


@pytest.mark.django_db
def test_what_is_kept_holds_no_index_of_anybody(desk: Desk) -> None:
    Plant.smells(desk)
    known = set()
    for row in Petitioner.objects.values("id_number_index", "phone_index", "name_index"):
        known |= {one for one in row.values() if one}
    assert known
    for model in apps.get_app_config("insight").get_models():
        for kept in model.objects.values():
            assert not known & {str(one) for one in kept.values()}, model.__name__


@pytest.mark.django_db
def test_what_was_said_of_a_spot_only_grows(desk: Desk) -> None:
    plant, now = Plant.smells(desk), timezone.now()
    person = desk.city.person("wangmin")
    actions.judge(plant.spot.pk, "false", "只是标题相近。", by=person, now=now)
    actions.judge(plant.spot.pk, "known", "已在处理。", by=person, now=now)
    for table in ("insight_spotjudgement", "insight_spothandover"):
        assert is_guarded(connection, table)
    with pytest.raises(IntegrityError), transaction.atomic():
        SpotJudgement.objects.update(outcome="true")
    with pytest.raises(IntegrityError), transaction.atomic():
        SpotJudgement.objects.all().delete()
    assert SpotJudgement.objects.count() == 2
