"""Categories at the levels of a taxonomy: a class where it is clear, its title where only that is sure."""

from hypothesis import given
from hypothesis import strategies as st

from xinqiao.text.classifying.levels import nearest_offered, ranked

OFFERED = {
    "housing",
    "housing.property",
    "housing.property.fees",
    "housing.property.lifts",
    "labour",
    "labour.wages",
}


def codes(likely: dict[str, float]) -> list[str]:
    return [one.label for one in ranked(likely, OFFERED)]


def test_a_clear_class_stands_first() -> None:
    assert codes({"housing.property.fees": 0.7, "labour.wages": 0.3}) == [
        "housing.property.fees",
        "labour.wages",
    ]


def test_a_sure_title_stands_before_classes_in_doubt() -> None:
    found = ranked(
        {"housing.property.fees": 0.46, "housing.property.lifts": 0.44, "labour": 0.1}, OFFERED
    )
    assert (found[0].label, found[0].confidence) == ("housing.property", 0.9)
    assert [one.label for one in found[1:]] == ["housing.property.fees", "housing.property.lifts"]


def test_where_no_title_is_sure_the_likeliest_class_stands_first() -> None:
    assert (
        codes({"housing.property.fees": 0.4, "labour.wages": 0.35, "labour": 0.25})[0]
        == "housing.property.fees"
    )


def test_what_is_offered_no_longer_counts_for_what_is_above_it() -> None:
    found = ranked({"housing.property.old": 0.6, "gone": 0.4}, OFFERED)
    assert [(one.label, one.confidence) for one in found] == [("housing.property", 0.6)]
    assert nearest_offered("gone.away", OFFERED) == ""


@given(
    st.dictionaries(
        st.sampled_from([*sorted(OFFERED), "housing.x", "gone"]), st.floats(0, 1), max_size=8
    )
)
def test_only_what_is_offered_is_said_with_a_likelihood(likely: dict[str, float]) -> None:
    whole = sum(likely.values()) or 1
    found = ranked({code: share / whole for code, share in likely.items()}, OFFERED)
    assert len(found) <= 3 and len({one.label for one in found}) == len(found)
    for one in found:
        assert one.label in OFFERED
        assert 0 <= one.confidence <= 1
