"""Messages made up for these tests: a few sentences a label, put together in every way."""

from itertools import product

from xinqiao.text.classifying.values import Text

_PLACES = ("东湖花园", "南门街", "柳树村", "开发区", "青年路", "北苑小区")
_SAID = {
    "劳动": (
        "公司拖欠工人工资三个月不发",
        "单位不给缴纳社保和养老保险",
        "工地老板克扣农民工的血汗钱",
        "厂里加班没有加班费也不签劳动合同",
    ),
    "教育": (
        "小学开学乱收补课费和资料费",
        "孩子入学划片的学区不合理",
        "幼儿园老师太少家长担心",
        "高中班主任强迫学生周末补课",
    ),
    "环保": (
        "化工厂半夜偷排废气臭味刺鼻",
        "养猪场污水直接流进河里",
        "搅拌站粉尘和噪音让人没法开窗",
        "砖厂冒黑烟空气污染严重",
    ),
}


def labelled() -> list[Text]:
    """72 messages of three labels."""
    return [
        Text(
            subject=f"{place}{said}",
            body=f"尊敬的领导，我们住在{place}，{said}，已经{n}个月了，请尽快处理。",
            label=label,
        )
        for label, sentences in _SAID.items()
        for n, (place, said) in enumerate(product(_PLACES, sentences))
    ]
