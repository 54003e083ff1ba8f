"""Matters of an invented town, and what its clerks say of them: which are about one thing, which only read alike.

Here every estate has letters in the same set words, so that what reads most alike is mostly about another house; and
two letters about one house have little in common but its name. What comes with the program knows nothing of that.
"""

from datetime import timedelta
from random import Random
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.desk.at_work import Desk

_SET_WORDS = (
    "住户来信：{house}的电梯又停了，老人上下楼很难，物业一直没有答复，请尽快处理。",
    "{house}电梯坏了很久，找过物业三次，每次都说在等配件，请主管部门督促。",
    "家住{house}，电梯停运以后只能爬楼，物业收了费却不修，望领导关心。",
    "{house}的电梯年检过期，运行有异响，停了又开、开了又停，盼望彻底维修。",
)
_NAMES = "兰亭竹苑梅岭松涛云栖柳岸荷塘桂语枫林杏坛桐庐榆园槐安橘洲棠里蔷薇茉莉海棠芙蓉紫薇"


def houses(number: int, seed: int = 1) -> list[str]:
    """So many names of houses, no two alike."""
    dice, found = Random(seed), set[str]()
    while len(found) < number:
        first, last = dice.sample(range(len(_NAMES) // 2), 2)
        found.add(f"{_NAMES[2 * first : 2 * first + 2]}{_NAMES[2 * last : 2 * last + 2]}公寓")
    return sorted(found)


def letters(house: str) -> list[tuple[str, str]]:
    """What is written about one house, each time in other words."""
    return [(f"{house}电梯问题", said.format(house=house)) for said in _SET_WORDS]


def told(desk: "Desk", number: int = 12, seed: int = 1) -> None:
    """So many houses with four letters each; what clerks said of them, in the order in which they came."""
    from django.utils import timezone  # noqa: PLC0415  settings must load first

    from xinqiao.insight.models import Judged  # noqa: PLC0415
    from xinqiao.insight.reading.jobs import read_everything  # noqa: PLC0415

    rows: list[list[int]] = []
    for place, house in enumerate(houses(number, seed)):
        days = 300 - 10 * place
        rows.append([
            desk.registers(days - n, subject=subject, body=body, fields={"category": "housing.property"}).matter
            for n, (subject, body) in enumerate(letters(house))
        ])  # fmt: skip
    read_everything(timezone.now())
    began, words = timezone.now() - timedelta(days=100), []
    for place, own in enumerate(rows):
        at = began + timedelta(days=place)
        words += [(own[0], other, True, at) for other in own[1:]]
        if place:
            words += [(a, b, False, at) for a, b in zip(rows[place - 1], own, strict=True)]
    Judged.objects.bulk_create(
        Judged(
            one=min(a, b), other=max(a, b), same=same, at=at, matter=a, seq=2, account=1, unit="city-petition"
        )
        for a, b, same, at in words
    )  # fmt: skip
