"""Review and re-examination: the petitioner asks the next level up, within thirty days each time."""

from dataclasses import dataclass

from xinqiao.demo.catalogue import tree, units
from xinqiao.demo.dice import happens
from xinqiao.demo.handling import Inquiry, give_opinion, hold_hearing, proof_of_delivery
from xinqiao.demo.story import Story
from xinqiao.rules.units import Unit

_WINDOW, _LIMIT = 30, 30
_RESULTS = {"upheld": 0.76, "changed": 0.15, "remanded": 0.09}
_EAGERNESS = {"supported": 0.3, "explained": 1.4, "not_supported": 2.6}


@dataclass(frozen=True, kw_only=True)
class Instance:
    """The words and steps of one of the two instances."""

    request: str
    issue: str
    deliver: str
    reason: str
    opinion: str
    basis: str


_REVIEW = Instance(
    request="request_review",
    issue="issue_review_opinion",
    deliver="deliver_review_opinion",
    reason="appeal.review_reason",
    opinion="appeal.review_",
    basis="appeal.basis",
)
_REEXAMINATION = Instance(
    request="request_reexamination",
    issue="issue_reexamination_opinion",
    deliver="deliver_reexamination_opinion",
    reason="appeal.reexamination_reason",
    opinion="appeal.reexamination_",
    basis="appeal.reexamination_basis",
)


def appeal(story: Story) -> bool:
    """Perhaps a review, perhaps a re-examination after it. True when the matter is concluded by it."""
    chances = story.cast.subject.chances
    if not happens(story.rng, min(0.7, chances.appeal * _EAGERNESS[story.result])):
        return False
    reviewer = _above(story, story.handler, ())
    if reviewer is None:
        return False
    outcome = _instance(story, _REVIEW, reviewer, hearing=0.0)
    if outcome == "remanded":
        _handle_again(story)
        return False
    higher = _above(story, reviewer, (story.handler, reviewer))
    if higher is None or not happens(story.rng, 0.35):
        return False
    if _instance(story, _REEXAMINATION, higher, hearing=0.3) == "remanded":
        _handle_again(story)
        return False
    return True


def _above(story: Story, unit: Unit, below: tuple[Unit, ...]) -> Unit | None:
    """The administrative superior, or now and then the department that guides the trade."""
    superiors = [units()[code] for code in tree().superiors(unit.code)]
    fresh = [above for above in superiors if above not in below]
    return (fresh[0] if happens(story.rng, 0.75) else fresh[-1]) if fresh else None


def _instance(story: Story, kind: Instance, organ: Unit, hearing: float) -> str:
    """One instance from request to delivery; gives its result."""
    rng = story.rng
    story.wait_days(story.delivered, rng.randrange(2, _WINDOW - 1))
    reason = story.say(kind.reason)
    story.petitioner(kind.request, reason=reason, to_unit=organ.code)
    asked = story.today
    days = rng.randrange(_LIMIT + 2, _LIMIT + 12) if happens(rng, 0.06) else rng.randrange(10, 28)
    if happens(rng, hearing):
        story.wait(1, 4)
        hold_hearing(story, lambda step, **fields: story.step(step, organ, "officer", **fields))
    result = rng.choices(list(_RESULTS), list(_RESULTS.values()))[0]
    story.wait_days(asked, max(3, days - 3))
    opinion, basis = story.say(kind.opinion + result), story.say(kind.basis)
    fields = {"appeal_result": result, "opinion": opinion, "legal_basis": basis}
    story.step(kind.issue, organ, "head", **fields)
    story.wait(0.1, 1.5)
    method, proof = proof_of_delivery(story)
    story.step(kind.deliver, organ, "officer", method=method, proof=proof)
    story.delivered = story.today
    return result


def _handle_again(story: Story) -> None:
    """Sent back: the handling unit looks into it anew and gives another opinion."""
    days = story.rng.randrange(18, 50)
    inquiry = Inquiry(begun=story.today, days=days)
    story.wait_days(story.today, days - 6)
    give_opinion(story, story.rng.choice(("supported", "explained")), until=inquiry)
