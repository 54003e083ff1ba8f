"""Every page of the portal that needs nothing: it answers in both languages, and only to what it should."""

import pytest

from tests.portal.citizen import Citizen, text_of

PAGES = ["/", "/submit/kind/", "/lookup/", "/rate/", "/appeals/"]


@pytest.mark.parametrize("address", PAGES)
def test_it_speaks_chinese_first_and_english_on_request(gao_lan: Citizen, address: str) -> None:
    chinese = text_of(gao_lan.client.get(address))
    english = text_of(gao_lan.client.get(address, headers={"accept-language": "en"}))
    assert 'lang="zh-hans"' in chinese
    assert 'lang="en"' in english
    assert ">提交<" in chinese
    assert ">Submit<" in english


def test_the_start_page_names_the_six_legal_paths(gao_lan: Citizen) -> None:
    page = gao_lan.client.get("/")
    assert len(page.context["outside"]) == 4
    assert len(page.context["inside"]) == 2
    assert "第三十一条" in text_of(page)


def test_the_start_page_asks_the_database_for_nothing_but_the_words_of_the_place(
    gao_lan: Citizen, django_assert_num_queries: object
) -> None:
    gao_lan.client.get("/")  # the words are good for some seconds
    with django_assert_num_queries(0):  # type: ignore[operator]
        gao_lan.client.get("/")
