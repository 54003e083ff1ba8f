"""The place's own texts by the pages: looked at before they stand there, then on the page for citizens."""

from django.test import Client
from django.urls import reverse

from tests.administration.cast import bai_xue
from tests.desk.at_work import Desk
from xinqiao.texts import queries
from xinqiao.texts.values import TextKey

FORM = {"zh": "周五下午不接访。\n\n请改日。", "en": "No reception on <b>Friday</b>.", "seen": "0"}


def address(key: str = "footer") -> str:
    return reverse("desk:admin-text", args=[key])


def test_a_text_is_looked_at_and_then_stands_on_the_pages(desk: Desk) -> None:
    client = desk.log_in("malin")
    looked = client.post(address(), FORM).content.decode()
    assert "周五下午不接访。" in looked and "&lt;b&gt;Friday" in looked
    assert queries.newest(TextKey.FOOTER).number == 0
    assert client.post(address(), FORM | {"sure": "yes"}).status_code == 302
    queries.forget()
    page = Client().get("/").content.decode()
    assert "周五下午不接访。" in page
    english = Client().get("/", headers={"accept-language": "en"}).content.decode()
    assert "No reception on &lt;b&gt;Friday" in english
    assert "马林" in client.get(reverse("desk:admin-texts")).content.decode()


def test_one_language_alone_is_refused_and_the_words_stay(desk: Desk) -> None:
    answer = desk.log_in("malin").post(address(), FORM | {"en": "", "sure": "yes"})
    assert answer.status_code == 409
    assert (
        "只填写了一种语言" in answer.content.decode()
        and "周五下午不接访" in answer.content.decode()
    )


def test_who_was_slower_is_told(desk: Desk) -> None:
    client = desk.log_in("malin")
    client.post(address(), FORM | {"sure": "yes"})
    late = client.post(address(), FORM | {"zh": "别的。", "sure": "yes"})
    assert late.status_code == 409 and "已被他人修改" in late.content.decode()


def test_a_county_reads_them_and_changes_none(desk: Desk) -> None:
    bai_xue(desk.city)
    client = desk.log_in("baixue")
    assert address() not in client.get(reverse("desk:admin-texts")).content.decode()
    assert client.post(address(), FORM | {"sure": "yes"}).status_code == 409
    assert client.get(address("nonsense")).status_code == 404
    assert queries.newest(TextKey.FOOTER).number == 0
