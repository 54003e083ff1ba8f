"""The OpenAPI description is true: whatever it allows or forbids is answered as it says, and never with a fault."""

from collections.abc import Iterator
from ipaddress import ip_network
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import override_settings
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import positive_data_acceptance

from tests.api.hotline import Hotline, received
from xinqiao.config.wsgi import application

DESCRIPTION = "/api/v1/openapi.json"
OPERATIONS = ("POST /api/v1/contacts", "GET /api/v1/contacts/{number}")
#: The description cannot know which regions there are, nor whether an identity number is right.
NOT_OF_THE_SHAPE_ALONE = [positive_data_acceptance]


@pytest.fixture(autouse=True)
def connection_of_the_test() -> Iterator[None]:
    """A real request ends by closing its connection; here that would end the transaction of the test.

    Whoever sends so much must be a partner who is trusted.
    """
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    with override_settings(XINQIAO_TRUSTED_SENDERS=(ip_network("127.0.0.0/8"),)):
        yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def operations() -> Iterator[Any]:
    schema = schemathesis.openapi.from_wsgi(DESCRIPTION, application)
    for found in schema.get_all_operations():
        yield found.ok()


def test_it_is_openapi_3_1_and_names_every_operation(hotline: Hotline) -> None:
    described = hotline.client.get(DESCRIPTION).json()
    assert described["openapi"].startswith("3.1")
    assert {f"{one.method.upper()} {one.full_path}" for one in operations()} == set(OPERATIONS)


def test_refusals_are_described_as_problems(hotline: Hotline) -> None:
    answers = hotline.client.get(DESCRIPTION).json()["paths"]["/api/v1/contacts"]["post"][
        "responses"
    ]
    assert list(answers["422"]["content"]) == ["application/problem+json"]
    assert list(answers["201"]["content"]) == ["application/json"]


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
@pytest.mark.parametrize("name", OPERATIONS)
def test_whatever_is_sent_is_answered_as_described(
    hotline: Hotline, name: str, mode: GenerationMode
) -> None:
    (operation,) = [one for one in operations() if f"{one.method.upper()} {one.full_path}" == name]

    @settings(
        max_examples=60, deadline=None, database=None, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(case=operation.as_strategy(generation_mode=mode))
    def send(case: Any) -> None:
        if (
            isinstance(case.body, dict)
            and "region" in case.body
            and mode is GenerationMode.POSITIVE
        ):
            case.body["region"] = "340811"  # one that there is: else no petition would be received
        before = received()
        answer = case.call()
        case.validate_response(answer, excluded_checks=NOT_OF_THE_SHAPE_ALONE)
        assert received() - before == (answer.status_code == 201)

    send()
    assert (received() > 0) == (name.startswith("POST") and mode is GenerationMode.POSITIVE)
