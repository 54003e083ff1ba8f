"""Revoking the last step: a mistake is taken back by whoever made it, openly; the entry stays in the ledger."""

import pytest

from tests.support.story import accepted, answered, concluded, registered, transferred
from xinqiao.rules.refusals import Refused
from xinqiao.rules.states import State


def test_zhao_gang_takes_back_a_transfer_that_went_to_the_wrong_unit() -> None:
    story = transferred().by("zhaogang").does("revoke", entry=3)
    assert (story.state, story.facts.holder, story.facts.handler) == (
        State.REGISTERED,
        "city-petition",
        "",
    )
    assert [entry.step for entry in story.entries][-2:] == ["transfer", "revoke"]


def test_the_clocks_of_a_revoked_step_never_ran() -> None:
    story = transferred().by("zhaogang").does("revoke", entry=3)
    assert [clock.id for clock in story.clocks] == ["register_and_refer"]
    assert story.clock("register_and_refer").state == "running"


def test_the_matter_goes_on_from_where_it_was() -> None:
    story = transferred().by("zhaogang").does("revoke", entry=3)
    assert story.by("wangmin").does("transfer", to_unit="city-labour").facts.holder == "city-labour"


def test_whom_it_was_sent_to_objects_and_does_not_revoke() -> None:
    refusal = transferred().by("chenbo").button("revoke")
    assert refusal is not None
    assert (refusal.code, refusal.article) == ("object_instead", "23")


def test_a_county_office_does_not_revoke_what_the_city_sent_it() -> None:
    story = registered(region="340811").does("transfer", to_unit="county-petition")
    as_head = story.by("dingxia").button("revoke")
    assert as_head is not None
    assert as_head.code == "not_yours"


def test_chen_bo_takes_back_the_acceptance_of_his_own_department() -> None:
    story = accepted().by("chenbo").does("revoke", entry=4)
    assert story.state is State.REFERRED
    assert story.clock("notify_referred").state == "running"


def test_a_notice_in_between_does_not_matter() -> None:
    assert accepted().does("notify").by("chenbo").button("revoke") is None


def test_only_the_last_step_can_be_revoked() -> None:
    story = accepted().by("chenbo")
    refusal = story.refusal("revoke", entry=3)
    assert refusal is not None
    assert refusal.code == "not_the_last_step"
    story.by("lina").does("request_extension").by("chenbo")
    assert (refusal := story.button("revoke")) is not None
    assert refusal.code == "nothing_to_revoke"


def test_a_revocation_is_not_revoked_nor_repeated() -> None:
    story = transferred().by("zhaogang").does("revoke", entry=3)
    for entry in (3, 4):
        with pytest.raises(Refused, match="nothing_to_revoke"):
            story.does("revoke", entry=entry)


@pytest.mark.parametrize("name", ["wangmin", "lina", "dingxia", "malin", "petitioner"])
def test_only_heads_revoke(name: str) -> None:
    refusal = transferred().by(name).button("revoke")
    assert refusal is not None
    assert refusal.code == "not_yours"


def test_a_delivered_opinion_and_a_conclusion_stand() -> None:
    for story in (answered().by("chenbo"), concluded().by("zhaogang")):
        refusal = story.button("revoke")
        assert refusal is not None
        assert refusal.code == "nothing_to_revoke"
