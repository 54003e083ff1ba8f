"""What stands in the words of one answer: what it refers to, how to reach someone, what comes next, or nothing."""

import re
from dataclasses import dataclass

from xinqiao.text.folding import fold

_RULES = "法|条例|规定|办法|意见|通知|方案|细则|决定|规划|标准|规程|章程|公告|制度|解释|准则|目录|决议|批复|公报"
_NAMED = re.compile(rf"《([^《》]{{2,60}}?(?:{_RULES})(?:\([^()]{{1,20}}\))?)》")
_NUMBERED = re.compile(r"[一-鿿]{1,8}[〔\[(【]\d{4}[〕\])】]\s*\d{1,4}\s*号")
_ARTICLE = re.compile(
    r"(?:根据|依据|按照|依照)[^。;《》]{0,30}第[一二三四五六七八九十百零\d]{1,6}条"
)
_CONTACT = re.compile(
    r"(?<!\d)(?:0\d{2,3}[- ]?\d{4}[- ]?\d{3,8}|1[3-9]\d{9}|[2-8]\d{6,7}|12345|12[03]\d{2})(?!\d)"
    r"|[\w.]@[\w.]+\.\w|微信公众号|(?:联系|咨询|服务|监督|投诉|举报)(?:电话|热线|方式)"
)
_DAY = r"(?:\d{4}年)?\d{1,2}月(?:\d{1,2}[日号]|[上中下]旬|底|初|份|前)?|\d{4}年(?:底|初|[上下]半年|[一二三四1-4]季度)?"
_DATE = re.compile(
    rf"{_DAY}|(?:今|明|本|下)(?:年|月|周)(?:底|初|内|[上下]半年)?|年底|\d{{1,3}}个?(?:工作日|日|天|月)内"
)
_SIGNED = re.compile(rf"[^。!;]{{0,40}}?(?:{_DAY})\s*$")
_NEXT = re.compile(
    r"下一?步|接下来|下阶段|(?:我们|我[局委办市县区街镇乡]|将|拟|正在|计划|预计|力争)[^。;]{0,12}"
    r"(?:进一步|加强|加大|督促|责令|整改|完成|启动|安排|组织|协调|开展|推进|实施|建成|开工|通车|办结|处理|修复)"
)
_FORWARDED = re.compile(
    r"转(?:交|办|给|送|至|达|发)|已经?转(?![变型])|交由|交办|向[^。,;]{0,12}反[映馈]|(?:通知|要求|责成)[^。,;]{0,12}(?:核实|处理|办理|调查)"
)
_FORMULA = re.compile(
    r"感谢|谢谢|您好|你好|收悉|已收到|理解(?:和|与|、)?支持|欢迎|监督|关心|关注|祝|此复|特此|现(?:将|就)?[^。]{0,20}(?:回复|答复)如下"
    r"|(?:高度)?重视|尽快|认真|及时|积极|跟进|研究|留言|反映的(?:问题|情况)|尊敬的|网友|领导|同志|来信|予以|相关(?:部门|单位)|有关部门"
    r"|支持|宝贵|意见|建议|工作|生活|愉快|一如既往|继续|再次|提出|我们|[您你的已对和与我将会]"
)
_SENTENCE = re.compile(r"[^。!?;\n]+[。!?;]?")
_PASSED_ON = 60  # a sentence with more characters tells more than who has it now
_WRITTEN = re.compile(r"[^。!?;！？；\n]+[。!?;！？；]*")
_SAYS = 5  # a sentence with so many characters beside its formulas says something
_SIGNS = re.compile(r"[\W_]+")


@dataclass(frozen=True, kw_only=True)
class Wording:
    """`cites`: laws, policies and numbered papers, in order. `only_forwards`: it says no more than who has it now;

    `empty`: not even that. `characters`: letters, digits and characters, without blanks and signs.
    """

    characters: int
    cites: tuple[str, ...]
    contact: bool
    date: bool
    next_step: bool
    only_forwards: bool
    empty: bool


def wording(answer: str) -> Wording:
    """The facts of one answer that stand in its own words. The date under a letter is no date of its matter."""
    text = fold(answer)
    unsigned = _SIGNED.sub("", text.strip())
    sentences = [one.group() for one in _SENTENCE.finditer(unsigned)]
    forwards = [one for one in sentences if len(one) <= _PASSED_ON and _FORWARDED.search(one)]
    cited, contact, dated = _cited(text), bool(_CONTACT.search(text)), bool(_DATE.search(unsigned))
    telling = any(_says(one) for one in sentences if one not in forwards) or bool(cited)
    return Wording(
        characters=len(_SIGNS.sub("", text)), cites=cited, contact=contact, date=dated,
        next_step=bool(_NEXT.search(unsigned)), only_forwards=bool(forwards) and not telling,
        empty=not forwards and not telling and not contact,
    )  # fmt: skip


def sentences_of(text: str) -> tuple[str, ...]:
    """The sentences of a text as it was written, without blanks around them."""
    found = (" ".join(one.split()).lstrip("”」』)）、,，. ") for one in _WRITTEN.findall(text))
    return tuple(one for one in found if one)


def _cited(text: str) -> tuple[str, ...]:
    named = [(one.start(), one.group(1)) for one in _NAMED.finditer(text)]
    other = [
        (one.start(), " ".join(one.group().split()))
        for pattern in (_NUMBERED, _ARTICLE)
        for one in pattern.finditer(text)
    ]
    return tuple(dict.fromkeys(name for _, name in sorted(named + other)))


def _says(sentence: str) -> bool:
    return len(_SIGNS.sub("", _FORMULA.sub("", sentence))) >= _SAYS
