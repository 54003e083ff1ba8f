"""The words for every stored code, in Chinese and in English. The words themselves stand in `glossary/*.toml`.

    label("state", State.REFERRED, "zh-hans")   # 待受理
    say(refusal, "en")                          # This step is for the unit that holds the matter. ... (art. 23)

`lang` is a code of Django's: whatever begins with "en" is English, everything else Chinese. The groups are `state`,
`step`, `field`, `refusal`, `clock`, `clock_state`, `owner`, `unit_kind`, `level`, `role`, `queue`, `paper`, `by`,
`law`, and one for each field with choices, by the field's own name (`kind`, `channel`, `path`, `result`, ...).
"""

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources

from xinqiao.rules.fields import FIELDS, FieldType
from xinqiao.rules.refusals import Refusal
from xinqiao.rules.steps import By

#: Fields whose choices are those of another field.
_SAME_CHOICES = {
    "outside_path": "path",
    "office_rating": "rating",
    "unit_rating": "rating",
    "needless_if_also": "needless_if",
}
#: Facts of a refusal that are codes, with the group whose word a person reads in their place.
_CODED_FACTS = {
    "by": "by", "clock": "clock", "earlier": "step", "field": "field", "form": "urging_form",
    "kind": "kind", "later": "step", "needed": "urging_form",
    "path": "path", "procedure": "procedure", "state": "state",
    "hand": "relief_hand", "relief_state": "relief_state",
    "call_stage": "call_stage", "part": "decision_part", "question": "decision_question", "stage": "decision_stage",
    "duty_state": "duty_state", "item_state": "item_state", "visit_stage": "visit_stage",
}  # fmt: skip
_DATED_FACTS = frozenset({"day", "due", "earliest"})

#: Turns ("unit", code) or ("date", ISO text) into words, where the asker knows better ones than the glossary.
Names = Callable[[str, str], str]


class NoSuchWord(KeyError):
    """A code without a word: the glossary is incomplete, a test says where."""


@dataclass(frozen=True, kw_only=True)
class Word:
    """One code in both languages. `help` explains it in a sentence, `told` says that sentence to the petitioner where
    it speaks of them; `done` tells a step as past (for a timeline).

    `article` and `owner` (a relation of `By`) stand here for codes whose article and owner no other table holds.
    """

    zh: str
    en: str
    help_zh: str = ""
    help_en: str = ""
    told_zh: str = ""
    told_en: str = ""
    done_zh: str = ""
    done_en: str = ""
    article: str | None = None
    owner: str = ""


def label(group: str, code: str, lang: str) -> str:
    """The word that stands for a code. Raises NoSuchWord: a code is never shown raw."""
    word = word_of(group, code)
    return word.en if _english(lang) else word.zh


def help_of(group: str, code: str, lang: str) -> str:
    """One sentence that explains the code; "" where the label says enough. Raises NoSuchWord."""
    word = word_of(group, code)
    return word.help_en if _english(lang) else word.help_zh


def told(group: str, code: str, lang: str) -> str:
    """The sentence that explains the code, addressed to the petitioner. Raises NoSuchWord."""
    word = word_of(group, code)
    return (word.told_en if _english(lang) else word.told_zh) or help_of(group, code, lang)


def done(step: str, lang: str, group: str = "step") -> str:
    """A step as something that happened, for a timeline: 已受理, "Accepted". Raises NoSuchWord."""
    word = word_of(group, step)
    return word.done_en if _english(lang) else word.done_zh


def yes_no(value: bool, lang: str) -> str:
    """是 / 否, or Yes / No."""
    return label("yes_no", "yes" if value else "no", lang)


def cite(article: str | None, lang: str) -> str:
    """第23条, or art. 23; "" without an article. Which regulation it is, the matter says."""
    if not article:
        return ""
    return f"art. {article}" if _english(lang) else f"第{article}条"


def say(
    refusal: Refusal, lang: str, *, names: Names | None = None, with_article: bool = True
) -> str:
    """Why not, and what to do next, in a sentence or two; the article in brackets behind it if the refusal has one.

    `names` gives units their names and dates their form; without it a unit is "that unit" and a date is written out.
    Raises NoSuchWord for a code without words, KeyError for a fact that its sentence needs and does not get.
    """
    sentence = label("refusal", _sentence_of(refusal), lang)
    facts = {name: _shown(name, value, lang, names) for name, value in refusal.facts.items()}
    if "field" in refusal.facts:
        facts["expected"] = _expected(refusal.facts["field"], lang)
    if "zh" in refusal.facts:  # a sentence that the law has said already, in both languages
        facts["said"] = facts["en" if _english(lang) else "zh"].rstrip(".。")
    told = sentence.format_map(facts)
    article = cite(refusal.article, lang) if with_article else ""
    if not article:
        return told
    return f"{told} ({article})" if _english(lang) else f"{told}（条例{article}）"


def word_of(group: str, code: str) -> Word:
    """All that the glossary says of a code. Raises NoSuchWord."""
    try:
        return words()[_SAME_CHOICES.get(group, group)][str(code)]
    except KeyError:
        raise NoSuchWord(f"{group}: {code}") from None


@cache
def words() -> Mapping[str, Mapping[str, Word]]:
    """The whole glossary: group, code, word. Raises ValueError when two files explain the same code."""
    found: dict[str, dict[str, Word]] = {}
    folder = resources.files("xinqiao.rules") / "glossary"
    for file in sorted(folder.iterdir(), key=lambda item: item.name):
        for group, entries in tomllib.loads(file.read_text(encoding="utf-8")).items():
            known = found.setdefault(group, {})
            for code, entry in entries.items():
                if code in known:
                    raise ValueError(f"{file.name}: {group}.{code} stands in another file too")
                known[code] = Word(**entry)
    return found


def _sentence_of(refusal: Refusal) -> str:
    """The code, or its variant for one clock: an objecting unit is advised otherwise than a petitioner."""
    variant = f"{refusal.code}:{refusal.facts.get('clock', '')}"
    return variant if variant in words()["refusal"] else refusal.code


def _english(lang: str) -> bool:
    return lang.startswith("en")


def _shown(name: str, value: str, lang: str, names: Names | None) -> str:
    """A fact of a refusal as a person reads it."""
    if name == "by":
        return _those_who(value, lang)
    if name == "field" and value not in words()["field"]:  # a name that no form of ours has sent
        return label("unknown", "field", lang)
    if name in _CODED_FACTS:
        return label(_CODED_FACTS[name], value, lang) if value else ""
    if name in _DATED_FACTS:
        return names("date", value) if names else _written_out(value, lang)
    if name == "unit":
        return names("unit", value) if names else label("unknown", "unit", lang)
    return value


def _those_who(relations: str, lang: str) -> str:
    """The relations that a step asks for, joined: 责任单位或属地信访部门."""
    people = [label("by", By(one), lang) for one in relations.split(",") if one != By.SYSTEM]
    found = people or [label("by", By.SYSTEM, lang)]
    return (" or " if _english(lang) else "或").join(dict.fromkeys(found))


def _written_out(text: str, lang: str) -> str:
    """A date as people write it; an instant keeps its time of day. Other text stays as it is."""
    try:
        day = date.fromisoformat(text[:10])
    except ValueError:
        return text
    time = f" {text[11:16]}" if len(text) > 11 else ""
    written = (
        f"{day.day} {day:%B %Y}" if _english(lang) else f"{day.year}年{day.month}月{day.day}日"
    )
    return written + time


def _expected(field: str, lang: str) -> str:
    """What a field takes, by its name or else by its type: the advice at the end of a sentence."""
    if field in words()["expected"]:
        return label("expected", field, lang)
    spec = FIELDS.get(field)
    return label("expected", spec.type if spec else FieldType.REFERENCE, lang)
