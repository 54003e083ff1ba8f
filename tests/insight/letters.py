"""Letters of an invented town: a plant that smells, a lane without light, a village without water."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from xinqiao.insight.messages import Message

START = datetime(2024, 3, 1, 9, tzinfo=ZoneInfo("Asia/Shanghai"))

PLANT = (
    (
        "B2区金鳞湖化工厂夜里排放刺鼻气味",
        "金鳞湖化工厂每天夜里十二点以后排放刺鼻的气味，附近居民不敢开窗，请环保部门查处。",
    ),
    (
        "金鳞湖化工厂深夜排放刺鼻气味，居民不敢开窗",
        "我们住在金鳞湖化工厂旁边，夜里刺鼻气味很重，老人小孩咳嗽，请环保部门尽快查处金鳞湖化工厂。",
    ),
    (
        "请查处B2区金鳞湖化工厂夜间排放刺鼻气味",
        "B2区金鳞湖化工厂夜间偷排废气，刺鼻气味影响附近居民，多次反映无果，请环保部门查处。",
    ),
    (
        "B2区金鳞湖化工厂刺鼻气味什么时候有人管",
        "金鳞湖化工厂刺鼻气味已经半年了，夜里排放废气，居民不敢开窗，望环保部门查处。",
    ),
)
OTHERS = (
    (
        "B3区柳笛巷路灯坏了一个月",
        "柳笛巷从口子到小学的六盏路灯都不亮，孩子放学摸黑走路，希望尽快修好。",
    ),
    (
        "咨询公积金提取需要哪些材料",
        "本人准备在外地买房，想问公积金提取要带哪些材料，窗口周末上班吗。",
    ),
    (
        "B4县石榴坪村自来水三天两头停水",
        "石榴坪村四组自来水一停就是两天，老人只能去井里挑水，请水务部门解决。",
    ),
    (
        "养老金认证手机上总是失败",
        "母亲八十岁，手机上做养老金认证刷脸总是失败，能不能到社区办理。",
    ),
    (
        "建议在北斗学校门口加一个斑马线",
        "北斗学校门口车多人多，没有斑马线，上学放学十分危险，建议加画。",
    ),
)


def message(
    number: int, letter: tuple[str, str], *, day: float = 0, user: str = "", likes: int = 0
) -> Message:
    """A letter as a message of that day."""
    subject, body = letter
    at = START + timedelta(days=day)
    return Message(
        id=str(number), subject=subject, body=body, at=at, user=user or f"w{number}", likes=likes
    )


def town() -> list[Message]:
    """Four letters of four people about the plant within twelve days, and five about other things between them."""
    plant = [message(100 + n, one, day=4 * n) for n, one in enumerate(PLANT)]
    others = [message(200 + n, one, day=4 * n + 1) for n, one in enumerate(OTHERS)]
    return plant + others
