"""What cannot wait: said by words and by the season, about the matter and never about who writes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xinqiao.rules.glossary import words
from xinqiao.text.urgency import signs, urgencies

JULY, NOVEMBER, JANUARY = 7, 11, 1


def codes(text: str, month: int = NOVEMBER) -> list[str]:
    return [one.code for one in urgencies("", text, month)]


@pytest.mark.parametrize(
    ("text", "month", "found"),
    [
        ("楼道里电线裸露，孩子差点触电。", JULY, ["danger_to_life"]),
        ("老板拖欠工资，工人等钱回家过年。", JANUARY, ["wages_before_festival"]),
        ("公司拖欠工资三个月。", JANUARY, []),
        ("咨询教师年底工资待遇。", JANUARY, []),
        ("市场旁边的旱厕和危房很脏。", JULY, []),
        ("后面的山体滑坡，房子要倒塌。", JULY, ["danger_to_life"]),
        ("请关心贫困人口。", JULY, []),
        ("小区暖气不热，老人孩子挨冻。", JANUARY, ["heating_in_winter"]),
        ("小区暖气不热，希望明年改造管道。", JULY, []),
        ("全村停水已经五天了。", JULY, ["no_water_or_power"]),
        ("下週要開學了，孩子還沒有安排入學。", 8, ["school_begins"]),
        ("路口没有电子警察，车辆每小时几十公里。", JULY, []),
        ("物业今天起停电梯，二十楼的老人下不来。", JULY, []),
        ("打了几天，一直没有电话回复。", JULY, []),
        ("家里昨天起没有电，停电梯也停了。", JULY, ["no_water_or_power"]),
        ("开发商拖欠电费，年底才接正式用电。", JANUARY, []),
        ("买房的血汗钱，说好年底交房。", NOVEMBER, []),
        ("去年年底起公司就拖欠工资，至今没有给。", JULY, []),
        ("公司拖欠三十名员工几个月的工资，马上过年了。", JANUARY, ["wages_before_festival"]),
        ("开学了，上学路上没有公交车。", 9, []),
        ("人脸信息被人拿到，谁都能进入学校，没有安排保安。", 9, []),
        ("两个孩子九月上学，学校说没有学位。", 8, ["school_begins"]),
        ("建议在公园增加几张长椅。", JULY, []),
        ("", JULY, []),
    ],
)
def test_words_and_the_season_say_what_cannot_wait(text: str, month: int, found: list[str]) -> None:
    assert codes(text, month) == found


def test_a_reason_names_its_words() -> None:
    (one,) = urgencies("楼上瓷砖掉落", "随时可能砸到人，危及生命。", JULY)
    assert one.words and all(word in "楼上瓷砖掉落随时可能砸到人，危及生命。" for word in one.words)


def test_every_reason_has_its_name_in_both_languages() -> None:
    assert signs().keys() == words()["urgency"].keys()


def test_no_word_is_about_what_a_person_might_do() -> None:
    listed = {word for sign in signs().values() for word in (*sign.words, *sign.weak, *sign.beside)}
    assert not listed & {"自杀", "轻生", "上访", "进京", "聚集", "闹访", "极端", "报复", "跳楼"}


@given(st.text(max_size=300), st.text(max_size=300), st.integers(1, 12))
def test_any_text_is_read_and_only_what_stands_there_is_named(
    subject: str, body: str, month: int
) -> None:
    for one in urgencies(subject, body, month):
        assert one.code in signs()
        assert one.words
