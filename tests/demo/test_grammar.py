"""The grammar speaks whole sentences: no slot is left open, whatever the dice say."""

from datetime import date
from random import Random
from string import Formatter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xinqiao.demo import grammar
from xinqiao.demo.catalogue import read_toml, regions, units
from xinqiao.demo.names import person
from xinqiao.demo.scene import Scene, place_words, representatives_of, scene, speaker
from xinqiao.demo.subjects import Outcome, Setting, Subject, subjects
from xinqiao.rules.states import OUTSIDE_PATHS, Kind, LegalPath

TODAY = date(2026, 3, 2)
TOWN = regions()["340802001"]
BUREAU = units()["anqing-housing"]
CHANNELS = ("online", "letter", "call", "visit", "fax")
CODES = sorted(subjects())


def told(subject: Subject, seed: int, people: int = 1) -> Scene:
    """The scene of a petition by somebody of the town, as an official answers it."""
    rng = Random(seed)
    place = place_words(rng, TOWN.code, subject.setting)
    who = person(rng, "1", TOWN, place["spot"], subject.ages)
    words = scene(rng, subject, place, TODAY, people).having(
        **speaker(who, TODAY), office="信访局", today="2026年3月2日", reported_unit=BUREAU.name
    )
    return words.written_by(BUREAU, TODAY, TODAY)


def assert_whole(text: str) -> None:
    assert text.strip()
    assert not set("{}[]|") & set(text), text
    assert "None" not in text
    assert "。。" not in text


@given(
    st.sampled_from(CODES),
    st.sampled_from(CHANNELS),
    st.booleans(),
    st.integers(0, 2),
    st.integers(),
)
def test_a_petition_has_no_open_slot(
    code: str, channel: str, group: bool, variant: int, seed: int
) -> None:
    subject = subjects()[code]
    words = told(subject, seed, people=12 if group else 1)
    variant %= len(subject.title)
    made = grammar.petition(Random(seed), subject, words, channel, group, variant)
    assert_whole(made.subject)
    assert_whole(made.text)
    assert "\n" not in made.subject


@given(st.sampled_from(CODES), st.integers())
def test_an_answer_has_no_open_slot(code: str, seed: int) -> None:
    subject = subjects()[code]
    words = told(subject, seed).having(title="一件事")
    for outcome in subject.outcomes:
        found = grammar.finding(Random(seed), subject, outcome, words)
        for simple in (True, False):
            assert_whole(grammar.reply(Random(seed), found, words, simple))
        assert_whole(found.claim)
        assert_whole(found.basis)
    if subject.guide:
        assert_whole(grammar.say(Random(seed), subject.guide, words))


@given(st.sampled_from(CODES), st.integers())
def test_coming_again_says_what_was_not_said(code: str, seed: int) -> None:
    subject = subjects()[code]
    words = told(subject, seed)
    first = grammar.one_fact(Random(seed), subject, words)
    assert grammar.one_fact(Random(seed + 1), subject, words, said=first) != first
    assert_whole(grammar.repeat(Random(seed), subject, words, "一件事", said="").text)


def sentences(subject: Subject) -> list[str]:
    found: list[str] = [*subject.title, *subject.opening, *subject.facts, *subject.demand]
    found += [subject.claim, *subject.guide]
    for outcome in subject.outcomes.values():
        found += [*outcome.found, *outcome.decision]
    return found


@pytest.mark.parametrize("code", CODES)
def test_every_slot_of_every_alternative_is_known(code: str) -> None:
    subject = subjects()[code]
    words = told(subject, 1)
    for sentence in sentences(subject):
        named = {name for _, name, _, _ in Formatter().parse(sentence) if name is not None}
        assert named <= set(words), sentence
        assert sentence.count("[") == sentence.count("]")


@pytest.mark.parametrize("code", CODES)
def test_a_slot_of_its_own_hides_no_other(code: str) -> None:
    subject = subjects()[code]
    rng = Random(1)
    plain = scene(
        rng, subjects()["neighbours"], place_words(rng, TOWN.code, Setting.TOWN), TODAY, 1
    )
    own = set(subject.numbers) | set(subject.days)
    assert not own & (set(plain) | {"age", "name", "surname", "title", "claim", "unit"})


@pytest.mark.parametrize("code", CODES)
def test_a_subject_has_the_outcomes_of_its_kind(code: str) -> None:
    subject = subjects()[code]
    outcomes = set(subject.outcomes)
    match subject.kind, subject.path:
        case Kind.SUGGESTION, None:
            assert outcomes == {"adopted", "noted"}
        case Kind.REPORT, None:
            assert outcomes == {"verified", "partly", "unfounded"}
            assert subject.reported
        case Kind.CLAIM, LegalPath.PETITION:
            assert outcomes == {"supported", "explained", "not_supported"}
        case Kind.CLAIM, LegalPath.DUTY:
            assert outcomes == {"supported", "explained"}
        case Kind.CLAIM, path:
            assert path in OUTSIDE_PATHS
            assert subject.guide
            assert not outcomes
        case _:
            pytest.fail(f"{code} has a path that its kind cannot have")


def test_there_is_much_to_say() -> None:
    assert len(subjects()) >= 40
    assert {subject.path for subject in subjects().values()} >= set(LegalPath)
    assert all(len(s.title) >= 2 and len(s.opening) >= 2 for s in subjects().values())
    assert all(len(s.facts) >= 2 and len(s.demand) >= 2 for s in subjects().values())


def test_every_stock_sentence_can_be_said() -> None:
    subject = subjects()["property-fees"]
    more = dict.fromkeys(
        ("title", "claim", "fact", "demand", "other", "report_by", "found", "decision"), "甲"
    )
    words = told(subject, 1).having(**more)
    for table, keys in read_toml("phrases.toml").items():
        for key, said in keys.items():
            for sentence in filter(None, said):
                grammar.say(Random(1), [sentence], words)
            assert isinstance(grammar.phrase(Random(1), f"{table}.{key}", words), str)


def test_a_missing_slot_is_an_error_and_no_gap() -> None:
    with pytest.raises(KeyError, match="nobody"):
        grammar.say(Random(1), ["{nobody}来信。"], {})


def test_alternatives_may_nest_and_may_be_empty() -> None:
    said = {grammar.say(Random(seed), ["[甲|乙[丙|丁]|]。"], {}) for seed in range(60)}
    assert said == {"甲。", "乙丙。", "乙丁。", "。"}


@given(st.integers(5, 500))
def test_at_most_five_speak_for_a_group(people: int) -> None:
    assert 2 <= representatives_of(people) <= 5
    assert representatives_of(1) == 1


def test_an_outcome_is_both_finding_and_decision() -> None:
    for subject in subjects().values():
        for outcome in subject.outcomes.values():
            assert isinstance(outcome, Outcome)
            assert outcome.found
            assert outcome.decision
