"""Deciding that asks first: every line of the table, who may take it, and what stands in its way."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.city import CAST, COUNTY, UNITS, person
from xinqiao.rules.persons import Person, PersonKind
from xinqiao.rules.public_decisions import (
    ACTS,
    LEADS_ON,
    TABLE,
    Asked,
    Conclusion,
    Found,
    Question,
    Stage,
    Standing,
    Verdict,
    may,
    outside_territory,
)

TODAY = date(2026, 3, 2)
YES = Found(verdict=Verdict.YES, proofs=1)
WEIGHED = Standing(
    stage=Stage.WEIGHING, unit="city-housing", region="340811", drafters=frozenset({99}), areas=1, options=2,
    touched=1, findings=dict.fromkeys(Question, YES), opens_on=date(2026, 1, 5), closes_on=date(2026, 2, 28),
    opinions=4, measures=1,
)  # fmt: skip
PUBLIC = Person(kind=PersonKind.PETITIONER)
GIVEN = {
    "subject": "x", "words": "x", "closes_on": TODAY + timedelta(40), "conclusion": Conclusion.GO,
    "effective_on": TODAY,
}  # fmt: skip


def refused(act: str, standing: Standing, who: str | Person = "lina", **given: object) -> str:
    somebody = person(who) if isinstance(who, str) else who
    look = Asked(standing=standing, person=somebody, today=TODAY, units=UNITS, given=given)
    refusal = may(ACTS[act], look)
    return refusal.code if refusal else ""


def test_the_unit_that_drafts_acts_and_no_other() -> None:
    who = {name for name in CAST if not refused("submit", WEIGHED, name, **GIVEN)}
    assert who == {"lina", "chenbo"}


def test_heads_of_the_unit_and_above_approve_who_took_no_part() -> None:
    standing = replace(WEIGHED, stage=Stage.SUBMITTED)
    who = {name for name in CAST if not refused("approve", standing, name)}
    assert who == {"chenbo", "wutao", "shenhao"}
    by_chen_bo = replace(standing, drafters=frozenset({person("chenbo").account or 0}))
    assert refused("approve", by_chen_bo, "chenbo") == "drafted_oneself"
    assert refused("approve", by_chen_bo, "wutao") == ""
    assert refused("approve", standing, "lina") == "not_an_approver"


def test_the_public_gives_opinions_and_nothing_else() -> None:
    for act in TABLE:
        standing = replace(WEIGHED, stage=min(act.start, default=None))
        code = refused(act.name, standing, PUBLIC, **GIVEN)
        assert (code == "not_the_drafting_unit") is (
            act.name not in {"take_part", "approve", "return"}
        )


@pytest.mark.parametrize("stage", Stage)
@pytest.mark.parametrize("act", TABLE, ids=lambda act: act.name)
def test_no_act_is_taken_from_a_stage_that_its_line_does_not_name(
    act: object, stage: Stage
) -> None:
    line = ACTS[act.name]  # type: ignore[attr-defined]
    who = PUBLIC if line.name == "take_part" else "chenbo"
    code = refused(line.name, replace(WEIGHED, stage=stage), who, **GIVEN)
    assert (code == "wrong_stage") is (stage not in line.start)


def test_the_public_is_asked_when_there_is_something_to_judge() -> None:
    draft = replace(WEIGHED, stage=Stage.DRAFTING)
    assert refused("open_opinions", draft, **GIVEN) == ""
    for part in ("areas", "touched", "options"):
        assert refused("open_opinions", replace(draft, **{part: 0})) == "assessment_part_missing"
    assert refused("open_opinions", replace(draft, options=1)) == "assessment_part_missing"


def test_thirty_days_or_a_reason_that_is_published() -> None:
    draft = replace(WEIGHED, stage=Stage.DRAFTING)

    def until(days: int, reason: str = "") -> str:
        return refused(
            "open_opinions", draft, closes_on=TODAY + timedelta(days), short_reason=reason
        )

    assert (until(30), until(29), until(29, "汛期将至")) == ("", "opinions_too_short", "")
    assert until(0, "汛期将至") == "opinions_end_in_past"


def test_opinions_are_taken_until_the_end_of_the_last_day_and_closed_after_it() -> None:
    last = replace(WEIGHED, stage=Stage.GATHERING, closes_on=TODAY)
    over = replace(last, closes_on=TODAY - timedelta(1))
    assert refused("take_part", last, PUBLIC, words="x") == ""
    assert refused("take_part", over, PUBLIC, words="x") == "opinions_closed"
    assert refused("close_opinions", last) == "opinions_still_open"
    assert refused("close_opinions", over) == ""


def test_nothing_is_concluded_while_an_opinion_waits_and_it_says_how_many() -> None:
    waiting = replace(WEIGHED, unanswered=3)
    look = Asked(standing=waiting, person=person("lina"), today=TODAY, units=UNITS, given=GIVEN)
    refusal = may(ACTS["submit"], look)
    assert refusal is not None and (refusal.code, refusal.facts) == ("opinions_left", {"left": "3"})
    assert refused("submit", WEIGHED, **GIVEN) == ""
    assert refused("submit", replace(WEIGHED, opinions=0), **GIVEN) == "nobody_heard"


@pytest.mark.parametrize("question", Question)
def test_each_of_the_four_questions_needs_a_finding_that_rests_on_something(
    question: Question,
) -> None:
    rest = {one: YES for one in Question if one is not question}
    assert refused("submit", replace(WEIGHED, findings=rest), **GIVEN) == "finding_missing"
    loose = rest | {question: replace(YES, proofs=0)}
    assert refused("submit", replace(WEIGHED, findings=loose), **GIVEN) == "finding_without_proof"


def test_a_no_leads_to_waiting_or_stopping_only() -> None:
    against = WEIGHED.findings | {Question.CONTROLLABILITY: replace(YES, verdict=Verdict.NO)}  # type: ignore[operator]
    standing = replace(WEIGHED, findings=against)
    codes = {one: refused("submit", standing, words="x", conclusion=one) for one in Conclusion}
    assert {one for one, code in codes.items() if code == "finding_says_no"} == LEADS_ON
    assert codes[Conclusion.WAIT] == codes[Conclusion.STOP] == ""


def test_conditions_come_with_measures() -> None:
    given = {"words": "x", "conclusion": Conclusion.CONDITIONS}
    assert refused("submit", replace(WEIGHED, measures=0), **given) == "measures_missing"
    assert refused("submit", WEIGHED, **given) == ""
    found = {**WEIGHED.findings, Question.FEASIBILITY: replace(YES, verdict=Verdict.WITH_MEASURES)}
    asks = replace(WEIGHED, findings=found)
    assert refused("submit", asks, words="x", conclusion=Conclusion.GO) == "conditions_needed"


def test_what_follows_a_conclusion() -> None:
    go = replace(
        WEIGHED, stage=Stage.CONCLUDED, conclusion=Conclusion.GO, approved_on=TODAY - timedelta(5)
    )
    wait = replace(go, conclusion=Conclusion.WAIT)
    assert refused("take_effect", go, effective_on=TODAY) == ""
    early = TODAY - timedelta(6)
    assert refused("take_effect", go, effective_on=early) == "effective_before_approval"
    assert refused("take_effect", wait, effective_on=TODAY) == "conclusion_stops"
    assert (refused("resume", wait), refused("resume", go)) == ("", "nothing_waits")
    assert refused("look_back", go) == "not_in_effect"
    assert refused("look_back", replace(go, effective_on=TODAY)) == ""
    assert refused("look_back", replace(go, effective_on=TODAY + timedelta(1))) == "not_in_effect"


def test_a_unit_decides_for_its_own_territory() -> None:
    assert outside_territory("county-housing", [COUNTY, "340811101"], UNITS) is None
    refusal = outside_territory("county-housing", [COUNTY, "340825"], UNITS)
    assert refusal is not None and refusal.code == "outside_territory"


standings = st.builds(
    Standing,
    stage=st.sampled_from([None, *Stage]),
    unit=st.just("city-housing"),
    findings=st.dictionaries(
        st.sampled_from(Question),
        st.builds(Found, verdict=st.sampled_from(Verdict), proofs=st.integers(0, 2)),
    ),
    opinions=st.integers(0, 3),
    unanswered=st.integers(0, 3),
    measures=st.integers(0, 1),
    conclusion=st.none() | st.sampled_from(Conclusion),
)


@given(standings, st.sampled_from(Conclusion), st.sampled_from(sorted(CAST)))
def test_nobody_ever_concludes_over_what_is_missing(
    standing: Standing, conclusion: Conclusion, who: str
) -> None:
    """Whoever asks, from wherever: a submitted conclusion has four proven findings and no waiting opinion."""
    if refused("submit", standing, who, words="x", conclusion=conclusion):
        return
    assert set(standing.findings) == set(Question)
    assert all(found.proofs for found in standing.findings.values())
    assert standing.opinions and not standing.unanswered
    verdicts = {found.verdict for found in standing.findings.values()}
    assert conclusion not in LEADS_ON or Verdict.NO not in verdicts
