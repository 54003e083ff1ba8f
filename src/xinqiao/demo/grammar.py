"""The grammar: sentences with alternatives and slots become petitions, answers and remarks.

`[red|blue]` offers alternatives, which may nest; `{road}` is a slot of the scene. A missing slot is
an error and not a gap in the text.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from random import Random

from xinqiao.demo.catalogue import read_toml
from xinqiao.demo.dice import dice
from xinqiao.demo.scene import Scene
from xinqiao.demo.subjects import Outcome, Subject
from xinqiao.rules.states import Kind

_ALTERNATIVES = re.compile(r"\[([^\[\]]*)\]")
_SHORT, _LONG, _LONGEST = 0.2, 0.6, 0.92  # of chance: up to here short, from here long


def say(rng: Random, sentences: Sequence[str], words: Mapping[str, str]) -> str:
    """One of the sentences, its alternatives chosen and its slots filled. Raises KeyError."""
    text = rng.choice(sentences)
    while _ALTERNATIVES.search(text):
        text = _ALTERNATIVES.sub(lambda found: rng.choice(found[1].split("|")), text)
    return text.format_map(words)


def phrase(rng: Random, name: str, words: Mapping[str, str]) -> str:
    """A stock sentence of `phrases.toml`, named as `table.key`."""
    table, key = name.split(".")
    return say(rng, _phrases()[table][key], words)


@cache
def _phrases() -> dict[str, dict[str, list[str]]]:
    return read_toml("phrases.toml")


@dataclass(frozen=True, kw_only=True)
class Petition:
    """What arrives: a subject line and a text."""

    subject: str
    text: str


def title(subject: Subject, words: Scene, variant: int) -> str:
    """The subject line of a variant of a subject."""
    return say(dice("title", subject.code, variant), [subject.title[variant]], words)


def petition(
    rng: Random, subject: Subject, words: Scene, channel: str, group: bool, variant: int
) -> Petition:
    """A petition of that subject, in the voice of its channel; its opening goes with its title."""
    opening = say(rng, _openings(subject, group, variant), words)
    body = _body(rng, subject, words, opening, group)
    match channel:
        case "letter" | "fax":
            text = _letter(rng, body, words)
        case "call":
            text = _told(rng, body, "call_open", "call_close", words)
        case "visit":
            head = "group_open" if group else "visit_open"
            text = _told(rng, body, head, "visit_close", words)
        case _:
            suggestion = subject.kind is Kind.SUGGESTION
            close = "petition.goodwill_close" if suggestion else "petition.online_close"
            body.append(phrase(rng, close, words))
            text = "\n".join(filter(None, body))
    return Petition(subject=title(subject, words, variant), text=text)


def _openings(subject: Subject, group: bool, variant: int) -> Sequence[str]:
    """A group says "we" where the subject has words for it."""
    ours = [opening for opening in subject.opening if "我们" in opening or "户" in opening]
    if group and ours:
        return ours
    return subject.opening[variant : variant + 1] or subject.opening


def _body(rng: Random, subject: Subject, words: Scene, opening: str, group: bool) -> list[str]:
    """Opening, facts and demand: one paragraph when short, several with background when long."""
    length = rng.random()
    if length < _SHORT:
        return [opening + _facts(rng, subject, words, 1) + say(rng, subject.demand, words)]
    if length < _LONG:
        facts = _facts(rng, subject, words, rng.randint(2, 4))
        return [opening + facts, say(rng, subject.demand, words)]
    facts = _facts(rng, subject, words, len(subject.facts))
    lead, feeling = _background(rng, subject, words, group)
    if length < _LONGEST or subject.kind is Kind.SUGGESTION:
        return [opening + lead, facts, feeling, say(rng, subject.demand, words)]
    demands = [
        f"{number}、{say(rng, [demand], words)}"
        for number, demand in zip("一二三四", subject.demand, strict=False)
    ]
    return [opening + lead, facts, feeling, "我的请求是：", *demands]


def _background(rng: Random, subject: Subject, words: Scene, group: bool) -> tuple[str, str]:
    """What surrounds the facts of a long petition: who speaks, and what they feel."""
    if subject.kind is Kind.SUGGESTION:
        return "", phrase(rng, "petition.goodwill", words)
    if subject.organisation:  # a company has no family to tell of
        return "", ""
    lead = phrase(rng, "petition.group_background" if group else "petition.background", words)
    return lead, phrase(rng, "petition.feeling", words)


def _facts(rng: Random, subject: Subject, words: Scene, count: int) -> str:
    """So many of the facts, in their order."""
    picked = sorted(rng.sample(range(len(subject.facts)), min(count, len(subject.facts))))
    return "".join(say(rng, [subject.facts[i]], words) for i in picked)


def one_fact(rng: Random, subject: Subject, words: Scene, said: str = "") -> str:
    """A single fact for a supplement or a reminder, if possible one that was not yet said."""
    told = [say(rng, [fact], words) for fact in rng.sample(subject.facts, len(subject.facts))]
    return next((fact for fact in told if fact[:6] not in said), told[0])


def _letter(rng: Random, body: list[str], words: Scene) -> str:
    greeting = phrase(rng, "petition.letter_greeting", words)
    paragraphs = [f"　　{paragraph}" for paragraph in body if paragraph]
    close = phrase(rng, "petition.letter_close", words)
    return "\n".join((greeting, *paragraphs, close, words["name"], words["today"]))


def _told(rng: Random, body: list[str], opening: str, close: str, words: Scene) -> str:
    """An oral petition, written down by the clerk who heard it (art. 19)."""
    head, tail = (phrase(rng, f"petition.{key}", words) for key in (opening, close))
    return head + "".join(body) + "\n" + tail


def repeat(rng: Random, subject: Subject, words: Scene, title: str, said: str) -> Petition:
    """The same matter brought once more."""
    more = words.having(
        title=title,
        fact=one_fact(rng, subject, words, said),
        demand=say(rng, subject.demand, words),
    )
    return Petition(subject=f"再次反映：{title}", text=phrase(rng, "petition.repeat", more))


@dataclass(frozen=True, kw_only=True)
class Finding:
    """The substance of an answer: what is asked, found, decided, and under which text."""

    claim: str
    found: str
    decision: str
    basis: str


def finding(rng: Random, subject: Subject, outcome: str, words: Scene) -> Finding:
    """What an inquiry into a matter of that subject found, for one of its outcomes."""
    chosen: Outcome = subject.outcomes[outcome]
    return Finding(
        claim=subject.claim.format_map(words),
        found=say(rng, chosen.found, words),
        decision=say(rng, chosen.decision, words),
        basis=subject.basis,
    )


def reply(rng: Random, found: Finding, words: Scene, simple: bool) -> str:
    """A plain written answer; after a simple procedure it offers a written opinion (art. 32)."""
    head = phrase(rng, "office.reply_head", words)
    tail = phrase(rng, "office.reply_tail_simple" if simple else "office.reply_tail", words)
    return f"{head}\n　　{found.found}\n　　{found.decision}\n　　{tail}"
