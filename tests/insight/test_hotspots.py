"""Hot spots and warnings: many people in a short time, slow burners too; one voice never makes a crowd."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from tests.insight.letters import OTHERS, PLANT, message, town
from xinqiao.insight.hotspots import common_name, hotspots
from xinqiao.insight.linking import find
from xinqiao.text.linking.heat import Voice, heat
from xinqiao.text.linking.warning import ALERT, RULES, WATCH, Sign, Warner


def voice(day: float, writer: str, likes: int = 0, text: str = "") -> Voice:
    return Voice(day, writer, likes, text or f"{day} {writer}")


def test_the_plant_is_the_hot_spot_with_its_people_place_and_days() -> None:
    (spot,) = hotspots(find(town()))
    assert set(spot.ids) == {"100", "101", "102", "103"}
    assert (spot.heat.users, spot.heat.best, spot.heat.apart) == (4, 4, False)
    assert "金鳞湖化工厂" in spot.place
    assert spot.title in {title for title, _ in PLANT}
    assert (str(spot.first), str(spot.last)) == ("2024-03-01", "2024-03-13")


def test_people_count_within_the_best_thirty_days() -> None:
    assert heat([voice(0, "a"), voice(10, "b"), voice(200, "c")]).best == 2


def test_a_thousand_likes_are_less_than_three_people() -> None:
    liked = heat([voice(0, "a", likes=1000), voice(1, "b")])
    assert liked.heat < heat([voice(n, str(n)) for n in range(5)]).heat


def test_a_text_sent_again_as_it_was_adds_nothing() -> None:
    once = [voice(0, "a", text="x"), voice(1, "b", text="y")]
    again = [*once, voice(2, "c", text="x"), voice(3, "d", text="x")]
    assert heat(again).heat == heat(once).heat
    assert heat(again).copies == 2


def test_what_one_person_writes_again_and_again_stands_apart() -> None:
    alone = [replace(one, user="the same") for one in town()]
    (spot,) = hotspots(find(alone))
    assert (spot.heat.users, spot.heat.apart) == (1, True)
    assert find(alone).alerts == []


@given(st.lists(st.tuples(st.floats(0, 900), st.sampled_from("abcde")), min_size=1, max_size=20))
def test_another_person_never_cools_a_matter(voices: list[tuple[float, str]]) -> None:
    before = [voice(day, writer, text=str(n)) for n, (day, writer) in enumerate(voices)]
    assert heat([*before, voice(voices[0][0], "new", text="new")]).heat >= heat(before).heat


def test_an_alert_comes_with_the_third_person_and_once() -> None:
    found = find(town())
    alerts = [one for one in found.alerts if one.tier == ALERT]
    assert [[found.messages[p].id for p in one.positions] for one in alerts] == [
        ["100", "101", "102"]
    ]
    assert alerts[0].date == found.messages[alerts[0].positions[-1]].at


def warned(days: list[float], likely: float = 0.9) -> list[list[str]]:
    warner = Warner()
    return [warner.add(0, Sign(n, day, str(n), likely)) for n, day in enumerate(days)]


def test_two_people_in_two_weeks_are_watched_when_the_link_is_sure() -> None:
    assert warned([0, 10])[1] == [WATCH]
    assert warned([0, 10], likely=0.5)[1] == []


def test_a_slow_burner_is_told_of_with_the_fifth_person() -> None:
    assert [ALERT in tiers for tiers in warned([0, 90, 180, 270, 360])] == [False] * 4 + [True]
    assert not any(ALERT in tiers for tiers in warned([0, 120, 240, 360, 480]))


def test_a_tier_is_told_once_and_an_alert_ends_watching() -> None:
    told = [tier for tiers in warned([0, 1, 2, 3, 4]) for tier in tiers]
    assert told == [WATCH, ALERT]


def test_two_clusters_that_become_one_are_counted_together() -> None:
    warner = Warner()
    for n, cluster in enumerate((0, 1, 1)):
        warner.add(cluster, Sign(n, float(n), str(n), 0.5))
    assert warner.merged(1, 0, 3.0) == [ALERT]


def test_the_rules_ask_for_people_and_never_for_one() -> None:
    assert min(rule.users for rule in RULES) >= 2


def test_nothing_in_common_has_no_name() -> None:
    assert common_name([title for title, _ in OTHERS]) == ""
    assert common_name([]) == ""


def test_messages_that_are_alone_are_no_hot_spot() -> None:
    assert hotspots(find([message(n, one) for n, one in enumerate(OTHERS)])) == []
