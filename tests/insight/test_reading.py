"""What comes in is read once and held against what came before; who may see it is told what may be about the same."""

import pytest

pytest.importorskip("numpy", reason="the extra `analytics` is not installed")

from datetime import timedelta
from pathlib import Path
from shutil import rmtree
from typing import Any

import numpy as np
from click.testing import CliRunner
from django.utils import timezone

from tests.desk.at_work import Desk
from tests.support.city_database import City
from xinqiao.cli.insight_read import command
from xinqiao.insight.models import Alike, Judged, Order, Reading
from xinqiao.insight.reading import queries, store
from xinqiao.insight.reading.jobs import (
    forget_erased,
    join_clusters,
    read_everything,
    read_ledgers,
)
from xinqiao.insight.reading.shared import shared
from xinqiao.insight.same.actions import tell_alike, tell_apart
from xinqiao.insight.same.jobs import follow_all
from xinqiao.intake import joining
from xinqiao.intake.values import Receipt
from xinqiao.people.values import PersonInput
from xinqiao.text.folding import fold
from xinqiao.text.linking import index, keeping
from xinqiao.text.linking.pieces import pieces

PLANT = (
    ("宜秀区丽景花园旁混凝土搅拌站夜间噪音扰民", "丽景花园小区旁边的混凝土搅拌站每天夜里作业，噪音很大，粉尘也重。"),
    ("丽景花园小区混凝土搅拌站噪音粉尘严重", "我是丽景花园业主，小区旁混凝土搅拌站夜里施工噪音扰民，粉尘污染。"),
    ("请查处丽景花园搅拌站夜间施工噪音", "丽景花园旁边的混凝土搅拌站凌晨还在作业，噪音扰民，孩子无法睡觉。"),
)  # fmt: skip
BUS = ("19路公交车发车间隔太长", "19路公交车早高峰要等四十分钟，请增加班次。")
WAGES = ("工地拖欠农民工工资", "滨江工地包工头拖欠三十名工人两个月工资，请帮助追讨。")


@pytest.fixture
def desk(city: City) -> Desk:
    return Desk(city)


def writes(desk: Desk, words: tuple[str, str], days: float, name: str, **more: object) -> Receipt:
    petitioner = PersonInput(name=name, phone=f"138555{ord(name[0]) % 90000 + 10000}")
    return desk.registers(days, subject=words[0], body=words[1], petitioners=[petitioner], **more)


def town(desk: Desk) -> list[Receipt]:
    """Two of one plant by two people, and two others."""
    made = [
        writes(desk, PLANT[0], 9, "张一"),
        writes(desk, BUS, 8, "李二"),
        writes(desk, WAGES, 7, "王三"),
    ]
    made.append(writes(desk, PLANT[1], 6, "赵四"))
    read_everything(timezone.now())
    return made


def told(
    desk: Desk, words: tuple[str, str], by: str = "wangmin", region: str = "340811"
) -> list[str]:
    found = queries.same(desk.city.person(by), *words, region, timezone.now())
    return [one.line.number for one in found]


def test_what_came_in_is_numbered_in_order_and_read_once(desk: Desk) -> None:
    made = town(desk)
    assert list(Reading.objects.order_by("number").values_list("number", "matter", "place")) == [
        (n, one.matter, "340811") for n, one in enumerate(made)
    ]
    assert read_everything(timezone.now()) == 0 and Reading.objects.count() == 4


def test_what_is_about_one_thing_lies_together(desk: Desk) -> None:
    made = town(desk)
    of = dict(Reading.objects.values_list("matter", "cluster"))
    assert of[made[0].matter] == of[made[3].matter] == 0
    assert len({of[one.matter] for one in made}) == 3
    assert Alike.objects.get(linked=True).earlier == 0


def test_a_text_is_held_against_all_that_came(desk: Desk) -> None:
    made = town(desk)
    assert set(told(desk, PLANT[2])) == {made[0].matter_number, made[3].matter_number}
    first = queries.same(desk.city.person("wangmin"), *PLANT[2], "340811", timezone.now())[0]
    assert first.is_likely and any("搅拌站" in words for words in first.shared)
    assert told(desk, ("图书馆周末开放时间", "希望图书馆周末延长开放时间。")) == []
    assert told(desk, ("好", "")) == [], "a word says too little"


def test_the_matters_of_another_county_are_not_the_same(desk: Desk) -> None:
    town(desk)
    assert told(desk, PLANT[2], region="340803") == []


def test_on_the_page_of_a_matter_stand_the_related_ones(desk: Desk) -> None:
    made = town(desk)
    for one, other in ((made[0], made[3]), (made[3], made[0])):
        found = queries.related(desk.city.person("wangmin"), one.matter, timezone.now())
        assert [line.number for line in found] == [other.matter_number]
    assert queries.related(desk.city.person("wangmin"), made[1].matter, timezone.now()) == []


def test_nobody_is_told_of_what_does_not_exist_for_them(desk: Desk) -> None:
    made = town(desk)
    assert told(desk, PLANT[2], by="lina") == [], "not with her department"
    assert queries.related(desk.city.person("lina"), made[0].matter, timezone.now()) == []
    desk.takes(made[3].matter, "transfer", by="wangmin", to_unit="city-housing")
    assert told(desk, PLANT[2], by="lina") == [made[3].matter_number]


def test_a_report_is_never_read(desk: Desk) -> None:
    town(desk)
    reported = writes(
        desk, PLANT[2], 3, "钱五", kind="report", fields={"reported_units": ["city-housing"]}
    )
    read_everything(timezone.now())
    assert not Reading.objects.filter(matter=reported.matter).exists()
    assert reported.matter_number not in told(desk, PLANT[2])


def test_what_turns_out_to_be_a_report_leaves_its_cluster(desk: Desk) -> None:
    made = town(desk)
    desk.takes(made[3].matter, "reclassify", by="wangmin", kind="report", reason="反映的是工作人员")
    read_everything(timezone.now())
    assert Reading.objects.get(matter=made[3].matter).cluster is None
    assert made[3].matter_number not in told(desk, PLANT[2])
    assert queries.related(desk.city.person("wangmin"), made[0].matter, timezone.now()) == []


def test_a_later_contact_of_a_matter_stays_with_it(desk: Desk) -> None:
    made = town(desk)
    desk.receives(1, subject=BUS[0], body=BUS[1], matter=made[0].matter)
    read_everything(timezone.now())
    last = Reading.objects.latest("number")
    assert (last.matter, last.cluster) == (made[0].matter, 0), "a person put it there"


def test_clusters_that_are_linked_become_one_at_night(desk: Desk) -> None:
    made = town(desk)
    Reading.objects.filter(matter=made[3].matter).update(
        cluster=3
    )  # as if the link had been too weak
    assert join_clusters(timezone.now()) == 1
    assert Reading.objects.get(matter=made[3].matter).cluster == 0
    assert join_clusters(timezone.now()) == 0


def test_what_a_person_told_apart_lies_in_two_clusters(desk: Desk) -> None:
    made = town(desk)
    clerk = desk.city.person("wangmin")
    tell_apart(made[0].matter, made[3].matter_number, by=clerk, now=timezone.now())
    read_everything(timezone.now())
    assert dict(Reading.objects.values_list("number", "cluster")) == {0: 0, 1: 1, 2: 2, 3: 3}
    assert join_clusters(timezone.now()) == 0, "not at night, either"
    tell_alike(made[3].matter, made[0].matter_number, by=clerk, now=timezone.now())
    Order.objects.update(joined=0)
    assert join_clusters(timezone.now()) == 1, "taken back"


def test_what_a_person_joined_lies_in_one_cluster(desk: Desk) -> None:
    """The wages read like nothing else; a clerk finds that it is the plant's site. The bus was told apart from that."""
    made, now, clerk = town(desk), timezone.now(), desk.city.person("wangmin")
    tell_apart(made[3].matter, made[1].matter_number, by=clerk, now=now)
    joining.join(made[2].matter, made[0].matter_number, "说的是同一工地。", by=clerk, now=now)
    joining.join(made[1].matter, made[0].matter_number, "也一并办理。", by=clerk, now=now)
    follow_all(now)
    assert dict(Reading.objects.values_list("number", "cluster")) == {0: 0, 1: 1, 2: 0, 3: 0}
    read_everything(now)
    assert follow_all(now) == 0
    assert dict(Reading.objects.values_list("number", "cluster")) == {0: 0, 1: 1, 2: 0, 3: 0}


def test_a_word_that_is_noted_after_both_were_read_parts_them_as_well(desk: Desk) -> None:
    made = town(desk)
    now = timezone.now()
    tell_apart(made[0].matter, made[3].matter_number, by=desk.city.person("wangmin"), now=now)
    Judged.objects.all().delete()  # as if whoever follows words came late
    read_everything(now)
    assert len(set(Reading.objects.values_list("cluster", flat=True))) == 3
    follow_all(now)
    assert len(set(Reading.objects.values_list("cluster", flat=True))) == 4


def test_where_nothing_is_new_nobody_looks_through_what_was_ever_said(
    desk: Desk, django_assert_max_num_queries: Any
) -> None:
    made, now = town(desk), timezone.now()
    tell_apart(made[0].matter, made[3].matter_number, by=desk.city.person("wangmin"), now=now)
    read_everything(now)
    with django_assert_max_num_queries(20) as asked:
        read_ledgers(now)
    assert not [one for one in asked if Judged._meta.db_table in one["sql"]]


def test_who_begins_anew_finds_the_same(desk: Desk) -> None:
    town(desk)
    before = told(desk, PLANT[2])
    store.begin_anew()
    assert told(desk, PLANT[2]) == before != []


def test_an_index_of_another_numbering_is_of_no_use(desk: Desk) -> None:
    town(desk)
    before = told(desk, PLANT[2])
    Order.objects.update(mark="another")
    assert told(desk, PLANT[2]) == before


def test_a_damaged_index_is_made_anew(desk: Desk, caplog: pytest.LogCaptureFixture) -> None:
    town(desk)
    before = told(desk, PLANT[2])
    place = store.folder() / store.mark()
    place.mkdir(parents=True)
    (place / "index.json").write_text("{", encoding="utf-8")
    store.begin_anew()
    assert told(desk, PLANT[2]) == before
    assert "made anew" in caplog.text


@pytest.mark.parametrize("what", ["gone", "half"])
def test_files_that_are_lost_while_the_worker_runs_are_made_anew_with_its_next_run(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    smaller(monkeypatch)
    town(desk)
    before, place = told(desk, PLANT[2]), store.folder() / store.mark()
    line = place / "index.json"
    if what == "gone":
        rmtree(place)
    else:
        line.write_text(line.read_text(encoding="utf-8")[:40], encoding="utf-8")
    assert told(desk, PLANT[2]) == before, "meanwhile"
    with pytest.raises(keeping.Damaged):
        keeping.load(place)  # one writes the index, all read it
    assert forget_erased(timezone.now()) == 0, (
        "the worker looks every day, and whenever something came in"
    )
    assert keeping.load(place, whole=True).index.messages == 4
    assert told(desk, PLANT[2]) == before


def test_an_erased_text_is_told_of_no_more(desk: Desk) -> None:
    from xinqiao.matters.models import Text  # noqa: PLC0415  what retention does

    made = town(desk)
    Text.objects.filter(matter_id=made[3].matter).update(body="", erased_at=timezone.now())
    assert told(desk, PLANT[2]) == [made[0].matter_number]


def test_of_an_erased_text_no_piece_stays_in_the_files(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    from xinqiao.matters.models import Text  # noqa: PLC0415  what retention does

    smaller(monkeypatch)
    made, now = town(desk), timezone.now()
    place = store.folder() / store.mark()
    rare = pieces(fold("也重"))
    assert np.isin(rare, held(place)).all()
    assert forget_erased(now + timedelta(days=40)) == 0, "nothing was erased"
    Text.objects.filter(matter_id=made[0].matter).update(body="", erased_at=timezone.now())
    assert forget_erased(now + timedelta(days=20)) == 0, "once a month"
    assert forget_erased(now + timedelta(days=40)) == 4
    assert not np.isin(rare, held(place)).any()
    assert told(desk, PLANT[2]) == [made[3].matter_number]
    assert forget_erased(now + timedelta(days=80)) == 0


def smaller(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files are kept of four messages already."""
    for module, name, number in (
        (index, "TABLE", 2), (index, "FAN", 2), (keeping, "WHOLE", 4), (store, "WHOLE", 4), (store, "_AT_ONCE", 4)
    ):  # fmt: skip
        monkeypatch.setattr(module, name, number)


def held(place: Path) -> Any:
    """All pieces in the files of an index."""
    arrays = keeping.load(place, whole=True).index.arrays
    return np.concatenate([one.postings >> np.uint64(32) for one in arrays])


def test_shared_words_are_the_longest_pieces_of_both() -> None:
    assert shared("丽景花园旁搅拌站扰民", "请查丽景花园的搅拌站") == ("丽景花园", "搅拌站")
    assert shared("好", "坏") == ()


def test_the_tables_have_no_field_for_who_wrote() -> None:
    for model in (Reading, Alike, Order):
        names = {field.name for field in model._meta.get_fields()}
        assert not names & {"person", "petitioner", "writer", "user", "account", "name", "phone"}


def test_a_contact_that_becomes_a_matter_of_its_own_is_read_there(desk: Desk) -> None:
    made = town(desk)
    added = desk.receives(1, subject=BUS[0], body=BUS[1], matter=made[0].matter)
    read_everything(timezone.now())
    assert Reading.objects.get(number=4).cluster == 0
    clerk = desk.city.person("wangmin")
    own = joining.split_off(
        made[0].matter, added.number, "说的是公交", by=clerk, now=timezone.now()
    )
    desk.takes(
        own,
        "register",
        by="wangmin",
        kind="claim",
        region="340811",
        category="housing.property",
        path="petition",
    )
    read_everything(timezone.now())
    assert Reading.objects.get(number=4).cluster is None
    again = Reading.objects.get(matter=own)
    assert again.cluster == Reading.objects.get(matter=made[1].matter).cluster, "with the other bus"


def test_what_was_loaded_in_bulk_is_read_at_once(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    # To look whether tables are new leaves the database of the test.
    monkeypatch.setattr("xinqiao.cli.insight_read.require_migrated", lambda: None)
    for n, words in enumerate((PLANT[0], BUS, PLANT[1])):
        writes(desk, words, 9 - n, f"{n}号")
    run = CliRunner()
    said = run.invoke(command)
    assert said.exit_code == 0, said.output
    assert "3 contacts read" in said.output and Reading.objects.count() == 3
    again = run.invoke(command)
    assert again.exit_code == 0 and "0 contacts read" in again.output
