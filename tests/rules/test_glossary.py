"""Every code has its words in both languages: compared with the code itself, so that none can be forgotten."""

import ast
import re
import string
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from xinqiao.law.clocks import ClockState
from xinqiao.law.limits import Owner
from xinqiao.law.provisions import LAW_IDS, by_id
from xinqiao.rules import duties, group_visits, key_management, leadership, ranking, targets
from xinqiao.rules.fields import FIELDS, FieldType
from xinqiao.rules.glossary import (
    NoSuchWord,
    cite,
    done,
    help_of,
    label,
    say,
    told,
    word_of,
    words,
    yes_no,
)
from xinqiao.rules.persons import Role
from xinqiao.rules.public_decisions import ACTS, Conclusion, Question, Stage, Verdict
from xinqiao.rules.refusals import Refusal
from xinqiao.rules.states import Kind, LegalPath, State
from xinqiao.rules.steps import By
from xinqiao.rules.suggestion_calls import CALL_ACTS, Adoption, CallStage
from xinqiao.rules.table import STEPS
from xinqiao.rules.units import Level, UnitKind

SOURCE = Path(__file__).parents[2] / "src" / "xinqiao"
LANGUAGES = ("zh-hans", "en")
CHINESE = re.compile("[\u4e00-\u9fff]")
#: Facts that a sentence may always name: `say` adds them by itself.
ADDED = {"expected", "said"}
#: Helpers that make a refusal from arguments: the codes stand at their calls, at this place.
CODE_ARGUMENT = {"fact_is": 2, "one_of": 2}


@dataclass(frozen=True)
class Site:
    """A place in the code that makes a refusal. `facts` None: not written out there."""

    where: str
    code: str
    facts: frozenset[str] | None
    has_article: bool


def _trees(*folders: str, naming: Collection[str]) -> Iterator[tuple[Path, ast.Module]]:
    """The files in these folders that name one of these, and no other: to understand a file takes its time."""
    for folder in folders:
        for path in sorted((SOURCE / folder).rglob("*.py")):
            text = path.read_text()
            if any(name in text for name in naming):
                yield path, ast.parse(text)


def _calls(tree: ast.Module, *names: str) -> Iterator[tuple[str, ast.Call]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = (
                node.func.attr
                if isinstance(node.func, ast.Attribute)
                else getattr(node.func, "id", "")
            )
            if name in names:
                yield name, node


def _codes(node: ast.expr) -> list[str]:
    """The codes an argument may be: a string, or one string or another."""
    if isinstance(node, ast.Constant):
        return [str(node.value)]
    return [*_codes(node.body), *_codes(node.orelse)] if isinstance(node, ast.IfExp) else []


def _keys(call: ast.Call) -> frozenset[str] | None:
    if len(call.args) < 3:
        return frozenset()
    given = call.args[2]
    if not isinstance(given, ast.Dict) or None in given.keys:
        return None
    return frozenset(str(ast.literal_eval(key)) for key in given.keys if key is not None)


def _sites() -> Iterator[Site]:
    names = ("Refusal", *CODE_ARGUMENT)
    for path, tree in _trees(".", naming=names):
        for name, call in _calls(tree, *names):
            place = CODE_ARGUMENT.get(name, 0)
            where = f"{path.relative_to(SOURCE)}:{call.lineno}"
            for code in _codes(call.args[place]) if len(call.args) > place else []:
                is_refusal = name == "Refusal"
                article = call.args[1 if is_refusal else 3 : 2 if is_refusal else 4]
                given = bool(article) and not (
                    isinstance(article[0], ast.Constant) and article[0].value is None
                )
                yield Site(where, code, _keys(call) if is_refusal else frozenset(), given)


SITES = list(_sites())
#: Problems of the text and of persons reach people as refusals with the same code.
PROBLEMS = {
    code
    for _, tree in _trees("text", "people", naming=["Problem"])
    for _, call in _calls(tree, "Problem")
    for keyword in call.keywords
    if keyword.arg == "code"
    for code in _codes(keyword.value)
}
#: Codes that the code chooses between before it makes the refusal.
CHOSEN = {
    "matter_closed", "wrong_state",  # rules.matters
    "file_archive", "file_heic", "file_kind_unknown", "file_macros", "file_markup", "file_program",
    "file_video",  # evidence.actions
    "file_attachments", "file_form_program", "file_scripts",  # evidence.inside
    "not_an_approver", "not_the_drafting_unit",  # rules.public_decisions
}  # fmt: skip


def queue_names() -> set[str]:
    """The keys of matters.lists.QUEUES, read without loading Django; the worklist adds two more."""
    tree = ast.parse((SOURCE / "matters" / "lists.py").read_text())
    for node in tree.body:
        if isinstance(node, ast.AnnAssign) and getattr(node.target, "id", "") == "QUEUES":
            assert isinstance(node.value, ast.Dict)
            return {ast.literal_eval(key) for key in node.value.keys if key} | {"mine", "overdue"}
    raise AssertionError("QUEUES is not where it was")


def codes_of(path: str, name: str) -> set[str]:
    """The values of an enumeration outside the pure core, read without loading Django."""
    for node in ast.parse((SOURCE / path).read_text()).body:
        if isinstance(node, ast.ClassDef) and node.name == name:
            lines = (line for line in node.body if isinstance(line, ast.Assign))
            return {ast.literal_eval(line.value) for line in lines}
    raise AssertionError(f"{name} is not where it was")


def clock_ids() -> set[str]:
    return {limit for law in LAW_IDS for edition in by_id(law).editions for limit in edition.limits}


CHOICES = {
    name: set(spec.choices) for name, spec in FIELDS.items() if spec.type is FieldType.CHOICE
}
CODES: dict[str, set[str]] = {
    "state": set(State),
    "step": set(STEPS),
    "refusal": {site.code for site in SITES} | PROBLEMS | CHOSEN,
    "field": set(FIELDS),
    "clock": clock_ids(),
    "clock_state": set(ClockState),
    "owner": set(Owner),
    "unit_kind": set(UnitKind),
    "level": set(Level),
    "role": set(Role),
    "by": set(By),
    "queue": queue_names(),
    "paper": {step.paper for step in STEPS.values() if step.paper},
    "law": set(LAW_IDS),
    "place_text": codes_of("texts/values.py", "TextKey"),
    "audit_action": codes_of("audit/kinds.py", "AuditAction"),
    "health_topic": codes_of("health/values.py", "Topic"),
    "health_verdict": codes_of("health/values.py", "Verdict"),
    "expected": {kind.value for kind in FieldType},
    "decision_stage": set(Stage),
    "decision_act": {*ACTS, *CALL_ACTS},
    "decision_question": set(Question),
    "decision_verdict": set(Verdict),
    "decision_conclusion": set(Conclusion),
    "opinion_source": codes_of("public_decisions/values.py", "Source"),
    "opinion_stance": codes_of("public_decisions/values.py", "Stance"),
    "opinion_heed": codes_of("public_decisions/values.py", "Heed"),
    "touched_role": codes_of("public_decisions/values.py", "Role"),
    "call_stage": set(CallStage),
    "adoption": set(Adoption),
    "kind": set(Kind),
    "path": set(LegalPath),
    "slot_state": codes_of("reception/days/values.py", "SlotState"),
    "visit_stage": set(group_visits.Stage),
    "visit_list": codes_of("group_visits/values.py", "List"),
    "duty_state": set(duties.State),
    "duty_verb": set(duties.Verb),
    "conference_state": set(leadership.ConferenceState),
    "conference_verb": set(leadership.ConferenceVerb),
    "item_state": set(leadership.ItemState),
    "responsible": set(leadership.Responsible),
    "aim": set(targets.Aim),
    "parting_key": set(targets.Key),
    "size_of": set(ranking.Size),
    "size_band": set(ranking.BandCode),
    "running_span": set(key_management.Span),
    "plan_verb": codes_of("targets/plans/values.py", "Verb"),
    "score_appeal": codes_of("targets/plans/values.py", "AppealState"),
    "criterion": {one.code for one in leadership.criteria()},
    **CHOICES,
}


@pytest.mark.parametrize("group", CODES)
def test_every_code_has_a_word_in_both_languages(group: str) -> None:
    assert CODES[group], f"no codes found for {group}: the test looks in the wrong place"
    for code in CODES[group]:
        assert CHINESE.search(label(group, code, "zh-hans")), code
        assert not CHINESE.search(label(group, code, "en")), code


#: Words for what stands in no table of codes: names of fields of other folders, a procedure that a step implies.
BESIDE_THE_TABLES = {"field", "expected", "procedure", "refusal"}


@pytest.mark.parametrize("group", sorted(words().keys() & CODES.keys() - BESIDE_THE_TABLES))
def test_no_word_outlives_its_code(group: str) -> None:
    assert set(words()[group]) == CODES[group]


def test_no_refusal_outlives_its_code() -> None:
    notes = {"control_removed", "invisible_removed", "direction_removed", "unreadable_replaced"}
    codes = {code.partition(":")[0] for code in words()["refusal"]}
    assert codes - CODES["refusal"] - notes == set()


def test_states_tell_whose_turn_it_is_and_under_which_article() -> None:
    for state in State:
        word = word_of("state", state)
        assert word.owner in set(By), state
        assert word.article, state
        assert word.help_zh, state
        assert word.help_en, state


@pytest.mark.parametrize("group", ["state", "clock"])
def test_petitioners_are_spoken_to_not_about(group: str) -> None:
    for code in CODES[group]:
        assert "信访人" not in told(group, code, "zh-hans"), code
        assert "petitioner" not in told(group, code, "en").lower(), code
    assert told("state", "accepted", "en") == help_of("state", "accepted", "en")


def test_refusals_say_who_can_clear_the_way() -> None:
    for code, word in words()["refusal"].items():
        assert word.owner in set(By), code


def test_steps_have_a_short_label_an_explanation_and_a_past() -> None:
    for step in STEPS:
        assert len(label("step", step, "zh-hans")) <= 10, step
        assert len(label("step", step, "en")) <= 36, step
        for lang in LANGUAGES:
            assert help_of("step", step, lang).endswith(("。", ".")), step
            assert done(step, lang), step


@pytest.mark.parametrize("lang", LANGUAGES)
def test_labels_of_a_group_differ(lang: str) -> None:
    for group in ("state", "step", "clock", "paper", "queue", "by", *CHOICES):
        labels = [label(group, code, lang) for code in CODES[group]]
        assert len(labels) == len(set(labels)), group


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_refusal_says_what_is_so_and_what_to_do(lang: str) -> None:
    """At least two sentences: why not, and what next."""
    for code, word in words()["refusal"].items():
        sentence = word.en if lang == "en" else word.zh
        assert len(re.findall(r"[。；：.;:]|，请|{expected}", sentence)) >= 2, code
        assert sentence.endswith(("。", ".", "{expected}")), code


def _placeholders(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}


@pytest.mark.parametrize(
    "site", [site for site in SITES if site.facts is not None], ids=lambda s: s.where
)
def test_a_sentence_names_only_facts_that_the_code_gives(site: Site) -> None:
    for code, word in words()["refusal"].items():
        if code.partition(":")[0] == site.code:
            assert site.facts is not None
            needed = (_placeholders(word.zh) | _placeholders(word.en)) - ADDED
            assert needed <= site.facts, site.where


def test_both_languages_name_the_same_facts() -> None:
    for code, word in words()["refusal"].items():
        assert _placeholders(word.zh) == _placeholders(word.en), code


#: Refusals that no article speaks of: they are about the platform, its forms, or a clock's own article.
WITHOUT_ARTICLE = {
    "acted_meanwhile", "against_the_law", "already_there", "date_in_future", "date_of_another",
    "field_unknown", "field_wrong",
    "file_attachments", "file_damaged", "file_empty", "file_external", "file_macros", "file_protected",
    "file_scripts", "file_too_complex", "file_too_large", "file_unpacks_too_large", "file_video",
    "no_window", "picture_too_large",
    "not_found", "not_the_last_step", "nothing_to_correct", "nothing_to_revoke", "other_procedure", "too_many_searches",
    "text_too_long", "too_many_views", "try_again", "no_such_hall", "turn_not_ended", "number_of_a_person",
    # matters handled together: the regulation has no article on it
    "carried_elsewhere", "carries_others", "joined_to_carried", "joined_to_itself", "joined_to_later",
    "joined_to_other_holder", "joined_to_other_kind", "joined_to_other_procedure", "joined_to_other_stage",
    "joined_to_unknown", "joined_too_late", "joint_pending", "joint_went_on", "not_an_added_contact",
    "not_by_itself", "not_joined", "apart_but_joined", "words_are_gone", "nothing_to_split_off",
    # reception days
    "day_is_past", "desk_taken_then", "field_missing", "leader_receives_then", "no_such_day", "no_such_time",
    "no_time_fits", "not_that_day", "not_the_head", "reception_cancelled", "time_is_past", "time_is_taken",
    # naming who stands in for somebody
    "substitute_days", "substitute_no_posts", "substitute_not_yours", "substitute_not_yours_to_end",
    "substitute_oneself", "substitute_other_unit", "substitute_without_post",
    # deciding that asks first: order 713 of the State Council, named in the sentence where it is the reason
    "answer_title_taken", "answer_unknown", "assessment_part_missing", "conclusion_stops", "conditions_needed",
    "decision_field_missing", "drafted_oneself", "effective_before_approval", "finding_missing",
    "finding_says_no", "finding_without_proof", "matter_counted_already", "measure_due_in_past",
    "measures_missing", "nobody_heard", "not_an_approver", "not_in_effect", "not_the_drafting_unit",
    "nothing_waits", "opinions_closed", "opinions_end_in_past", "opinions_left", "opinions_still_open",
    "opinions_too_short", "outside_territory", "personal_numbers_left", "wrong_stage",
    # at the door for programs
    "body_too_large", "field_characters", "field_too_long", "no_such_address", "not_json", "not_json_type",
    "other_method", "query_code_missing", "request_key_missing", "request_key_used", "request_key_wrong",
    "server_fault", "too_many_requests", "too_many_tries", "wrong_number_or_code",
    # what administrators change
    "beyond_own_reach", "category_code_taken", "category_code_wrong", "category_parent_gone", "category_too_deep",
    "changed_meanwhile", "ends_before_it_begins", "last_administrator", "name_begins_that_day", "not_administered",
    "nothing_changed", "own_account", "place_text_too_long", "post_ends_already", "post_held_already",
    "post_outlives_unit", "posts_begin_later", "provision_in_the_past", "reset_needs_another", "rules_not_written",
    "rules_unusable", "settings_of_the_top", "text_one_language", "unit_above_is_lower", "unit_code_taken",
    "unit_code_wrong", "unit_not_there", "username_taken", "username_wrong", "year_too_far",
}  # fmt: skip


def test_refusals_carry_an_article_or_are_listed_as_having_none() -> None:
    assert {site.code for site in SITES if not site.has_article} - WITHOUT_ARTICLE == set()


# ---- saying it ----


def test_say_fills_in_words_for_codes_and_brackets_the_article() -> None:
    refusal = Refusal("window_closed", "35", {"clock": "request_review", "due": "2026-05-11"})
    assert say(refusal, "zh-hans").startswith("“请求复查”的期限到2026年5月11日为止")
    assert say(refusal, "zh-hans").endswith("（条例第35条）")
    assert "until 11 May 2026" in say(refusal, "en")
    assert say(refusal, "en").endswith("(art. 35)")
    assert "35" not in say(refusal, "en", with_article=False)


def test_say_gives_an_objecting_unit_its_own_advice() -> None:
    refusal = Refusal("window_closed", "23", {"clock": "object", "due": "2026-03-10"})
    assert "受理" in say(refusal, "zh-hans")
    assert "新的信访事项" not in say(refusal, "zh-hans")


def test_say_names_those_who_may() -> None:
    refusal = Refusal("not_yours", "36", {"by": "office,system"})
    assert say(refusal, "zh-hans") == "这一步由属地信访部门办理。请转告其办理。（条例第36条）"
    assert "the platform itself" in say(Refusal("not_yours", None, {"by": "system"}), "en")


def test_say_asks_the_door_for_names_of_units_and_forms_of_dates() -> None:
    def names(what: str, value: str) -> str:
        return {"unit": "市住建局", "date": "下周一"}[what] if value else ""

    assert "市住建局仍然存在" in say(
        Refusal("unit_still_exists", "24", {"unit": "city-housing"}), "zh-hans", names=names
    )
    assert "该单位仍然存在" in say(
        Refusal("unit_still_exists", "24", {"unit": "city-housing"}), "zh-hans"
    )
    overdue = Refusal("already_overdue", "34", {"due": "2026-05-04"})
    assert "下周一" in say(overdue, "zh-hans", names=names)


def test_say_tells_what_a_field_takes() -> None:
    assert say(Refusal("field_missing", "22", {"field": "to_unit"}), "en") == (
        "“To which unit” is missing. Choose a unit from the list. (art. 22)"
    )
    assert "请填写日期" in say(Refusal("field_wrong", None, {"field": "report_by"}), "zh-hans")
    assert "至少一人" in say(Refusal("field_wrong", "22", {"field": "head_count"}), "zh-hans")


def test_say_never_repeats_a_field_name_that_came_from_outside() -> None:
    assert "drop_table" not in say(Refusal("field_unknown", None, {"field": "drop_table"}), "en")


def test_say_lets_the_law_speak_in_the_language_asked_for() -> None:
    refusal = Refusal("against_the_law", None, {"zh": "先受理。", "en": "accept it first"})
    assert "先受理。请核对" in say(refusal, "zh-hans")
    assert "accept it first. Check" in say(refusal, "en")


def test_a_missing_word_is_an_error_and_never_a_raw_code() -> None:
    with pytest.raises(NoSuchWord, match="state: nowhere"):
        label("state", "nowhere", "en")
    with pytest.raises(NoSuchWord):
        say(Refusal("no_such_code"), "zh-hans")


def test_whatever_begins_with_en_is_english() -> None:
    assert label("yes_no", "yes", "en-gb") == "Yes"
    assert yes_no(False, "zh-cn") == "否"
    assert (cite("23", "en"), cite("23", "zh-hans"), cite(None, "en")) == ("art. 23", "第23条", "")


def test_no_word_speaks_of_a_person_who_petitions_as_a_risk() -> None:
    """The platform has no score, list, label or alert about a person; neither have its words."""
    forbidden = re.compile("缠访|闹访|重点人员|稳控|黑名单|risk|blacklist|trouble", re.IGNORECASE)
    for group in words().values():
        for word in group.values():
            for text in (word.zh, word.en, word.help_zh, word.help_en):
                assert not forbidden.search(text), text


def test_files_of_words_are_short() -> None:
    sizes = [
        len(path.read_text().splitlines())
        for path in (SOURCE / "rules" / "glossary").glob("*.toml")
    ]
    assert sizes
    assert max(sizes) < 400
