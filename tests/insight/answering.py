"""Answers of the stories: one that answers, and one that could stand under any petition."""

from typing import Any

from tests.desk.at_work import OPINION, Desk
from xinqiao.intake.values import Receipt

EMPTY = "您好，您反映的问题我们高度重视，将予以认真研究。感谢您的关心与支持，祝您生活愉快！"
FULL = (
    "经现场核查，宜秀区某某小区2号楼电梯因曳引机故障停运属实。我局已责成物业公司于5月30日前更换曳引机并恢复运行，"
    "维修费用由维修资金列支，业主无需另行分摊。依据《安徽省物业管理条例》，逾期未修的将依法处罚。联系电话：0556-5346712。"
)
BODY = "小区电梯停运半年，请求尽快修复电梯。停车场一直乱收费，要求退还多收的停车费！请问维修资金还剩多少？谢谢领导。"


def replies(desk: Desk, answer: str, days: float = 10, **more: Any) -> Receipt:
    """A suggestion to the city housing department, which answers it so many days ago."""
    receipt = desk.registers(days, kind="suggestion", **more)
    desk.takes(receipt.matter, "transfer", by="wangmin", days=days, to_unit="city-housing")
    desk.takes(receipt.matter, "take_up", by="lina", days=days)
    accounts = {name: value for name, value in OPINION.items() if name.endswith("_account")}
    desk.takes(receipt.matter, "reply", by="lina", days=days, answer=answer, **accounts)
    return receipt
