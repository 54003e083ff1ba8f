"""Categories: added, renamed, retired and brought back; what was used is never deleted."""

import pytest
from django.urls import reverse

from tests.administration.cast import NOW, bai_xue, changes, ma_lin
from tests.desk.at_work import Desk
from tests.support.city_database import City
from xinqiao.administration.actions import categories
from xinqiao.directory import listing
from xinqiao.directory import queries as directory
from xinqiao.rules.persons import Person
from xinqiao.rules.refusals import Refused


def adds(by: Person, own: str = "lifts", parent: str | None = "housing.property") -> str:
    return categories.add(own, "电梯", "Lifts", parent, by=by, now=NOW)


def offered() -> list[str]:
    return [code for code, _ in directory.category_choices("zh-hans")]


def test_a_new_category_is_offered_in_both_languages(city: City) -> None:
    assert adds(ma_lin(city)) == "housing.property.lifts"
    assert (
        directory.category_name("housing.property.lifts", "zh-hans") == "城乡建设 / 物业管理 / 电梯"
    )
    assert directory.category_name("housing.property.lifts", "en").endswith("Lifts")
    assert "housing.property.lifts" in offered()


@pytest.mark.parametrize(
    ("own", "parent", "code"),
    [
        ("Lifts", None, "category_code_wrong"),
        ("a.b", None, "category_code_wrong"),
        ("property", "housing", "category_code_taken"),
        ("lifts", "nowhere", "category_parent_gone"),
    ],
)
def test_a_category_that_cannot_be(city: City, own: str, parent: str | None, code: str) -> None:
    with pytest.raises(Refused) as refused:
        adds(ma_lin(city), own, parent)
    assert refused.value.refusal.code == code
    assert changes() == []


def test_three_levels_and_no_fourth(city: City) -> None:
    third = adds(ma_lin(city))
    with pytest.raises(Refused) as refused:
        adds(ma_lin(city), "old", third)
    assert refused.value.refusal.code == "category_too_deep"


def test_a_retired_one_is_offered_no_more_and_keeps_its_name_where_it_was_used(desk: Desk) -> None:
    receipt = desk.registers(fields={"category": "housing.property"})
    assert categories.retire("housing", by=ma_lin(desk.city), now=NOW) == 2
    assert offered() == ["labour", "labour.wages"]
    assert not directory.category_exists("housing.property")
    page = desk.log_in("wangmin").get(reverse("desk:matter", args=[receipt.matter_number]))
    assert "物业管理" in page.content.decode()


def test_it_comes_back_after_the_one_above(city: City) -> None:
    categories.retire("housing", by=ma_lin(city), now=NOW)
    with pytest.raises(Refused) as refused:
        categories.bring_back("housing.property", by=ma_lin(city), now=NOW)
    assert refused.value.refusal.code == "category_parent_gone"
    categories.bring_back("housing", by=ma_lin(city), now=NOW)
    categories.bring_back("housing.property", by=ma_lin(city), now=NOW)
    assert "housing.property" in offered()
    assert [one["what"] for one in changes()] == ["bring_back_category"] * 2 + ["retire_category"]


def test_names_change_and_both_stand_in_the_audit(city: City) -> None:
    categories.rename("labour", "劳动保障", "Labour", by=ma_lin(city), now=NOW)
    assert directory.category_name("labour", "zh-hans") == "劳动保障"
    assert changes()[0]["before"] == "劳动社保 / Labour and social security"
    with pytest.raises(Refused):
        categories.rename("labour", "劳动保障", "Labour", by=ma_lin(city), now=NOW)


def test_only_the_top_office_keeps_them(city: City) -> None:
    bai = bai_xue(city)
    for call in (lambda: adds(bai), lambda: categories.retire("housing", by=bai, now=NOW)):
        with pytest.raises(Refused) as refused:
            call()
        assert refused.value.refusal.code == "settings_of_the_top"
    assert all(line.retired_on is None for line in listing.categories())


def test_by_the_pages(desk: Desk) -> None:
    client = desk.log_in("malin")
    form = {"name": "电梯", "name_en": "Lifts", "own": "lifts", "parent": "housing"}
    assert client.post(reverse("desk:admin-category-add"), form).status_code == 302
    assert (
        client.post(reverse("desk:admin-category-retire", args=["housing.lifts"])).status_code
        == 302
    )
    assert "停用于" in client.get(reverse("desk:admin-categories")).content.decode()
    assert client.get(reverse("desk:admin-category-rename", args=["nowhere"])).status_code == 404
    again = client.post(reverse("desk:admin-category-add"), form)
    assert again.status_code == 409 and "停用的分类也保留自己的代码" in again.content.decode()
