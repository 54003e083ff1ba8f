"""What clerks join and refuse teaches this platform's own scorer, which serves only where it does better."""

from datetime import timedelta
from pathlib import Path

import pytest

pytest.importorskip("sklearn", reason="the extra `analytics` is not installed")

from django.conf import LazySettings
from django.utils import timezone

from tests.desk.at_work import Desk
from tests.insight.told_apart import told
from tests.support.city_database import City
from xinqiao.insight.models import Judged, Reading, ScorerVersion
from xinqiao.insight.reading import store as reading
from xinqiao.insight.reading.jobs import read_everything
from xinqiao.insight.same import examples, jobs, learning, overview, store
from xinqiao.insight.same.examples import Said
from xinqiao.insight.same.learning import LEAST, Tried
from xinqiao.insight.same.store import Serving
from xinqiao.text.linking import training
from xinqiao.text.linking.scorer import shipped

NOW = timezone.now()


@pytest.fixture
def desk(
    city: City, settings: LazySettings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Desk:
    """The desk of a platform whose scorers lie in a folder of its own; fewer trees, so that it takes seconds."""
    settings.XINQIAO_HOME = tmp_path
    monkeypatch.setattr(training, "_TREES", 80)
    monkeypatch.setattr(training, "_TURNS", 1)
    return Desk(city)


def test_what_was_said_teaches_and_a_better_scorer_serves_until_it_is_damaged(desk: Desk) -> None:
    told(desk)
    assert reading.current().scorer is shipped()
    assert jobs.learn(timezone.now()) == 1
    row = ScorerVersion.objects.get()
    assert row.in_use and (row.tested_same, row.tested_apart) == (6, 8)
    new = Tried(row.tested_same, row.found, row.tested_apart, row.wrong)
    assert new.is_better_than(Tried(6, row.other_found, 8, row.other_wrong)), (
        "set words are not all"
    )
    assert row.same + row.apart + row.tested_same + row.tested_apart == row.words == 80
    assert reading.current().scorer is store.in_use().scorer is not shipped()
    assert jobs.learn(timezone.now()) == 0, "nothing new was said"
    path = store.path_of(1)
    path.write_bytes(path.read_bytes().replace(b"0.0", b"0.1", 1))
    assert store.in_use().serving is Serving.UNUSABLE and reading.current().scorer is shipped()
    assert overview.state().version == 0
    assert learning._is_due(examples.said(), store.in_use()), "it is learned again at night"


def test_too_few_words_teach_nothing_and_the_page_says_how_many(desk: Desk) -> None:
    told(desk, 3)
    assert jobs.learn(timezone.now()) == 0 and not ScorerVersion.objects.exists()
    state = overview.state()
    assert (state.same, state.apart, state.needed, state.is_enough) == (9, 8, LEAST, False)
    html = desk.log_in("wangmin").get("/desk/insight/categories/").content.decode()
    assert f"各 {LEAST} 对" in html and "并案 9 对，排除 8 对" in html


def test_a_contact_that_became_a_report_teaches_nothing(desk: Desk) -> None:
    told(desk, 2)
    known = examples.said()
    row = Judged.objects.filter(same=False).first()
    assert row is not None
    desk.takes(row.one, "reclassify", by="wangmin", kind="report", reason="反映的是工作人员")
    read_everything(timezone.now())
    gone = Reading.objects.get(matter=row.one).number
    left = examples.said()
    assert 0 < len(left) < len(known)
    assert not any(gone in (one.new, one.old) for one in left)
    looked = examples.look(left)
    assert not any(gone in (compared.positions if compared else ()) for _, compared in looked.seen)


def test_without_the_libraries_nothing_is_learned(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(learning, "installed", lambda: False)
    assert desk and jobs.learn(timezone.now()) == 0


# -- how words are parted ----------------------------------------------------------------------------------------------


def said(new: int, old: int, *, same: bool, day: int) -> Said:
    return Said(new=new, old=old, same=same, at=NOW + timedelta(days=day))


def test_a_group_is_learned_from_or_tested_on_as_a_whole() -> None:
    known = [said(10 * g + n, 10 * g, same=True, day=g) for g in range(10) for n in (1, 2)]
    known += [said(10 * g + 1, 10 * g - 10, same=False, day=g) for g in range(1, 10)]
    parts = examples.parted(known)
    learned, tested = (
        {number for one in some if one.same for number in (one.new, one.old)}
        for some in (parts.learned, parts.tested)
    )
    assert not learned & tested and tested == {80, 81, 82, 90, 91, 92}
    assert all({one.new, one.old} & tested for one in parts.tested)
    assert not any({one.new, one.old} & tested for one in parts.learned)


def test_pairs_that_belong_to_no_group_are_parted_by_time() -> None:
    known = [said(2 * n + 1, 2 * n, same=False, day=n) for n in range(10)]
    parts = examples.parted(known)
    assert [one.old for one in parts.tested] == [16, 18] and len(parts.learned) == 8


def test_joined_chains_are_one_group() -> None:
    known = [said(2, 1, same=True, day=0), said(4, 3, same=True, day=1)]
    assert examples.groups_of(known) == {1: 1, 2: 1, 3: 3, 4: 3}
    known.append(said(4, 2, same=True, day=2))
    assert set(examples.groups_of(known).values()) == {1}
    assert sorted(examples.as_groups(known).groups[0]) == ["1", "2", "3", "4"]


def test_neither_kind_counts_more_because_more_of_it_was_said() -> None:
    all_linked = Tried(same=20, found=20, apart=4, wrong=4)
    none_linked = Tried(same=20, found=0, apart=4, wrong=0)
    assert not all_linked.is_better_than(none_linked)
    better = none_linked._replace(found=10)
    assert better.is_better_than(all_linked) and better.is_better_than(none_linked)
