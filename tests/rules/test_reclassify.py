"""Correcting the classification, and what the petitioner adds (art. 19, 22, 31)."""

from tests.support.story import accepted, answered, registered, transferred
from xinqiao.rules.states import Kind


def test_wang_min_corrects_what_was_registered_wrongly() -> None:
    story = registered().does("reclassify", category="labour.wages", region="340811")
    assert (story.facts.category, story.facts.region) == ("labour.wages", "340811")
    assert story.facts.kind is Kind.CLAIM, "what is not given stays"


def test_a_reason_is_needed() -> None:
    assert registered().says_no("reclassify", reason=None, kind="suggestion") == (
        "field_missing",
        "31",
    )


def test_whoever_holds_or_received_it_corrects_it() -> None:
    assert transferred().who_may("reclassify") == {"wangmin", "zhaogang", "lina", "chenbo"}


def test_the_petitioner_answers_a_question() -> None:
    story = accepted().does("ask_petitioner")
    assert story.facts.question_open
    assert not story.by("petitioner").does("supplement").facts.question_open


def test_the_petitioner_adds_to_an_open_matter_and_another_letter_is_counted() -> None:
    story = (
        answered()
        .by("petitioner")
        .does("supplement")
        .by("wangmin")
        .does("add_contact", repeat=True)
    )
    assert story.facts.contacts == 2


def test_only_the_holder_asks() -> None:
    assert accepted().who_may("ask_petitioner") == {"lina", "chenbo"}
