"""What a place says about log-in, in variables and in the file of its home; and what cannot be meant."""

from pathlib import Path

import pytest

from xinqiao.config.log_in import FILE, Unusable, offer_second_factor, read

SIGN_ON = """
second_factor = "offered"
[single_sign_on]
name = "市统一身份认证"
issuer = "https://login.example.cn/realms/city"
client_id = "xinqiao"
client_secret = "secret"
"""


def test_without_a_word_a_second_factor_is_required_and_single_sign_on_is_off(
    tmp_path: Path,
) -> None:
    said = read(tmp_path, {})
    assert (said.second_factor, said.single_sign_on) == ("required", None)


def test_the_file_says_it_and_a_variable_goes_before(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text(SIGN_ON, encoding="utf-8")
    said = read(tmp_path, {"XINQIAO_SECOND_FACTOR": "required", "XINQIAO_OIDC_CLAIM": "sub"})
    assert said.second_factor == "required"
    place = said.single_sign_on
    assert place is not None and place.origin == "https://login.example.cn"
    assert (place.claim, place.name) == ("sub", "市统一身份认证")


@pytest.mark.parametrize(
    ("text", "variables", "says"),
    [
        ("second_factor = ", {}, "cannot be read"),
        ('second_factor = "maybe"', {}, "write required or offered"),
        ("single_sign_on = 3", {}, "no section"),
        ("", {"XINQIAO_OIDC_ISSUER": "https://a.example"}, "client_id, client_secret"),
        (SIGN_ON.replace("https://", "http://"), {}, "https://"),
    ],
)
def test_what_cannot_be_meant_is_said_at_the_start(
    text: str, variables: dict[str, str], says: str, tmp_path: Path
) -> None:
    (tmp_path / FILE).write_text(text, encoding="utf-8")
    with pytest.raises(Unusable, match=says):
        read(tmp_path, variables)


def test_a_demonstration_only_offers_it_and_keeps_what_somebody_wrote(tmp_path: Path) -> None:
    offer_second_factor(tmp_path)
    assert read(tmp_path, {}).second_factor == "offered"
    (tmp_path / FILE).write_text('second_factor = "required"', encoding="utf-8")
    offer_second_factor(tmp_path)
    assert read(tmp_path, {}).second_factor == "required"
