"""Matters that persons have classified, in words that no list knows: what a place has that its taxonomy has not."""

from itertools import count
from random import Random
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.desk.at_work import Desk

_SAID = {
    "labour.wages": (
        "带班的那个人电话打不通了 活早就干完了一分没见着 说好月底给结果一拖再拖 二十几个兄弟天天守在工棚里 "
        "手印都按了就是不兑现 账本在他手里我们看不到 木工组和瓦工组都没拿到 打了欠条又说不认 路费都凑不齐 "
        "大老板推给小老板 每次去都说再等等 家里等米下锅 干了九十个工一直挂着 脚手架都拆了还没动静"
    ),
    "housing.property": (
        "楼道的灯坏了三层 门岗半夜没有人 草长得比人还高 单元门锁不上 地下车库渗得厉害 贴了通知就没下文 "
        "按月交着却没人扫 垃圾堆到一楼窗下 健身器材锈断了 换了三拨经理都一样 打管家电话没人接 水箱多年没有清 "
        "消防栓里没有水 外来车随便进"
    ),
}


def texts(category: str, number: int, seed: int = 1) -> list[tuple[str, str]]:
    """So many different subjects and bodies of a category; the same seed gives the same."""
    dice = Random(f"{category}{seed}")
    found = []
    for _ in range(number):
        said = dice.sample(_SAID[category].split(), 3)
        # What each alone tells, so that none is taken for a copy of another.
        besides = "".join(chr(dice.randrange(0x4E00, 0x5E00)) for _ in range(40))
        found.append((said[0], f"{said[1]}，{said[2]}。{besides}"))
    return found


def classified(desk: "Desk", number: int = 36, seed: int = 1) -> list[int]:
    """So many matters of each of two categories come in and are registered, one of each in turn. Gives their rows."""
    pairs = zip(*(texts(category, number, seed) for category in _SAID), strict=True)
    days, found = count(20_000, -1), []
    for pair in pairs:
        for category, (subject, body) in zip(_SAID, pair, strict=True):
            receipt = desk.registers(
                next(days) / 10_000, subject=subject, body=body, fields={"category": category}
            )
            found.append(receipt.matter)
    return found
