"""Every code has its sentence in both languages, saying the same facts."""

import re
import tomllib
from importlib import resources

import pytest

from xinqiao.law.events import EventType
from xinqiao.law.limits import Unit
from xinqiao.law.wording import Citation, Phrase, Reason, Term, say, word

PACKAGE = resources.files("xinqiao.law")
TABLE = tomllib.loads((PACKAGE / "wording.toml").read_text(encoding="utf-8"))
SOURCES = "\n".join(
    path.read_text(encoding="utf-8")
    for folder in (PACKAGE, resources.files("xinqiao.cli"))
    for path in folder.iterdir()
    if path.name.endswith(".py")
)


def fields(sentence: str) -> set[str]:
    return set(re.findall(r"(?<!{){(\w+(?:\[\w+\])?)}", sentence))


@pytest.mark.parametrize("code", TABLE["sentence"])
def test_both_languages_name_the_same_facts(code):
    texts = TABLE["sentence"][code]
    assert set(texts) == {"zh", "en"}
    assert fields(texts["zh"]) == fields(texts["en"])


@pytest.mark.parametrize("code", TABLE["sentence"])
def test_no_sentence_is_left_over(code):
    stem = code.removesuffix("_after_due")
    assert f'"{stem}"' in SOURCES


def test_no_code_is_without_a_sentence():
    used = re.findall(r'(?:Reason\.of|Error|Event|refusal|NoLawInForce|error)\(\s*"(\w+)"', SOURCES)
    assert len(used) > 20
    assert set(used) <= set(TABLE["sentence"])


@pytest.mark.parametrize("code", [*EventType, *(f"unit_{unit}" for unit in Unit)])
def test_every_event_and_unit_has_a_word(code):
    assert set(TABLE["word"][code]) == {"zh", "en"}


def test_facts_speak_the_language_asked_for():
    reason = Reason.of(
        "order_needs",
        event=Term(code="opinion_issued"),
        missing=Term(code="accepted"),
        at="10:00",
        law=Citation(title_zh="信访工作条例", title_en="Regulations", article="34"),
    )
    assert say(reason, "zh") == (
        "事件 出具处理意见（opinion_issued）（10:00）之前没有 受理（accepted）："
        "请补上或者更正时间（《信访工作条例》第34条）。"
    )
    assert say(reason, "en") == (
        "event opinion_issued at 10:00 needs accepted before it: "
        "add it or correct the time (Regulations, art. 34)"
    )


def test_a_code_without_a_word_stands_for_itself():
    assert word("no_such_word", "zh") == "no_such_word"
    assert Phrase(code="expect_list").spoken("en") == "a list"
