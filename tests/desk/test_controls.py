"""The form fields of the desk: what they take, and what they say to what they do not."""

import re
import string
from typing import Any

import pytest
from django.forms import ValidationError
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from xinqiao.desk.controls import DeskForm, Pick, PickSeveral, Words, YesNo, labelled
from xinqiao.text.clean import MAX_TEXT

PLACES = {"340811": "宜秀区", "340811101": "宜秀区 某某镇", "340825": "太湖县"}


class Form(DeskForm):
    place = Pick(PLACES)
    units = PickSeveral(PLACES, required=False)
    sure = YesNo(yes="是", no="否", required=False)
    text = Words(long=True, required=False)


def typed(query: str) -> Form:
    return Form(QueryDict(query))


@pytest.mark.parametrize("said", ["宜秀区 某某镇", "  宜秀区   某某镇 ", "340811101"])
def test_a_place_is_named_by_its_words_or_its_code(said: str) -> None:
    form = Form({"place": said})
    assert form.is_valid(), form.errors
    assert form.cleaned_data["place"] == "340811101"


def test_what_is_not_in_the_list_is_named_back_briefly() -> None:
    with pytest.raises(ValidationError) as told:
        Pick(PLACES).clean("某" * 1000)
    assert len("".join(told.value.messages)) < 200


def test_several_are_taken_once_each_and_blanks_left_out() -> None:
    form = typed("place=340811&units=340811&units=&units=宜秀区&units=太湖县")
    assert form.is_valid(), form.errors
    assert form.cleaned_data["units"] == ["340811", "340825"]


def test_several_are_drawn_again_with_their_words_and_an_empty_box() -> None:
    drawn = str(typed("place=340811&units=340811&units=340825&units=nonsense")["units"])
    assert drawn.count('name="units"') == 4
    assert 'value="宜秀区"' in drawn and 'value="太湖县"' in drawn and 'value="nonsense"' in drawn


def test_several_are_carried_through_a_second_look() -> None:
    """Hidden, they stand one by one, and what comes back is what was picked."""
    hidden = typed("place=340811&units=340811&units=&units=太湖县")["units"].as_hidden()
    values = re.findall(r'<input type="hidden" name="units" value="([^"]*)"', hidden)
    back = typed("place=340811" + "".join(f"&units={one}" for one in values))
    assert back.is_valid(), back.errors
    assert back.cleaned_data["units"] == ["340811", "340825"]


@pytest.mark.parametrize(("said", "meant"), [("yes", True), ("no", False), ("", None)])
def test_yes_no_and_nothing_said(said: str, meant: bool | None) -> None:
    form = Form({"place": "340811", "sure": said})
    assert form.is_valid() and form.cleaned_data["sure"] is meant


def test_no_is_a_choice_that_is_drawn_again() -> None:
    drawn = str(Form(initial={"sure": False})["sure"])
    assert 'value="no"' in drawn.partition("checked")[0]


@pytest.mark.parametrize(("length", "fits"), [(MAX_TEXT, True), (MAX_TEXT + 1, False)])
def test_a_text_fits_or_is_told_its_length(length: int, fits: bool) -> None:
    form = Form({"place": "340811", "text": "字" * length})
    assert form.is_valid() is fits
    if not fits:
        assert str(length) in str(form.errors["text"])


names = st.dictionaries(
    st.text(string.ascii_lowercase, min_size=1), st.sampled_from("甲乙丙"), min_size=1
)


@given(names)
def test_every_label_leads_back_to_its_own_code(choices: dict[str, str]) -> None:
    labels = labelled(choices.items())
    field: Any = Pick(labels)
    assert len(set(labels.values())) == len(choices)
    assert {field.clean(label) for label in labels.values()} == set(choices)
