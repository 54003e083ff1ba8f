"""A copy says what the platform's database says: on DuckDB, and by the same expression on Spark."""

import json
import random
import shutil
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.support.city_database import City
from tests.targets.facts import AS_OF, MARKS, MOMENT, REGIONS, UNITS, any_fact, fact, store
from xinqiao.rules.counting import Counted, What
from xinqiao.rules.indicators import chosen, indicators
from xinqiao.targets import copying, figures, trees
from xinqiao.targets.engines import tables
from xinqiao.targets.models import Fact
from xinqiao.targets.values import Period, Place, Scale

pytestmark = pytest.mark.long

ibis = pytest.importorskip("ibis", reason="the extra `analytics` is not installed")

ALL = tuple(indicators().values())
MONTHS = tuple(figures.months(date(2026, 1, 1), date(2026, 4, 1)))
SPANS = (
    Period(first=date(2025, 12, 3), end=date(2026, 2, 1)),
    Period(first=date(2026, 3, 1), end=date(2027, 1, 1)),
)
Told = Mapping[tuple[str, str, date, str], tuple[int, int | None, int]]


def question(periods: tuple[Period, ...] = MONTHS) -> tables.Question:
    return tables.Question(indicators=ALL, periods=periods, as_of=MOMENT)


def by_copy(copy: tables.Copy, periods: tuple[Period, ...] = MONTHS) -> Told:
    rows = tables.answer(question(periods), copy).to_pylist()
    told = {
        (row["scale"], row["code"], row["begins"], row["indicator"]): (
            row["counts"],
            row["of"],
            row["persons"],
        )
        for row in rows
    }
    assert len(told) == len(rows), "each figure stands once"
    return told


def by_database(periods: tuple[Period, ...] = MONTHS) -> Told:
    """The same of every place there is, without those of which there is nothing to tell."""
    places = [
        Place(scale=scale, code=code)
        for scale in Scale
        for code in {*trees.above(scale), "nobody", ""}
    ]
    return {
        (one.place.scale.value, one.place.code, one.period.first, one.indicator): (
            one.counts,
            one.of,
            one.persons,
        )
        for period in periods
        for one in figures.figures(places, period, MOMENT, indicators=[one.id for one in ALL])
        if one.counts or one.of
    }


def random_facts(many: int) -> list[Counted]:
    """So many random facts of the months that are asked of and those around them, the same in each run."""
    chance = random.Random(20260301)

    def day() -> date:
        return date(2025, 11, 1) + timedelta(days=chance.randrange(240))

    def one() -> Counted:
        values = {
            name: chance.choice((None, day()))
            for name in ("start", "due", "done", "settled", "again")
        }
        flags = {
            name: chance.random() < 0.5 for name in ("first", "designated", "skipped", "extended")
        }
        return Counted(
            what=chance.choice(list(What)), seq=1, unit=chance.choice(UNITS), region=chance.choice(REGIONS),
            category="", channel=chance.choice(("letter", "online", "visit", "visit")), day=day(),
            level=chance.choice(("city", "province", "nation")), mark=chance.choice(MARKS),
            persons=chance.randint(1, 12), **values, **flags,
        )  # fmt: skip

    return [one() for _ in range(many)]


@pytest.fixture
def copy_of_many(city: City, tmp_path: Path) -> Iterator[Path]:
    """1,500 random facts and their copy; a third was corrected after the moment, a third was not known yet."""
    facts, later = random_facts(1500), MOMENT + timedelta(seconds=1)
    store(facts[:500])
    store(facts[500:1000], known_to=later)
    store(facts[1000:], known_from=later)
    assert copying.export(tmp_path / "copy", MOMENT) == 1500
    yield tmp_path / "copy"


def test_duckdb_says_what_the_database_says(copy_of_many: Path) -> None:
    told = by_database()
    assert by_copy(tables.duckdb(str(copy_of_many))) == told
    assert len({indicator for *_, indicator in told}) == len(ALL), (
        "every indicator has something to tell"
    )


def test_spans_of_any_length_with_days_between_them(copy_of_many: Path) -> None:
    assert by_copy(tables.duckdb(str(copy_of_many)), SPANS) == by_database(SPANS)


@pytest.mark.usefixtures("city")
@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(any_fact(), max_size=40))
def test_duckdb_says_so_of_any_facts(
    tmp_path_factory: pytest.TempPathFactory, facts: list[Counted]
) -> None:
    Fact.objects.all().delete()
    store(facts)
    folder = tmp_path_factory.mktemp("any") / "copy"
    copying.export(folder, MOMENT)
    assert by_copy(tables.duckdb(str(folder))) == by_database()


@pytest.mark.same_on_both("Spark reads a copy, and of a copy DuckDB says what either database says")
@pytest.mark.skipif(shutil.which("java") is None, reason="Spark needs Java 17, which is not here")
def test_spark_says_what_duckdb_and_the_database_say(copy_of_many: Path) -> None:
    pytest.importorskip("pyspark", reason="the extra `spark` is not installed")
    with local_spark() as session:
        told = by_copy(tables.spark(str(copy_of_many), session))
        assert told == by_copy(tables.duckdb(str(copy_of_many))) == by_database()


class local_spark:  # noqa: N801  used as a function
    """Spark on two cores of this machine, ended afterwards; its Java goes with it."""

    def __enter__(self) -> Any:
        from pyspark.sql import SparkSession  # noqa: PLC0415

        self.session = (
            SparkSession.builder.master("local[2]")
            .config("spark.ui.enabled", "false")
            .config("spark.sql.shuffle.partitions", "2")
            .config("spark.driver.host", "localhost")
            .getOrCreate()
        )
        return self.session

    def __exit__(self, *_: object) -> None:
        self.session.stop()


# -- the copy --------------------------------------------------------------------------------------------------------


def test_a_copy_has_no_personal_data_and_no_matter(city: City, tmp_path: Path) -> None:
    store([fact("contact", "3-1")])
    copying.export(tmp_path / "copy", MOMENT)
    rows = tables.duckdb(str(tmp_path / "copy")).facts.to_pyarrow().to_pylist()
    assert set(rows[0]) == {*copying.COLUMNS, "what"}
    assert not {"matter", "source", "seq"} & set(rows[0])
    assert sorted(path.name for path in (tmp_path / "copy").iterdir()) == [
        "about.json", "above", "facts", "regions", "units",
    ]  # fmt: skip


def test_a_copy_is_written_in_pieces_and_tells_how_far(
    city: City, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(copying, "ROWS", 10)
    store([fact("contact", "3-1") for _ in range(20)] + [fact("answer", "3-1") for _ in range(5)])
    heard: list[int] = []
    assert copying.export(tmp_path / "copy", MOMENT, heard.append) == 25
    assert heard[:3] == [10, 20, 20] and heard[-1] == 25
    assert len(list((tmp_path / "copy/facts/what=contact").iterdir())) == 2
    assert tables.duckdb(str(tmp_path / "copy")).facts.count().to_pyarrow().as_py() == 25


def test_a_folder_that_is_there_is_left_alone(city: City, tmp_path: Path) -> None:
    (tmp_path / "copy").mkdir()
    with pytest.raises(copying.CannotCopy, match="there already: name another folder"):
        copying.export(tmp_path / "copy", MOMENT)
    (tmp_path / "other.part").write_text("interrupted")
    with pytest.raises(copying.CannotCopy, match=r"other\.part is there already"):
        copying.export(tmp_path / "other", MOMENT)


def test_a_folder_that_cannot_be_made_is_named(city: City, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(copying.CannotCopy, match=r"copy\.part: Not a directory"):
        copying.export(tmp_path / "file" / "copy", MOMENT)


def test_a_copy_says_when_it_was_made(city: City, tmp_path: Path) -> None:
    copying.export(tmp_path / "copy", MOMENT)
    assert json.loads((tmp_path / "copy/about.json").read_text())["facts"] == 0
    folder, hour = str(tmp_path / "copy"), timedelta(hours=1)
    assert tables.known_to_copy(folder, MOMENT - hour) == MOMENT - hour
    assert tables.known_to_copy(folder, MOMENT + hour) == MOMENT
    with pytest.raises(tables.Unanswered, match="was made on 2027-03-01"):
        tables.known_to_copy(folder, MOMENT + 24 * hour)


def test_only_what_is_on_unless_asked() -> None:
    assert "national_undesignated_visits" not in {one.id for one in chosen()}
    assert question().day == AS_OF
