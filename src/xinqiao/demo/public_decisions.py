"""Three years of deciding with the public: assessments at every stage, opinions and their answers, suggestion calls."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from xinqiao.demo.catalogue import read_toml
from xinqiao.demo.chapter import City, Refused, at
from xinqiao.demo.load import username
from xinqiao.matters.actions import take
from xinqiao.public_decisions import calls as reading
from xinqiao.public_decisions.actions import assessments, calls, opinions
from xinqiao.public_decisions.actions.calls import SENDER
from xinqiao.public_decisions.values import (
    Described,
    Heed,
    NewCall,
    NewOpinion,
    NewSuggestion,
    Option,
    Source,
    Stance,
    Touched,
)
from xinqiao.public_decisions.values import Role as TouchedAs
from xinqiao.rules.persons import Person
from xinqiao.rules.public_decisions import Conclusion, Question, Verdict
from xinqiao.rules.refusals import Refused as Refusing
from xinqiao.rules.suggestion_calls import Adoption

_ASKED_DAYS = 30
#: How often an opinion is given again in other mouths.
_AGAIN = {"small": 1, "city": 12}
_ACCOUNTS = {"policy_account": "none", "procedure_account": "clear", "care_account": "none"}
_LAWS = {
    Question.LAWFULNESS: "《重大行政决策程序暂行条例》第十四条、第二十二条",
    Question.REASONABLENESS: "公开征求意见的情况",
    Question.FEASIBILITY: "财政承受能力和实施条件的测算",
    Question.CONTROLLABILITY: "风险排查清单和应对预案",
}
_FOUND = {
    Question.LAWFULNESS: "决策主体、权限和程序符合规定，内容与上位法不抵触。",
    Question.REASONABLENESS: "兼顾了受影响各方的利益，多数意见支持，反对意见集中在少数问题上。",
    Question.FEASIBILITY: "资金、人员和配套措施已经落实，时机成熟。",
    Question.CONTROLLABILITY: "可能引发的矛盾已经逐项排查，有防范和化解的办法。",
}
_DOUBT = "监测数据不足，附近群众的担心没有得到回应，现在不能认定可控。"
_AS_SAID = ("", "我也是这个意见。", "请认真考虑。", "希望尽快答复。")


@dataclass
class _Play:
    """The chapter as it is played: the city, its dice, and what was refused."""

    city: City
    rng: Random
    refused: Refused

    def by(self, unit: str, role: str, on: datetime) -> Person:
        return self.city.person(username(unit, role), on.date())

    def day(self, ago: int) -> date:
        return self.city.today - timedelta(days=ago)


def chapter(city: City, rng: Random) -> Refused:
    """Plays the decisions and the calls of `data/public_decisions.toml` through the real actions."""
    play, story = _Play(city, rng, Counter()), read_toml("public_decisions.toml")
    for told in (*story["decision"], *story["call"]):
        try:
            _decision(play, told) if "subject" in told else _call(play, told)
        except Refusing as refusing:
            play.refused["public_decisions", refusing.refusal.code] += 1
    return play.refused


def _decision(play: _Play, told: Mapping[str, Any]) -> None:
    """One assessment as far as it has come."""
    unit, ago = told["unit"], told["ago"]
    begun, asked = at(play.day(ago + 20)), at(play.day(ago))
    drafter = play.by(unit, "officer", begun)
    number = assessments.begin(unit, _described(told), by=drafter, now=begun)
    for question in Question:
        verdict = Verdict.NO if told.get("against") == question else Verdict.YES
        words = _DOUBT if verdict is Verdict.NO else _FOUND[question]
        assessments.find(number, question, verdict, words, _LAWS[question], by=drafter, now=begun)
    assessments.open_opinions(number, play.day(ago - _ASKED_DAYS), "", by=drafter, now=asked)
    given = _opinions(play, number, told)
    if told["stage"] == "gathering":
        return
    closed = at(play.day(ago - _ASKED_DAYS - 2))
    _hearing(number, told, by=drafter, now=closed)
    assessments.close_opinions(number, by=drafter, now=closed)
    _answers(number, told, given, by=drafter, now=at(play.day(ago - _ASKED_DAYS - 6)))
    if told["stage"] != "weighing":
        _conclude(play, number, told)


def _described(told: Mapping[str, Any]) -> Described:
    return Described(
        subject=told["subject"], background=told["background"], regions=told["regions"],
        categories=told["categories"], options=[Option(name=name, words=words) for name, words in told["options"]],
        touched=[Touched(role=TouchedAs(role), number=number) for role, number in told["touched"].items()],
    )  # fmt: skip


def _opinions(play: _Play, number: str, told: Mapping[str, Any]) -> list[list[int]]:
    """Everybody says something while they are asked; the numbers of the opinions of each kind."""
    ago = told["ago"]
    latest = 1 if told["stage"] == "gathering" else ago - _ASKED_DAYS
    given: list[list[int]] = [[] for _ in told["kind"]]
    for place, kind in enumerate(told["kind"]):
        for stance, role, words in kind["opinions"] * _AGAIN.get(play.city.size, 1):
            day = play.day(play.rng.randint(latest, ago - 1))
            opinion = NewOpinion(
                stance=Stance(stance), role=TouchedAs(role), words=words + play.rng.choice(_AS_SAID)
            )  # fmt: skip
            now = at(day, play.rng.randrange(7, 22), play.rng.randrange(60))
            given[place].append(opinions.give(number, opinion, by=SENDER, now=now))
    return given


def _hearing(number: str, told: Mapping[str, Any], *, by: Person, now: datetime) -> None:
    """What the hearing added to the first kind."""
    stance, role, words = told["kind"][0]["opinions"][0]
    opinion = NewOpinion(
        stance=Stance(stance), role=TouchedAs(role), words=f"听证会上提出：{words}", source=Source.HEARING, people=14
    )  # fmt: skip
    opinions.give(number, opinion, by=by, now=now)


def _answers(
    number: str, told: Mapping[str, Any], given: Sequence[Sequence[int]], *, by: Person, now: datetime
) -> None:  # fmt: skip
    """Every kind is answered that has an answer; the hearing with the first."""
    last = sum(len(numbers) for numbers in given) + 1
    for place, (kind, numbers) in enumerate(zip(told["kind"], given, strict=True)):
        if not kind["answer"]:
            continue
        answer = opinions.write_answer(
            number, kind["title"], kind["answer"], Heed(kind["heed"]), by=by, now=now
        )  # fmt: skip
        those = [*numbers, last] if place == 0 else numbers
        opinions.put_under(number, answer, by=by, now=now, opinions=those)
    if told.get("shown"):
        opinions.release(number, given[0][0], told["shown"], by=by, now=now)


def _conclude(play: _Play, number: str, told: Mapping[str, Any]) -> None:
    """Concluded by a head who took no part, and what came after."""
    unit, ago = told["unit"], told["ago"] - _ASKED_DAYS
    now, approved = at(play.day(ago - 12)), at(play.day(ago - 15))
    drafter, head = play.by(unit, "officer", now), play.by(unit, "head", approved)
    if told.get("measure"):
        due = play.day(ago - 90)
        measure = assessments.plan_measure(number, told["measure"], unit, due, by=drafter, now=now)
    assessments.submit(
        number, Conclusion(told["conclusion"]), told["words"], told["options"][0][0], by=drafter, now=now
    )  # fmt: skip
    assessments.approve(number, by=head, now=approved)
    if told["stage"] == "concluded":
        return
    effective = play.day(ago - 30)
    assessments.take_effect(
        number, effective, told["paper"], by=drafter, now=at(play.day(ago - 16))
    )
    if ago > 100:
        done = at(play.day(ago - 85))
        assessments.keep_measure(number, measure, "已经落实。", by=drafter, now=done)
    if told["stage"] == "looked_back":
        assessments.look_back(number, told["looked_back"], by=drafter, now=at(play.day(ago - 400)))


def _call(play: _Play, told: Mapping[str, Any]) -> None:
    """One call with its suggestions, as far as each has come."""
    unit, ago, lasting = told["unit"], told["ago"], told["lasting"]
    day = at(play.day(ago), 9)
    head, clerk = play.by(unit, "head", day), play.by(unit, "clerk", day)
    call = NewCall(
        topic=told["topic"], words=told["words"], region=told["region"], category=told["category"],
        opens_on=play.day(ago), closes_on=play.day(ago - lasting),
    )  # fmt: skip
    number = calls.draft_call(unit, call, by=head, now=day)
    calls.publish_call(number, by=head, now=day)
    for place, suggestion in enumerate(told["suggestion"]):
        _suggestion(play, number, told, suggestion, ago - 2 - place * 3, by=clerk)
    if told.get("result"):
        over = at(play.day(ago - lasting - 30))
        calls.end_call(number, "", by=head, now=over)
        calls.tell_result(number, told["result"], by=head, now=over)


def _suggestion(
    play: _Play, number: str, call: Mapping[str, Any], told: Mapping[str, Any], ago: int, *, by: Person
) -> None:  # fmt: skip
    """Received, registered, decided, followed up and shown, each if it has come so far."""
    given = NewSuggestion(subject=told["subject"], body=told["body"])
    receipt = calls.suggest(number, given, now=at(play.day(ago), 15))
    if "adoption" not in told:
        return
    fields = {"kind": "suggestion", "region": call["region"], "category": call["category"]}
    take(receipt.matter, "register", fields, by=by, now=at(play.day(ago - 1)), tell=False)
    found = reading.call_of_matter(receipt.matter)
    row = found[1].id if found else 0
    now = at(play.day(ago - 6))
    adoption = Adoption(told["adoption"])
    calls.decide_suggestion(row, adoption, told["why"], _ACCOUNTS, by=by, now=now, tell=False)
    if told["outcome"]:
        calls.follow_up(row, told["outcome"], by=by, now=at(play.day(ago - 120)), tell=False)
    if told["shown"]:
        calls.release_suggestion(row, told["shown"], by=by, now=now)
