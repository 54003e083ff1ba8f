"""What a petition asks for, and what of it an answer leaves untouched."""

import re
from dataclasses import dataclass
from enum import StrEnum

from xinqiao.text.answers.wording import sentences_of
from xinqiao.text.folding import fold

_ASKS = re.compile(
    r"请(?:求|领导|政府|相关|有关|市|区|县|求|您|你|帮|尽快|立即|给|予|加|查|督|协|问(?!题))|恳请|恳求|希望|盼望?|要求|建议|期望"
    r"|(?<![申聘邀宴])请[一-鿿]{0,10}?(?:部门|[局委办厅]|街道|社区|乡镇|单位|公司|物业|学校|医院)"
    r"|望(?:领导|政府|相关|有关|尽快|能|予)|诉求|能不能|能否|可否|强烈呼吁|呼吁|应当|务必"
)
_QUESTION = re.compile(
    r"[?？]|请问|何时|什么时候|为什么|为何|怎么办|怎样|如何|是否|多少|哪里|哪个|什么(?:条件|手续|政策|标准)"
)
_POLITE = re.compile(
    r"(?:领导|政府|部门|您|你们?|大家)?(?:百忙|高度重视|关注|回复|答复|谢谢|感谢|为民做主|辛苦)(?:之中|一下|此事|此问题)?"
)
#: Words that stand in any demand, and so tell none from another.
_EMPTY = re.compile(
    r"请求|恳请|恳求|希望|盼望|要求|建议|期望|诉求|能不能|能否|可否|强烈|呼吁|应当|务必|请问|何时|什么时候|什么|为什么|为何|怎么办|怎么"
    r"|怎样|如何|是否|多少|领导|政府|有关|相关|部门|尽快|早日|立即|解决|处理|问题|我们|你们|他们|我|您|你|的|了|吗|呢|吧|和|与|及|在|是"
    r"|能够|能|对|给|予以|一下|这个|那个|这|那|可以|还|也|都|就|请|望|进行|情况|尊敬|谢谢|感谢|帮助|帮忙|督促|加快|现在|已经"
)
_BETWEEN = re.compile(r"[\W_]+")
_LEAST_TERMS = 2
TOUCHED = 0.1  # of a demand's telling pairs: of ten answers to something else nine have fewer


class Asked(StrEnum):
    """How something is asked."""

    REQUEST = "request"
    QUESTION = "question"


@dataclass(frozen=True, kw_only=True)
class Demand:
    """A sentence that asks for something, as it was written."""

    sentence: str
    asked: Asked


def demands(petition: str) -> tuple[Demand, ...]:
    """The demands in the text of a petition, in its order, each once. Thanks and bows ask for nothing."""
    found: dict[str, Demand] = {}
    for sentence in sentences_of(petition):
        text = fold(sentence)
        asked = Asked.QUESTION if _QUESTION.search(text) else Asked.REQUEST
        if (asked is Asked.QUESTION or _ASKS.search(text)) and len(
            _terms(_POLITE.sub("", text))
        ) >= _LEAST_TERMS:
            found.setdefault(_BETWEEN.sub("", text), Demand(sentence=sentence, asked=asked))
    return tuple(found.values())


def touched(petition: str, draft: str) -> tuple[tuple[Demand, bool], ...]:
    """The demands in their order, each with whether its telling words stand in the draft.

    A hint, no judgement: a demand can be answered in other words, and repeated without being answered.
    """
    said = _pairs(fold(draft))
    return tuple((one, _share(fold(one.sentence), said) >= TOUCHED) for one in demands(petition))


def untouched(petition: str, draft: str) -> tuple[Demand, ...]:
    """The demands whose telling words hardly stand in the draft: to be looked at again before it is signed."""
    return tuple(one for one, there in touched(petition, draft) if not there)


def _share(demand: str, said: frozenset[str]) -> float:
    terms = _terms(demand)
    return len(terms & said) / len(terms) if terms else 1.0


def _terms(text: str) -> frozenset[str]:
    return frozenset().union(*(_pairs(part) for part in _EMPTY.split(text) if part))


def _pairs(text: str) -> frozenset[str]:
    return frozenset(run[i : i + 2] for run in _BETWEEN.split(text) for i in range(len(run) - 1))
