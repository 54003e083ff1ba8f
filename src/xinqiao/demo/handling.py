"""The middle of a story: the unit in charge takes the matter, looks into it and answers."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from xinqiao.demo import grammar
from xinqiao.demo.dice import happens
from xinqiao.demo.grammar import Finding
from xinqiao.demo.story import Story
from xinqiao.rules.states import Kind, LegalPath

_ACCEPT_DAYS, _HANDLE_DAYS, _MORE_DAYS = 15, 60, 30
_OUTCOMES = {
    Kind.CLAIM: {"supported": 0.42, "explained": 0.36, "not_supported": 0.22},
    Kind.SUGGESTION: {"adopted": 0.6, "noted": 0.4},
    Kind.REPORT: {"verified": 0.3, "partly": 0.3, "unfounded": 0.4},
}
_DELIVERIES = {
    "in_person": ("本人签收", "当面宣读并签收"),
    "registered_post": ("挂号信回执", "邮政快递签收记录"),
    "electronic": ("短信和网上平台已读回执",),
    "left_with_family": ("同住成年家属签收",),
}
_DISPOSITIONS = {"supported": "settle", "explained": "explain", "not_supported": "explain"}


@dataclass
class Inquiry:
    """The time an inquiry takes: `begun` its first day, `days` the natural days until the answer."""

    begun: date
    days: int


def study(story: Story) -> None:
    """Suggestions, reports and claims to a duty: taken up, looked into, answered (art. 29 to 31)."""
    story.wait_days(story.today, _days_to_accept(story))
    notice = {"notice_content": story.say("office.take_up")} if happens(story.rng, 0.7) else {}
    story.handle("take_up", "officer", **notice)
    begun = story.today
    _designate(story)
    story.wait_days(begun, _usual_days(story))
    reply(story, _draw_outcome(story))


def accept(story: Story, simple: bool) -> Inquiry:
    """The unit accepts a claim on the sixth path; only now the sixty days begin."""
    if simple:
        story.wait(0.2, 0.9)
    else:
        if happens(story.rng, 0.08):
            story.wait(0.5, 3)
            story.handle("notify", "officer", notice_content=story.say("office.notice"))
        story.wait_days(story.today, _days_to_accept(story))
    story.handle("accept", "officer", procedure="simple" if simple else "ordinary")
    inquiry = Inquiry(begun=story.today, days=_days_to_answer(story))
    _designate(story)
    return inquiry


def _designate(story: Story) -> None:
    if happens(story.rng, 0.25):
        officer = {"role": "officer", "unit": story.handler.code}
        story.handle("designate", "head", officer=officer)


def _days_to_accept(story: Story) -> int:
    if happens(story.rng, story.pace.late * 0.7):
        return story.rng.randrange(_ACCEPT_DAYS + 3, _ACCEPT_DAYS + 16)
    return min(_ACCEPT_DAYS - 1, round(story.rng.uniform(1, 10) * story.pace.speed))


def _usual_days(story: Story) -> int:
    days = round(story.rng.lognormvariate(3.2, 0.45) * story.pace.speed)
    return min(_HANDLE_DAYS - 4, max(4, days))


def _days_to_answer(story: Story) -> int:
    """Late ones beyond the limit, the rest before it; some units crowd just before it."""
    rng, pace = story.rng, story.pace
    if happens(rng, pace.late):
        return rng.randrange(_HANDLE_DAYS + 3, _HANDLE_DAYS + 35)
    if pace.bunches and happens(rng, 0.45):
        return rng.randrange(_HANDLE_DAYS - 3, _HANDLE_DAYS + 1)
    return _usual_days(story)


def inquire(story: Story, inquiry: Inquiry) -> bool:
    """Everything between acceptance and answer. False when it ended in a settlement instead."""
    rng, chances = story.rng, story.cast.subject.chances
    turns: list[tuple[float, Callable[[Story], bool]]] = [
        (0.12, _ask),
        (chances.help, _give_help),
        (chances.conduct, _refer_conduct),
        (chances.mediation, _mediate),
        (chances.hearing, _hear),
    ]
    taken = [turn for chance, turn in turns if happens(rng, chance)]
    room = max(2, inquiry.days - 16 * len(taken))
    for number, turn in enumerate(taken):
        story.wait_days(inquiry.begun, rng.randrange(1, room) + 14 * number)
        if not turn(story):
            return False
    _maybe_extend(story, inquiry)
    return True


def _ask(story: Story) -> bool:
    story.handle("ask_petitioner", "officer", question=story.say("office.question"))
    story.wait(0.5, 5)
    fact = grammar.one_fact(
        story.rng, story.cast.subject, story.cast.words, said=story.contacts[0].body
    )
    story.petitioner("supplement", supplement=story.say("petition.supplement", fact=fact))
    return True


def _give_help(story: Story) -> bool:
    story.handle("give_help", "officer", help=story.say("office.help"))
    return True


def _refer_conduct(story: Story) -> bool:
    """Unlawful conduct goes to the organ in charge, approved by a second person (art. 27)."""
    story.handle(
        "refer_conduct",
        "head",
        conduct=story.say("office.conduct"),
        to_whom=f"{story.cast.words['county']}公安局",
        legal_basis=story.say("office.conduct_basis"),
        approver={"role": "head", "unit": story.office.code},
    )
    return True


def _mediate(story: Story) -> bool:
    """Both sides want it; two times in three they come to terms."""
    kind = story.rng.choice(("peoples", "peoples", "administrative", "reconciliation"))
    if story.cast.subject.code == "neighbours":
        kind = "neighbourhood"
    story.handle("open_mediation", "officer", mediation_kind=kind, both_agree=True)
    story.wait(1, 7)
    if happens(story.rng, 0.66):
        agreement = story.say("office.settlement")
        accounts = accounts_of(story)
        story.handle(
            "record_settlement", "officer", agreement=agreement, both_agree=True, **accounts
        )
        return False
    story.handle("end_mediation", "officer", reason=story.say("office.mediation_failed"))
    return True


def _hear(story: Story) -> bool:
    hold_hearing(story, lambda step, **fields: story.handle(step, "officer", **fields))
    return True


def hold_hearing(story: Story, take: Callable[..., None]) -> None:
    """A hearing is announced, opened and closed by whoever `take` acts for."""
    day = story.clock.moment(story.clock.on(story.today) + story.rng.randrange(2200, 3800)).date()
    place = story.say("office.hearing_place", story.office, office=story.office.name)
    take("schedule_hearing", hearing_on=day.isoformat(), place=place)
    story.at = max(story.at, story.clock.on(day) + story.rng.randrange(20, 60))
    take("open_hearing", place=place)
    story.at += story.rng.randrange(60, 150)
    take("close_hearing", record=story.say("office.hearing_record"))


def _maybe_extend(story: Story, inquiry: Inquiry) -> None:
    """One extension of at most thirty days, asked before the sixty are over (art. 34)."""
    rng = story.rng
    if not happens(rng, 0.2 if inquiry.days > 45 else 0.03):
        return
    story.wait_days(inquiry.begun, rng.randrange(36, 50))
    if (story.today - inquiry.begun).days >= _HANDLE_DAYS - 4:
        return
    days = rng.choice((10, 15, 20, _MORE_DAYS, _MORE_DAYS))
    story.handle("request_extension", "officer", days=days, reason=story.say("office.extension"))
    story.wait(0.1, 1.5)
    if happens(rng, 0.92):
        story.handle("approve_extension", "head", reason=story.say("office.extension_approved"))
        inquiry.days = _HANDLE_DAYS + rng.randrange(1, days + 1)
    else:
        story.handle("refuse_extension", "head", reason=story.say("office.extension_refused"))
        inquiry.days = _HANDLE_DAYS - 1


def answer(story: Story, inquiry: Inquiry) -> None:
    """The opinion: drafted, issued by the head, delivered."""
    result = _draw_outcome(story)
    story.wait_days(inquiry.begun, max(1, inquiry.days - story.rng.randrange(2, 9)))
    give_opinion(story, result, until=inquiry)


def give_opinion(story: Story, result: str, until: Inquiry) -> None:
    """The three steps of a handling opinion, delivered on the last day of the inquiry."""
    story.result = result
    found = grammar.finding(story.rng, story.cast.subject, result, story.words())
    _submit(story, result, found)
    if happens(story.rng, 0.05):
        story.wait(0.1, 0.5)
        story.handle("return_opinion", "head", reason=story.say("office.returned"))
        story.wait(0.1, 0.6)
        _submit(story, result, found)
    story.wait(0.05, 0.5)
    story.handle("issue_opinion", "head")
    story.wait_days(until.begun, until.days)
    deliver(story, "deliver_opinion")


def _submit(story: Story, result: str, found: Finding) -> None:
    helps = result == "explained" and happens(story.rng, story.cast.subject.chances.help)
    story.handle(
        "submit_opinion",
        "officer",
        claim=found.claim,
        facts_found=found.found,
        opinion=found.decision,
        legal_basis=found.basis,
        result=result,
        disposition="help" if helps else _DISPOSITIONS[result],
        **accounts_of(story),
    )


def accounts_of(story: Story) -> dict[str, str]:
    """The three accounts of a matter about to close: mostly clear; what is still owed is written down (art. 27)."""
    claim = story.cast.subject.kind is Kind.CLAIM
    found = {
        "policy_account": "clear" if claim else "none",
        "procedure_account": "clear",
        "care_account": "clear" if claim else "none",
    }
    if claim and happens(story.rng, 0.12):
        owed = story.rng.choice(("policy_account", "care_account", "care_account"))
        found |= {owed: "open", "accounts_note": story.say(f"office.{owed}")}
    return found


def deliver(story: Story, step: str) -> None:
    """The handler hands a paper to the petitioner and keeps the proof."""
    method, proof = proof_of_delivery(story)
    story.handle(step, "officer", method=method, proof=proof)
    story.delivered = story.today


def proof_of_delivery(story: Story) -> tuple[str, str]:
    """How a paper reached the petitioner, and what proves it."""
    method = story.rng.choice(list(_DELIVERIES))
    return method, story.rng.choice(_DELIVERIES[method])


def reply(story: Story, outcome: str) -> None:
    """A plain answer in writing, where no handling opinion is needed."""
    found = grammar.finding(story.rng, story.cast.subject, outcome, story.words())
    story.result = outcome
    simple = story.cast.subject.path is LegalPath.PETITION
    text = grammar.reply(story.rng, found, story.words().having(title=story.title), simple)
    if happens(story.rng, story.pace.perfunctory):
        story.result, text = "perfunctory", story.say("office.perfunctory")
    suggestion = story.cast.subject.kind is Kind.SUGGESTION
    adopted = {"adopted": outcome == "adopted"} if suggestion else {}
    story.handle("reply", "officer", answer=text, **adopted, **accounts_of(story))


def answer_simply(story: Story) -> None:
    """The end of a simple procedure: a plain answer within ten working days, seldom later."""
    slow = happens(story.rng, story.pace.late)
    story.wait(10.5, 16) if slow else story.wait(0.5, 8.5)
    reply(story, _draw_outcome(story))


def _draw_outcome(story: Story) -> str:
    shares = {
        outcome: share
        for outcome, share in _OUTCOMES[story.cast.subject.kind].items()
        if outcome in story.cast.subject.outcomes
    }
    return story.rng.choices(list(shares), list(shares.values()))[0]
