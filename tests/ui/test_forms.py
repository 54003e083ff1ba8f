"""Forms: every control has its label, its help and its error tied to it."""

import re
from typing import Any

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation
from django.utils.datastructures import MultiValueDict

from xinqiao.ui.forms import FilesField, Renderer


class Petition(forms.Form):
    default_renderer = Renderer

    name = forms.CharField(label="Name", help_text="As on the <b>card</b>.")
    phone = forms.CharField(label="Phone", required=False)
    kind = forms.ChoiceField(
        label="Kind", widget=forms.RadioSelect, choices=[("a", "Claim"), ("b", "Report")]
    )
    place = forms.ChoiceField(label="Place", choices=[("x", "City")])
    attachments = FilesField(label="Files", required=False, max_files=2, max_bytes=2 * 1024 * 1024)
    agree = forms.BooleanField(label="True to my knowledge")


@pytest.fixture(autouse=True)
def _english() -> Any:
    with translation.override("en"):
        yield


def sent(*files: SimpleUploadedFile, **data: str) -> Petition:
    return Petition(data, MultiValueDict({"attachments": list(files)}))


def test_label_help_and_error_belong_to_the_control() -> None:
    html = str(sent(kind="a"))
    name = re.search(r'<input[^>]*name="name"[^>]*>', html)
    assert name is not None
    assert 'aria-invalid="true"' in name[0]
    assert 'aria-describedby="id_name_helptext id_name_error"' in name[0]
    assert 'id="id_name_helptext"' in html and 'id="id_name_error"' in html
    assert '<label class="xq-label" for="id_name">Name' in html


def test_a_group_of_choices_is_a_fieldset_with_a_legend() -> None:
    html = str(Petition())
    assert re.search(r"<fieldset>\s*<legend class=\"xq-label\">Kind</legend>", html)
    assert html.count('<label class="form-check" for="id_kind_') == 2


def test_the_optional_is_named_so_and_nothing_else() -> None:
    html = str(Petition())
    assert html.count("(optional)") == 2  # phone and files


def test_the_summary_counts_and_leads_to_each_field() -> None:
    html = str(sent(phone="1"))
    assert "4 things need to be put right" in html
    for anchor in ("id_name", "id_kind_0", "id_place", "id_agree"):
        assert f'<a href="#{anchor}">' in html and f'id="{anchor}"' in html


def test_a_form_without_errors_says_nothing_of_errors() -> None:
    html = str(Petition())
    assert "alert" not in html and "aria-invalid" not in html


def test_the_required_sentence_is_the_kinder_one() -> None:
    with translation.override("zh-hans"):
        assert "请填写这一项。" in str(sent())


def complete(*files: SimpleUploadedFile) -> Petition:
    return sent(*files, name="Wang", kind="a", place="x", agree="on")


def test_files_come_as_a_list() -> None:
    one, two = SimpleUploadedFile("a.jpg", b"1"), SimpleUploadedFile("b.pdf", b"2")
    form = complete(one, two)
    assert form.is_valid()
    assert [file.name for file in form.cleaned_data["attachments"]] == ["a.jpg", "b.pdf"]
    assert complete().is_valid() and complete().fields["attachments"].clean([], None) == []


def test_too_many_or_too_large_files_are_named() -> None:
    small = [SimpleUploadedFile(f"{n}.jpg", b"1") for n in range(3)]
    assert complete(*small).errors["attachments"] == ["Choose at most 2 files."]
    large = SimpleUploadedFile("film.mp4", b"0" * (2 * 1024 * 1024 + 1))
    assert "“film.mp4” is larger than 2 MB" in complete(large).errors["attachments"][0]
    assert complete(SimpleUploadedFile("edge.mp4", b"0" * (2 * 1024 * 1024))).is_valid()


def test_an_empty_file_is_refused_with_words() -> None:
    assert "empty" in complete(SimpleUploadedFile("a.jpg", b"")).errors["attachments"][0]
