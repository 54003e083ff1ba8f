"""Whoever writes an indicator in a wrong way is told the line, and what may be written."""

import pytest

from xinqiao.rules import conditions
from xinqiao.rules.indicators import Unfit, read

FILE = """# a file of one

[[indicator]]
id = "answered"
zh = "答复"
en = "Answered"
help_zh = "答复的件数。"
help_en = "Matters that were answered."
article = "34"
over = "answer"
counts = "done"
better = "more"
"""


def test_a_file_is_read() -> None:
    assert list(read(FILE)) == ["answered"]


@pytest.mark.parametrize(
    ("right", "wrong", "told"),
    [
        (
            'counts = "done"',
            'counts = "done <= du"',
            r"line 11, answered, counts: 'du' is not known; allowed are",
        ),
        ('counts = "done"', 'counts = "done <= 3"', "line 11.*cannot be compared"),
        ('counts = "done"', 'counts = "done <="', "line 11.*cannot be read"),
        ('counts = "done"', 'counts = "open(channel)"', "line 11.*no condition"),
        ('counts = "done"', 'counts = "persons"', "line 11.*given or missing"),
        ('counts = "done"', 'counts = "done is due"', "line 11.*way that is not known"),
        ('counts = "done"', 'counts = "as_of < ends"', "line 11.*neither is a column"),
        ('counts = "done"', 'counts = "channel in (1, 2)"', "line 11.*no list of values"),
        ('counts = "done"', 'counts = "persons + 1 > 3"', "line 11.*not known"),
        ("counts =", "count =", "line 11.*not known; allowed are"),
        ('over = "answer"', 'over = "luck"', "line 10.*one of contact"),
        ('better = "more"', 'better = "best"', "line 12.*fewer or more"),
        ('zh = "答复"', 'zh = ""', "line 5.*a text is needed"),
        ('better = "more"', 'better = "more"\ncompanions = ["luck"]', "line 13.*no indicator luck"),
        ('better = "more"', 'better = "more"\nplaced = "never"', "line 13.*day or stock"),
        (
            'better = "more"',
            'better = "more"\nof = "all"\noverdue = ["answer"]',
            "line 14.*already",
        ),
        ('better = "more"', 'better = "more"\npercentile = 0', "line 13.*from 1 to 100"),
        ('better = "more"', 'better = "more"\npercentile = 50\nsince = "now"', "line 14.*one of"),
    ],
)
def test_what_is_wrong_is_named_with_its_line(right: str, wrong: str, told: str) -> None:
    with pytest.raises(Unfit, match=told):
        read(FILE.replace(right, wrong))


def test_an_indicator_stands_once() -> None:
    with pytest.raises(Unfit, match="twice: answered"):
        read(FILE + FILE)


def test_a_day_may_be_moved_on_either_side() -> None:
    one = conditions.parse("day + 180 < as_of")
    assert one == conditions.parse("as_of - 180 > day")
    assert conditions.parse("begins <= day < ends") == conditions.parse(
        "day >= begins and day < ends"
    )
