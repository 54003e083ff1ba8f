"""The cast: Wang Xiulan and Li Jianguo wrote letters, and Clerk Zhao exports them as tables."""

import csv
import io
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

FILES = Path(__file__).parent / "files"
NOW = datetime(2026, 5, 6, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
HEADERS = ("编号", "姓名", "来信时间", "标题", "内容")
WANG = (
    "2549",
    "王秀兰",
    "2024/4/25 9:32:09",
    "路灯不亮",
    "桂花巷的路灯坏了一个月。\n晚上看不见路。",
)
LI = ("2550", "李建国", "2024-04-26", "停水", "三天没有水了，谁来管？")


def csv_text(rows: Sequence[Sequence[str]], separator: str = ",") -> str:
    text = io.StringIO()
    csv.writer(text, delimiter=separator).writerows(rows)
    return text.getvalue()
