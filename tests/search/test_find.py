"""Whatever stands in a ledger is found by any piece of it, by whom it exists for, and by nobody else."""

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.matters.test_lists import everybody, full  # noqa: F401  the desk with some of everything
from xinqiao.matters import queries as matters
from xinqiao.matters.found import bodies_of
from xinqiao.matters.models import Text
from xinqiao.matters.queries import ACROSS, EVERYTHING, MINE, OVERDUE, QUEUES, WAITING, Filters
from xinqiao.rules.persons import SYSTEM, Person, PersonKind
from xinqiao.search import queries as search
from xinqiao.search.engines import engine
from xinqiao.search.jobs import file_everything, file_ledgers
from xinqiao.search.models import Filing
from xinqiao.search.values import Asked
from xinqiao.text.finding import places, plain

if TYPE_CHECKING:
    from tests.desk.at_work import Desk
    from tests.support.city_database import City

NONE = Filters()


@pytest.fixture
def desk(city: "City") -> "Desk":
    from tests.desk.at_work import Desk  # noqa: PLC0415  settings must load first

    return Desk(city)


def found(person: Person, words: str, filters: Filters = NONE) -> list[int]:
    """The row ids of all hits, page after page."""
    now, ids, number = timezone.now(), list[int](), 1
    while page := search.find(person, words, filters, now, number=number).hits:
        ids += [hit.line.id for hit in page]
        number += 1
    assert len(ids) == search.find(person, words, filters, now).number
    return ids


def scanned(person: Person, words: str, **narrow: Any) -> list[int]:
    """The same by its definition: every text of every matter that exists for the person, one by one."""
    seen = matters.scope(person, timezone.now()).filter(**narrow).order_by("-received_at", "-id")
    ids = list(seen.values_list("id", flat=True))
    bodies = bodies_of(ids)
    looked_for = parted(words)
    texts = {one: [plain(body.text) for body in bodies.get(one, [])] for one in ids}
    return [
        one for one in ids if all(any(word in text for text in texts[one]) for word in looked_for)
    ]


def parted(words: str) -> list[str]:
    """Each word by itself, unless one of them is too short to be looked for."""
    parts = [plain(part) for part in re.split(r"\s+", words) if plain(part)]
    return [plain(words)] if any(len(part) < 2 for part in parts) else parts


def file() -> None:
    file_everything(timezone.now())


TEXTS = (
    "安庆市宜秀区某某路８号 ABC小区电梯停运半年,\n请求修復。乾隆年間的乾燥機壞了！",
    "反映：「物业」收费1,200.50元/月（無票據）——café ﬁne ㎡ „quoted“ a\"b'c*(d) NEAR AND OR -e^f",
    "𠮷野家旁边的𰻞𰻞面馆噪音扰民；臺灣、颱風、檯燈",
)


@given(data=st.data())
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_any_piece_of_any_text_is_found(filed: list[str], data: st.DataObject) -> None:
    text = data.draw(st.sampled_from(filed))
    start = data.draw(st.integers(0, len(text) - 2))
    piece = text[start : data.draw(st.integers(start + 2, min(len(text), start + 12)))]
    if search.length(piece) >= search.SHORTEST:
        hits = found(SYSTEM, piece)
        assert hits == scanned(SYSTEM, piece)
        assert hits


@pytest.fixture
def filed(desk: "Desk") -> list[str]:
    for text in TEXTS:
        desk.receives(3, subject=text[:20].strip(), body=text, petitioners=[])
    file()
    return list(TEXTS)


@pytest.mark.parametrize(
    "words",
    ["abc小区", "ＡＢＣ小區", "电梯 停运", "某某路8号", "修复", "收费1,200", "cafe", "fine", "m2", "台湾、台风、台灯",
     "無票据", "𰻞𰻞面", "a\"b'c*(d)", "乾隆", "干隆"],
)  # fmt: skip
def test_however_it_is_typed(filed: list[str], words: str) -> None:
    assert len(found(SYSTEM, words)) == 1


@pytest.mark.parametrize(
    ("traditional", "simplified"),
    [
        ("尚未答覆，請予覆查、覆核", "尚未答复，请予复查、复核"),
        ("他看著不管", "他看着不管"),
        ("未瞭解情況", "未了解情况"),
        ("衞生局", "卫生局"),
        ("寫字枱", "写字台"),
        ("祇收錢，藉故拖延", "只收钱，借故拖延"),
        ("豬肉裏有麪粉，臺灣綫", "猪肉里有面粉，台湾线"),
    ],
)
def test_what_hong_kong_and_taiwan_write_and_what_is_written_here_are_one(
    desk: "Desk", traditional: str, simplified: str
) -> None:
    receipts = [
        desk.receives(3, subject="来信", body=one, petitioners=[]).matter
        for one in (traditional, simplified)
    ]
    file()
    for words in (traditional, simplified, traditional[:2], simplified[-2:]):
        assert sorted(found(SYSTEM, words)) == sorted(receipts), words


@pytest.mark.parametrize(
    "words", ["修復a", "ab c d", "电梯机", "!!", '"', "OR NOT", "* *", "words : x"]
)
def test_what_stands_nowhere_is_not_found(filed: list[str], words: str) -> None:
    assert search.length(words) < search.SHORTEST or found(SYSTEM, words) == []


def test_words_with_blanks_between_find_matters_that_have_each_of_them(desk: "Desk") -> None:
    both = desk.receives(3, subject="物业收费", body="電梯坏了半年", petitioners=[]).matter
    other = desk.receives(2, subject="电梯吵", body="第3 号楼", petitioners=[]).matter
    file()
    for words in ("电梯 物业", "物业　坏了", " 物业  电梯 半年 "):
        assert found(SYSTEM, words) == [both], words
    assert found(SYSTEM, "电梯 噪音") == []
    assert found(SYSTEM, "3 号楼") == [other], (
        "one piece, since a single character is in everything"
    )
    (hit,) = search.find(SYSTEM, "电梯 物业 半年", NONE, timezone.now()).hits
    assert hit.subject == [("物业", True), ("收费", False)]
    (excerpt,) = hit.excerpts
    assert [text for text, marked in excerpt.pieces if marked] == ["電梯", "半年"]


def test_words_that_overlap_are_marked_as_one() -> None:
    assert places("電 梯停运，停运", ["电梯停", "停运"]) == [(0, 5), (6, 8)]
    assert places("㎡m，m 2", ["2m", "m2"]) == [(0, 2), (3, 6)]


def test_texts_do_not_run_into_each_other(desk: "Desk") -> None:
    desk.receives(3, subject="电梯坏了", body="了结此事")
    file()
    assert found(SYSTEM, "电梯坏了") and found(SYSTEM, "了结")
    assert found(SYSTEM, "坏了结") == []
    assert found(SYSTEM, "坏了了结") == []


def _pieces() -> Iterable[str]:
    return (
        "电梯",
        "坏了",
        "电梯4",
        "亲属关系",
        "谢谢",
        "没有这些字",
        "电梯 谢谢",
        "谢谢 没有这些字",
    )


@pytest.mark.parametrize("words", _pieces())
def test_hits_and_counts_are_those_of_a_scan_for_everybody(full: "City", words: str) -> None:  # noqa: F811
    file()
    for name, person in everybody(full):
        assert found(person, words) == scanned(person, words), name


@pytest.mark.parametrize(
    ("filters", "narrow"),
    [
        ({"kind": "report"}, {"kind": "report"}),
        ({"kind": "claim", "channel": "call"}, {"kind": "claim", "channel": "call"}),
        ({"category": "housing"}, {"category__startswith": "housing"}),
        ({"category": "housing.property"}, {"category": "housing.property"}),
        ({"region": "3408"}, {"region__startswith": "3408"}),
        ({"region": "340811"}, {"region__startswith": "340811"}),
        ({"state": "accepted"}, {"state": "accepted"}),
    ],
)
def test_filters_narrow_as_those_of_the_lists_do(
    full: "City",  # noqa: F811
    filters: dict[str, Any],
    narrow: dict[str, str],
) -> None:
    file()
    for name, person in everybody(full):
        assert found(person, "电梯", Filters(**filters)) == scanned(person, "电梯", **narrow), name


@pytest.mark.parametrize("queue", [WAITING, OVERDUE, MINE, *QUEUES, *ACROSS, EVERYTHING])
def test_a_list_is_searched_as_it_is_listed(full: "City", queue: str) -> None:  # noqa: F811
    file()
    filled = 0
    staff = ((name, one) for name, one in everybody(full) if one.kind is PersonKind.STAFF)
    for name, person in staff:
        now = timezone.now()
        listed = matters.page(person, Filters(queue=queue), 1, 500, now)
        expected = [one for one in scanned(person, "电梯") if one in {row.id for row in listed}]
        assert found(person, "电梯", Filters(queue=queue)) == expected, name
        filled += len(expected)
    assert filled or queue not in {WAITING, MINE, OVERDUE, EVERYTHING, "to_accept", "to_notify"}


def test_a_matter_is_found_by_who_gets_it_once_it_is_filed_anew(desk: "Desk") -> None:
    receipt = desk.registers(10)
    file()
    lina = desk.city.person("lina")
    assert found(lina, "电梯") == []
    desk.takes(receipt.matter, "transfer", by="wangmin", days=9, to_unit="city-housing")
    file()
    assert found(lina, "电梯") == [receipt.matter]


def test_a_wall_closes_at_once_before_anything_is_filed_anew(desk: "Desk") -> None:
    receipt = desk.accepts(10)
    file()
    lina = desk.city.person("lina")
    assert found(lina, "电梯") == [receipt.matter]
    desk.takes(
        receipt.matter, "recuse", by="lina", account=desk.city.account("lina"), reason="亲属"
    )
    assert found(lina, "电梯") == []


def test_what_was_erased_is_not_found_and_leaves_the_index(desk: "Desk") -> None:
    receipt = desk.receives(10, subject="噪音", body="机密的身体情况")
    file()
    assert found(SYSTEM, "身体情况") == [receipt.matter]
    Text.objects.filter(matter_id=receipt.matter, field="body").update(
        body="", salt="", erased_at=timezone.now()
    )
    assert found(SYSTEM, "身体情况") == []
    file_ledgers(timezone.now())
    assert found(SYSTEM, "身体情况") == []
    assert found(SYSTEM, "噪音") == [receipt.matter]
    assert "身体" not in Filing.objects.get().words
    asked = Asked(["身体"], None, frozenset())
    assert engine().newest(asked, 2**62, 10) == [], "not in the index either"


def test_filing_twice_changes_nothing(desk: "Desk") -> None:
    desk.accepts(10)
    file()
    before = list(Filing.objects.values())
    assert file_ledgers(timezone.now()) == 0
    file()
    assert list(Filing.objects.values()) == before
    assert len(found(SYSTEM, "电梯停运")) == 1
