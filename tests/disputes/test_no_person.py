"""The tables of disputes hold no name, no person and no assessment of one: every column is listed here."""

import re

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction

from tests.disputes.stories import Story
from xinqiao.audit.append_only import is_guarded
from xinqiao.disputes.models import History
from xinqiao.rules.dispute_levels import levels
from xinqiao.rules.disputes import FIELDS as DISPUTE_FIELDS
from xinqiao.rules.glossary import words
from xinqiao.rules.mediations import FIELDS as MEDIATION_FIELDS

COLUMNS = {
    "Round": {
        "id", "title", "unit", "region", "categories", "first_day", "last_day", "called_at", "closed_on",
    },
    "Part": {"id", "round_id", "unit", "region", "reported_at", "nothing", "looked"},
    "Dispute": {
        "id", "part_id", "region", "county", "place", "subject", "category", "roles", "households", "people",
        "level", "told_level", "criteria", "remedy", "finder", "holder", "owner", "referrer", "binding",
        "found_on", "due", "state", "open", "rank", "matter_id", "last_seq",
    },
    "Involved": {"id", "dispute_id", "unit"},
    "Mediation": {
        "id", "dispute_id", "matter_id", "unit", "kind", "side_a", "side_b", "side_unit", "asked_by", "about",
        "requested_on", "side_a_agreed_on", "side_b_agreed_on", "mediator", "outside_office", "office_name",
        "without_interest_at", "execute_by", "ended_on", "state", "running", "last_seq",
    },
    "Session": {"id", "mediation_id", "held_on", "place", "record"},
    "Settlement": {
        "id", "mediation_id", "number", "signed_on", "execute_by", "terms", "facts",
    },
    "History": {
        "id", "about", "object_id", "seq", "step", "at", "account", "unit", "article", "payload", "words",
    },
}  # fmt: skip
#: Members of staff who acted or mediate: whose duty it was. Nobody else is pointed to by any column.
STAFF = {"account", "mediator"}
PERSONAL = re.compile("name|person|petitioner|phone|identity|card|address|score|tag|mark|attitude")


def test_every_column_is_known_and_none_is_about_a_person() -> None:
    found = {
        model.__name__: {field.column for field in model._meta.get_fields() if field.concrete}
        for model in apps.get_app_config("disputes").get_models()
    }
    assert found == COLUMNS
    every = set().union(*COLUMNS.values()) - STAFF
    assert {one for one in every if PERSONAL.search(one)} == {"office_name"}, "an office has a name"


def test_no_column_points_to_a_petitioner() -> None:
    pointed_to = {
        field.related_model.__name__
        for model in apps.get_app_config("disputes").get_models()
        for field in model._meta.get_fields()
        if field.concrete and field.is_relation
    }
    assert pointed_to == {"Round", "Part", "Dispute", "Mediation", "Matter"}


def test_no_field_of_a_step_asks_for_one() -> None:
    asked = {*DISPUTE_FIELDS, *MEDIATION_FIELDS}
    assert {one for one in asked if PERSONAL.search(one)} == {"office_name"}


def test_criteria_are_about_the_matter_and_the_place() -> None:
    assert {one.code for level in levels().values() for one in level.criteria} == {
        "very_many", "danger", "no_return", "several_counties", "many", "many_households", "owed",
        "no_one_in_charge", "long_unanswered",
    }  # fmt: skip
    for word in words()["dispute_criterion"].values():
        assert not re.search("性格|态度|前科|情绪|扬言", word.zh)


@pytest.mark.django_db
def test_the_history_only_grows(story: Story) -> None:
    story.finds()
    for table in ("disputes_history", "disputes_session", "disputes_settlement"):
        assert is_guarded(connection, table)
    with pytest.raises(IntegrityError), transaction.atomic():
        History.objects.update(step="nothing")
    with pytest.raises(IntegrityError), transaction.atomic():
        History.objects.all().delete()
