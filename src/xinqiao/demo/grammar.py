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
from xinqiao.demo.scene import Scene
from xinqiao.demo.subjects import Outcome, Subject

_ALTERNATIVES = re.compile(r"\[([^\[\]]*)\]")
_SHORT, _LONG = 0.35, 0.8  # below the first a petition is short, above the second long


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


def petition(rng: Random, subject: Subject, words: Scene, channel: str, group: bool) -> Petition:
    """A petition of that subject, in the voice of its channel."""
    title = say(rng, subject.title, words)
    body = _body(rng, subject, words, length=rng.random())
    match channel:
        case "letter" | "fax":
            text = _letter(rng, body, words)
        case "call":
            text = _told(rng, body, "call_open", "call_close", words)
        case "visit":
            opening = "group_open" if group else "visit_open"
            text = _told(rng, body, opening, "visit_close", words)
        case _:
            text = "\n".join((*body, phrase(rng, "petition.online_close", words))).strip()
    return Petition(subject=title, text=text)


def _body(rng: Random, subject: Subject, words: Scene, length: float) -> list[str]:
    """Opening, facts and demand: one paragraph when short, several with background when long."""
    opening, demand = say(rng, subject.opening, words), say(rng, subject.demand, words)
    if length < _SHORT:
        return [opening + _facts(rng, subject, words, 1) + demand]
    if length < _LONG:
        return [opening + _facts(rng, subject, words, rng.randint(2, 3)), demand]
    middle = _facts(rng, subject, words, len(subject.facts))
    lead = opening
    if words["age"] != "0":  # a company has no family to tell of
        lead += phrase(rng, "petition.background", words)
    return [lead, middle, phrase(rng, "petition.feeling", words), demand]


def _facts(rng: Random, subject: Subject, words: Scene, count: int) -> str:
    """So many of the facts, in their order."""
    picked = sorted(rng.sample(range(len(subject.facts)), min(count, len(subject.facts))))
    return "".join(say(rng, [subject.facts[i]], words) for i in picked)


def one_fact(rng: Random, subject: Subject, words: Scene) -> str:
    """A single fact, for a supplement or a reminder."""
    return say(rng, subject.facts, words)


def _letter(rng: Random, body: list[str], words: Scene) -> str:
    greeting = phrase(rng, "petition.letter_greeting", words)
    paragraphs = [f"　　{paragraph}" for paragraph in body]
    close = phrase(rng, "petition.letter_close", words)
    return "\n".join((greeting, *paragraphs, close, words["name"], words["today"]))


def _told(rng: Random, body: list[str], opening: str, close: str, words: Scene) -> str:
    """An oral petition, written down by the clerk who heard it (art. 19)."""
    head, tail = (phrase(rng, f"petition.{key}", words) for key in (opening, close))
    return head + "".join(body) + "\n" + tail


def repeat(rng: Random, subject: Subject, words: Scene, title: str) -> Petition:
    """The same matter brought once more."""
    more = words.having(
        title=title, fact=one_fact(rng, subject, words), demand=say(rng, subject.demand, words)
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


def reply(rng: Random, found: Finding, words: Scene, title: str, perfunctory: bool) -> str:
    """A plain written answer; a perfunctory one says nothing about the case."""
    if perfunctory:
        return phrase(rng, "office.perfunctory", words)
    more = words.having(title=title)
    head, tail = phrase(rng, "office.reply_head", more), phrase(rng, "office.reply_tail", more)
    return f"{head}\n　　{found.found}\n　　{found.decision}\n　　{tail}"
