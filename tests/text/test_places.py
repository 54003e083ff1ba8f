"""Places that a text names: the right one of several with the same name, the narrowest, and those at hand first."""

from hypothesis import given
from hypothesis import strategies as st

from xinqiao.text.places import Gazetteer

NAMES = {
    "340000": "安徽省", "340800": "安庆市", "340811": "宜秀区", "340811001": "大桥街道", "340825": "太湖县",
    "340825101": "新城镇", "340811101": "新城镇", "320200": "无锡市", "320211": "太湖区", "320211001": "大桥街道",
}  # fmt: skip
ABOVE = {
    "340000": None, "340800": "340000", "340811": "340800", "340811001": "340811", "340825": "340800",
    "340825101": "340825", "340811101": "340811", "320200": None, "320211": "320200", "320211001": "320211",
}  # fmt: skip
GAZETTEER = Gazetteer(NAMES, ABOVE)


def at_home(code: str) -> bool:
    return code.startswith("3408")


def found(text: str) -> list[str]:
    return [one.code for one in GAZETTEER.mentioned(text, at_home)]


def test_the_narrowest_place_stands_for_those_around_it() -> None:
    assert found("安徽省安庆市宜秀区的路灯不亮") == ["340811"]


def test_what_is_at_hand_is_meant_where_two_bear_a_name() -> None:
    assert found("大桥街道的路灯不亮") == ["340811001"]


def test_surroundings_say_which_of_two_is_meant() -> None:
    assert found("太湖县新城镇的路灯不亮") == ["340825101"]
    assert found("无锡市太湖区大桥街道的路灯不亮") == ["320211001"]


def test_a_name_of_several_places_at_hand_stands_for_none() -> None:
    assert found("新城镇的路灯不亮") == []


def test_a_county_is_known_by_its_bare_name_and_a_street_is_not() -> None:
    assert found("家住安庆宜秀，路灯不亮") == ["340811"]
    assert found("大桥下面的路灯不亮") == []


def test_places_at_hand_come_first() -> None:
    assert found("从无锡市回到安庆市办事") == ["340800", "320200"]


def test_each_names_the_words_that_name_it() -> None:
    (one,) = GAZETTEER.mentioned("宜秀区的路，宜秀的灯", at_home)
    assert one.words == ("宜秀区", "宜秀")


@given(
    st.lists(
        st.sampled_from(["安庆", "宜秀区", "大桥街道", "太湖", "新城镇", "路灯", "。", "无锡市"])
    )
)
def test_nothing_is_found_that_does_not_stand_there(pieces: list[str]) -> None:
    text = "".join(pieces)
    mentions = GAZETTEER.mentioned(text, at_home)
    assert len(mentions) <= 3
    for one in mentions:
        assert one.words and all(word in text for word in one.words)
        assert not any(
            other.code != one.code and ABOVE[other.code] == one.code for other in mentions
        )
