"""Whatever a file of indicators may say, a copy says what plain Python says, of any facts."""

import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.support.city_database import City
from tests.targets.facts import MOMENT, WHEN, any_fact, fact, store
from tests.targets.test_copies import MONTHS, SPANS
from xinqiao.rules.conditions import When
from xinqiao.rules.counting import Counted, What
from xinqiao.rules.indicators import Indicator, Tally, indicators, read, tally
from xinqiao.targets import copying, trees
from xinqiao.targets.engines import tables
from xinqiao.targets.engines.columnar import measures
from xinqiao.targets.models import Fact
from xinqiao.targets.values import Period, Scale

pytest.importorskip("ibis", reason="the extra `analytics` is not installed")

#: What no indicator of today says, and the file allows.
ODD = {
    "to_the_day": 'placed="stock"\ncounts="settled <= begins or done < ends - 30"',
    "after_all": 'placed="stock"\ncounts="again >= begins and settled and due"',
    "of_columns": 'placed="stock"\ncounts="done <= due"\nof="not settled < begins + 10 and day < as_of - 300"',
    "of_groups": 'placed="stock"\ncounts="persons >= 5 and channel == \'visit\' and not first"',
    "longest": 'where="due"\npercentile=100\nsince="start"\nuntil="done"',
    "longest_of_stock": 'placed="stock"\nwhere="not settled < begins"\npercentile=100\nsince="start"\nuntil="done"',
    "three_of_four": 'placed="stock"\nwhere="not settled < begins"\npercentile=75\nsince="day"\nuntil="begins"',
    "in_the_period": 'counts="done < ends and due >= begins"\nof="all"',
}


def odd(over: What) -> tuple[Indicator, ...]:
    """Those, over facts of a kind."""
    words = "".join(f'{key}="x"\n' for key in ("zh", "en", "help_zh", "help_en", "article"))
    blocks = (
        f'[[indicator]]\nid="{name}"\n{words}over="{over}"\nbetter="more"\n{says}\n'
        for name, says in ODD.items()
    )
    return tuple(read("".join(blocks)).values())


def expected(
    asked: tuple[Indicator, ...], facts: list[Counted], periods: tuple[Period, ...]
) -> Mapping[tuple[str, str, object, str], Tally]:
    """What plain Python makes of them, for every place with anything to tell."""
    found = {}
    for scale in Scale:
        lines = trees.above(scale)
        own = [one.unit if scale is Scale.UNIT else one.region for one in facts]
        above = [lines.get(code, (code,)) for code in own]
        for code in {code for line in above for code in line}:
            mine = [one for one, line in zip(facts, above, strict=True) if code in line]
            for period in periods:
                when = When(as_of=WHEN.as_of, begins=period.first, ends=period.end)
                for one in asked:
                    told = tally(one, mine, when)
                    if told.counts > 0 or told.of:
                        found[scale.value, code, period.first, one.id] = told
    return found


@pytest.mark.usefixtures("city")
@pytest.mark.parametrize("periods", [MONTHS, SPANS], ids=["months", "spans with days between them"])
@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
@given(facts=st.lists(any_fact([What.MATTER]), max_size=40))
def test_any_indicator_of_any_facts(
    tmp_path_factory: pytest.TempPathFactory, periods: tuple[Period, ...], facts: list[Counted]
) -> None:
    Fact.objects.all().delete()
    store(facts)
    folder, asked = tmp_path_factory.mktemp("odd") / "copy", odd(What.MATTER)
    copying.export(folder, MOMENT)
    question = tables.Question(indicators=asked, periods=periods, as_of=MOMENT)
    rows = tables.answer(question, tables.duckdb(str(folder))).to_pylist()
    told = {
        (row["scale"], row["code"], row["begins"], row["indicator"]): Tally(
            counts=row["counts"], of=row["of"], persons=row["persons"]
        )
        for row in rows
    }
    assert told == expected(asked, facts, periods)


def test_what_several_indicators_ask_is_one_column() -> None:
    told = [measures.told(one) for one in indicators().values()]
    asked = [measure for one in told for measure in one]
    columns = measures.columns(told)
    assert set(columns) == set(asked)
    assert len(set(columns.values())) == len(columns) < len(asked)


def test_a_place_that_no_list_names_is_in_the_copy(city: City, tmp_path: Path) -> None:
    store([fact("contact", "3-1", unit="long-gone", region="999999")])
    copying.export(tmp_path / "copy", MOMENT)
    question = tables.Question(indicators=odd(What.CONTACT), periods=MONTHS, as_of=MOMENT)
    told = tables.answer(question, tables.duckdb(str(tmp_path / "copy"))).to_pylist()
    assert {(row["scale"], row["code"]) for row in told} == {("unit", "long-gone"), ("region", "999999")}  # fmt: skip


@pytest.mark.parametrize("indicator", ["total", "answer_days_p90", "stock"])
def test_facts_of_a_place_that_a_copy_does_not_name_are_no_silent_loss(
    city: City, tmp_path: Path, indicator: str
) -> None:
    """As on a cluster where a province laid its facts into the folder, and not its places."""
    copying.export(tmp_path / "places", MOMENT)
    gone = {"unit": "long-gone", "start": "2-1", "due": "3-1"}
    store([fact(what, "2-20", **gone) for what in ("contact", "answer", "matter")])
    copying.export(tmp_path / "copy", MOMENT)
    shutil.rmtree(tmp_path / "copy/above")
    shutil.copytree(tmp_path / "places/above", tmp_path / "copy/above")
    question = tables.Question(indicators=(indicators()[indicator],), periods=MONTHS, as_of=MOMENT)
    with pytest.raises(tables.Unanswered, match="places that are not in `above`"):
        tables.answer(question, tables.duckdb(str(tmp_path / "copy")))
