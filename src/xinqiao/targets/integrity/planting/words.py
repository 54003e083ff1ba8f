"""Petitions and answers in words: honest, and with fraud planted."""

from collections.abc import Sequence
from dataclasses import replace

from xinqiao.targets.integrity.planting.units import Chance, Numbers, happens, rate_of, some, units
from xinqiao.targets.integrity.values import Answer, Repeated

_FIRST = "青白云龙金石双河南北东西长安太平清水大桥新旺"
_SECOND = "山塘湾岭桥店井庄岗坪坝口溪垄泉洲"
_KINDS = ("村", "社区", "路", "小区", "镇", "巷")
_WHAT = (
    ("路灯坏了没人修", "路灯", ("晚上老人出门摔倒", "学生放学看不见路", "打过电话一直没有回音")),
    ("拖欠农民工工资", "工资", ("包工头电话打不通", "工地已经停工", "年底等钱回家")),
    ("征地补偿款没有到位", "补偿款", ("青苗费没有算进去", "丈量的面积不对", "签字的人不是本人")),
    ("开发商逾期交房", "交房", ("一直在交租金", "合同写明的违约金不给", "水电至今没有接通")),
    ("工厂夜里排放刺鼻气味", "废气", ("窗户不敢打开", "孩子咳嗽", "反映以后停了两天又开")),
    ("河道被垃圾堵塞", "河道", ("下雨就倒灌进屋", "蚊虫多", "上游有人倾倒渣土")),
    ("小区电梯经常停运", "电梯", ("老人被困半个小时", "维修基金用不出来", "物业说没有钱")),
    ("学校门口没有斑马线", "斑马线", ("早晚车很快", "上个月撞了人", "家长自己轮流站岗")),
    ("医保报销被退回", "医保", ("材料跑了三趟", "说法前后不一样", "住院花费不少")),
    ("宅基地被邻居占用", "宅基地", ("界桩被移动", "村里调解没有结果", "证上的尺寸写得清楚")),
    ("自来水浑浊有异味", "自来水", ("烧开以后有沉淀", "买水喝了一个月", "水厂说管网老化")),
    ("公交线路突然取消", "公交", ("上班要走四十分钟", "没有提前公告", "老年人看病不便")),
)  # fmt: skip
_OPENING = (
    "您好，您反映的事项收悉。",
    "您反映的信访事项已收悉，现答复如下。",
    "来信收悉，感谢您的信任。",
)
_CLOSING = (
    "感谢您对我们工作的支持。",
    "如对本答复不服，可以自收到之日起三十日内请求复查。",
    "特此答复。",
)
_DONE = (
    "经现场查看，情况属实，已安排施工，预计{n}日内完成。",
    "经核查档案，与您所述基本一致，已责成{who}在{n}日内办理。",
    "我单位会同{who}召开协调会，形成处理意见，{n}日内落实到位。",
    "经走访了解，主要原因是{why}，下一步由{who}负责，{n}日后回访。",
    "依据有关规定，应当由{who}承担，已发函督促，{n}日内书面回复您。",
)  # fmt: skip
_WHO = (
    "住建局",
    "供水公司",
    "镇政府",
    "物业公司",
    "施工单位",
    "城管中队",
    "村委会",
    "运输公司",
    "环保站",
)
_WHY = ("资金没有落实", "产权没有移交", "管线老化", "手续不全", "双方对面积有分歧", "承包人失联")
#: What honest offices, too, send to many: an answer about a policy.
_POLICY = "关于{subject}的政策，自今年起按照新的标准执行，具体条件、材料和窗口请看办事指南，也可以到政务服务大厅咨询。"
_EMPTY = (
    "我们高度重视，已按照规定办理。", "您反映的问题已转有关部门处理，请耐心等待。", "经研究，按照相关政策执行。",
)  # fmt: skip
_STOCK = (
    "经我单位认真调查核实，相关工作正在有序推进之中，下一步将加大力度，强化措施，压实责任，尽快妥善处理到位，请予理解。",
    "该问题属于历史遗留问题，涉及面广，情况复杂，需要统筹研究、分步解决，我单位将持续跟踪，条件成熟时予以落实。",
)


class _Story:
    """One concern of somebody: place, subject, details; told anew each time."""

    def __init__(self, chance: Chance) -> None:
        self.chance = chance
        self.place = "".join(
            (*(some(chance, part) for part in (_FIRST, _SECOND, _KINDS)), self._number())
        )
        self.what, self.subject, details = some(chance, _WHAT)
        order = chance.permutation(len(details))
        self.details = [details[int(n)] for n in order]
        self.since, self.amount = int(chance.integers(2, 40)), int(chance.integers(3, 900)) * 100

    def _number(self) -> str:
        return f"{int(self.chance.integers(1, 300))}号"

    def told(self, how: int = 0) -> str:
        """The petition, in one of two tones."""
        first = f"{self.place}{self.what}，已经{self.since}个月，损失{self.amount}元。"
        rest = f"{self.details[0]}，{self.details[1]}。"
        return (
            first
            + rest
            + ("请领导尽快解决。" if how == 0 else f"{self.details[2]}，再次请求处理。")
        )

    def answered(self) -> str:
        """An answer that is about it."""
        body = some(self.chance, _DONE).format(
            n=int(self.chance.integers(3, 60)),
            who=some(self.chance, _WHO),
            why=some(self.chance, _WHY),
        )
        return f"{some(self.chance, _OPENING)}关于{self.place}{self.subject}的问题，{body}{some(self.chance, _CLOSING)}"


def answers(chance: Chance) -> list[Answer]:
    """Answers of a year. In honest units, too, some answers are thin, and some are about one policy for many."""
    made, numbers = [], Numbers()
    for unit, size in units(chance, 60).sizes.items():
        thin, policy = rate_of(chance, 0.04), rate_of(chance, 0.04)
        for _ in range(size):
            story = _Story(chance)
            said = story.answered()
            if happens(chance, thin):
                said = some(chance, _OPENING) + some(chance, _EMPTY)
            elif happens(chance, policy):
                said = some(chance, _OPENING) + _POLICY.format(subject=story.subject)
            made.append(Answer(unit=unit, case=numbers.case(), petition=story.told(), answer=said))
    return made


def plant_copies(
    rows: Sequence[Answer], unit: str, strength: float, chance: Chance
) -> list[Answer]:
    """The unit gives this share of its petitioners one of two answers, with their place and subject put in."""
    return [
        replace(one, answer=some(chance, _OPENING) + one.petition[:4] + "的问题，" + some(chance, _STOCK))
        if one.unit == unit and happens(chance, strength)
        else one
        for one in rows
    ]  # fmt: skip


def plant_passing_by(
    rows: Sequence[Answer], unit: str, strength: float, chance: Chance
) -> list[Answer]:
    """The unit gives this share of its petitioners an answer about nothing, worded anew each time."""
    made = []
    for one in rows:
        if one.unit == unit and happens(chance, strength):
            about = _Story(chance).answered() if happens(chance, 0.5) else some(chance, _EMPTY)
            made.append(replace(one, answer=some(chance, _OPENING) + about))
        else:
            made.append(one)
    return made


def repeats(chance: Chance) -> list[Repeated]:
    """Contacts of petitioners who have an earlier matter: most repeat it, some bring another one.

    Honest clerks miss some repeats, and some petitioners word it wholly anew.
    """
    made, numbers = [], Numbers()
    for unit, size in units(chance, 80).sizes.items():
        missed = rate_of(chance, 0.07)
        for _ in range(size):
            story = _Story(chance)
            other = happens(chance, 0.25)
            text = _Story(chance).told() if other else story.told(1)
            as_first = other or happens(chance, missed)
            made.append(
                Repeated(
                    unit=unit, case=numbers.case(), as_first=as_first, text=text, earlier=(story.told(),)
                )
            )  # fmt: skip
    return made


def plant_relabelling(
    rows: Sequence[Repeated], unit: str, strength: float, chance: Chance
) -> list[Repeated]:
    """The unit registers this share of its repeats as first."""
    return [
        replace(one, as_first=True) if one.unit == unit and happens(chance, strength) else one
        for one in rows
    ]
