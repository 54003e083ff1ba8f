"""The regulations by date, and local figures that may only be stricter for offices."""

from datetime import date
from importlib import resources
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.law.ledgers import events, sentence
from xinqiao import law
from xinqiao.law.calendar import published
from xinqiao.law.clocks import clocks
from xinqiao.law.errors import BadProvision, LooserThanLaw, NoLawInForce
from xinqiao.law.events import EventType
from xinqiao.law.limits import Kind, Owner, Unit
from xinqiao.law.provisions import (
    by_id,
    duty_of,
    kind_of,
    load_law,
    load_local,
    newest,
    roll_citation,
)

DATA = Path(__file__).parent / "data"
PROVISIONS = resources.files("xinqiao.law") / "provisions"
BOTH = ("R2005", "R2022")


@pytest.mark.parametrize(
    ("day", "law_id"),
    [
        (date(2005, 5, 1), "R2005"),
        (date(2022, 4, 30), "R2005"),
        (date(2022, 5, 1), "R2022"),
        (date(2099, 1, 1), "R2022"),
    ],
)
def test_each_day_has_its_law(day, law_id):
    assert law.on(day).id == law_id


def test_before_the_first_regulations_there_is_no_law():
    with pytest.raises(NoLawInForce, match="2005-05-01"):
        law.on(date(2005, 4, 30))
    with pytest.raises(NoLawInForce):
        law.by_id("R1995")
    with pytest.raises(NoLawInForce):
        by_id("R2005").edition(date(2022, 5, 1))


@pytest.mark.parametrize(
    ("law_id", "articles"),
    [
        (
            "R2022",
            "register_and_refer 22 notify_direct 23 notify_referred 23 object 23 handle 34 "
            "handle_extended 34 request_review 35 review 35 request_reexamination 36 reexamine 36 "
            "report_back 22 recommendation_feedback 40 urgent_report 25 "
            "simple_accept None simple_handle None",
        ),
        (
            "R2005",
            "register_and_refer 21 notify_direct 22 notify_referred 22 handle 33 "
            "handle_extended 33 request_review 34 review 34 request_reexamination 35 reexamine 35 "
            "report_back 21 recommendation_feedback 36 urgent_report 26 "
            "simple_accept None simple_handle None",
        ),
    ],
)
def test_every_limit_stands_with_its_article_in_the_order_of_the_table(law_id, articles):
    limits = by_id(law_id).editions[-1].limits.values()
    assert " ".join(f"{limit.id} {limit.article}" for limit in limits) == articles
    assert [limit.rank for limit in limits] == sorted(limit.rank for limit in limits)


@pytest.mark.parametrize("law_id", BOTH)
def test_every_event_but_a_withdrawal_has_an_article(law_id):
    articles = by_id(law_id).editions[-1].event_articles
    assert set(articles) == set(EventType) - {EventType.WITHDRAWN}


def test_whose_duty_a_clock_is():
    assert duty_of("register_and_refer") is Owner.PETITION_OFFICE
    assert duty_of("handle_extended") is Owner.HANDLING_UNIT
    assert duty_of("request_review") is Owner.PETITIONER
    assert duty_of("review") is Owner.REVIEWING_ORGAN
    assert kind_of("object") is Kind.WINDOW
    assert kind_of("handle_extended") is Kind.DUTY
    with pytest.raises(KeyError):
        duty_of("score")


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2016, 4, 16), "《民法通则》第154条"),
        (date(2019, 4, 20), "《民法总则》第203条"),
        (date(2026, 4, 18), "《民法典》第203条"),
    ],
)
def test_a_roll_is_explained_by_the_civil_law_of_its_day(day, said):
    assert roll_citation(day).spoken("zh") == said


def test_an_amendment_is_one_more_entry(tmp_path):
    text = (PROVISIONS / "R2022.toml").read_text(encoding="utf-8")
    entry = text[
        text.index('[[limit]]\nid = "review"') : text.index('[[limit]]\nid = "request_ree')
    ]
    older = entry + "to = 2029-12-31\n"
    newer = entry.replace("amount = 30", "amount = 20") + "from = 2030-01-01\n"
    path = tmp_path / "R2022.toml"
    path.write_text(text.replace(entry, older + "\n" + newer + "\n"), encoding="utf-8")
    amended = load_law(path)
    assert amended.edition(date(2029, 12, 31)).limits["review"].amount == 30
    assert amended.edition(date(2030, 1, 1)).limits["review"].amount == 20
    assert [edition.starts for edition in amended.editions] == [date(2022, 5, 1), date(2030, 1, 1)]


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ('id = "review"', 'id = "handle"', "provision_twice"),
        ('id = "review"', 'id = "second_look"', "provision_missing"),
        ("amount = 60", "amount = 0", "file_bad_value"),
        ("amount = 60", "amount = 60.0", "file_bad_value"),
        ("amount = 60", "amout = 60", "file_unknown_key"),
        ('unit = "hours"', 'unit = "minutes"', "file_bad_value"),
        ("from = 2022-05-01", 'from = "2022-05-01"', "file_bad_value"),
        ("[events]", "[event]", "file_unknown_key"),
    ],
)
def test_a_law_that_is_not_whole_is_refused(tmp_path, old, new, code):
    text = (PROVISIONS / "R2022.toml").read_text(encoding="utf-8")
    path = tmp_path / "R2022.toml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(BadProvision) as refusal:
        load_law(path)
    assert refusal.value.code == code


def test_a_city_may_be_stricter_with_itself_from_its_own_day_on():
    city = load_local(DATA / "city_prompt_notice.toml")
    ledger = (
        "{day} 09:00 received by=petition_office",
        "{day} 10:00 referred mode=transfer",
        "{day} 11:00 urgent_noticed",
    )
    before = events(*(line.format(day="2024-06-28") for line in ledger))
    after = events(*(line.format(day="2024-07-01") for line in ledger))

    found = clocks(before, date(2024, 7, 1), calendar=published(), law=city)
    assert [sentence(clock) for clock in found][1:] == [
        "notify_referred: 2024-06-28 to 2024-07-15, running, 14 days left, art. 23",
        "object: 2024-06-28 to 2024-07-05, open, 4 days left, art. 23",
        "urgent_report: 2024-06-28 to 2024-06-28T15:00:00+08:00, overdue, art. 25",
    ]
    found = clocks(after, date(2024, 7, 1), calendar=published(), law=city)
    assert [sentence(clock) for clock in found][1:] == [
        "notify_referred: 2024-07-01 to 2024-07-11, running, 10 days left, art. 23",
        "object: 2024-07-01 to 2024-07-04, open, 3 days left, art. 23",
        "urgent_report: 2024-07-01 to 2024-07-01T13:00:00+08:00, running, 0 days left, art. 25",
    ]
    assert any("《示例市信访工作实施细则》第12条" in line for line in found[1].as_dict()["why"])


def test_a_petitioner_gets_the_longer_window_and_the_unit_the_shorter_extension():
    city = load_local(DATA / "city_prompt_notice.toml")
    lines = [
        "2024-07-01 09:00 received by=organ",
        "2024-07-02 09:00 accepted procedure=ordinary",
        "2024-07-03 09:00 extended days=15",
        "2024-07-04 09:00 opinion_issued",
        "2024-07-05 09:00 opinion_delivered",
    ]
    found = clocks(events(*lines), date(2024, 7, 5), calendar=published(), law=city)
    assert found[-1].due == date(2024, 8, 19)
    lines[2] = "2024-07-03 09:00 extended days=16"
    with pytest.raises(law.LawError) as refusal:
        clocks(events(*lines), date(2024, 7, 5), calendar=published(), law=city)
    assert refusal.value.code == "order_too_long"


def test_a_county_sets_the_usual_time_for_recommendations():
    county = load_local(DATA / "county_recommendations.toml", newest())
    ledger = events("2025-03-03 09:00 received by=organ", "2025-03-03 10:00 recommended id=1")
    found = clocks(ledger, date(2025, 3, 3), calendar=published(), law=county)
    assert found[-1].due == date(2025, 3, 24)


def test_a_local_edition_leaves_matters_of_the_former_law_alone():
    county = load_local(DATA / "county_recommendations.toml")
    ledger = events("2019-03-04 09:00 received by=organ")
    found = clocks(ledger, date(2019, 3, 4), calendar=published(), law=county)
    assert [clock.article for clock in found] == ["22"]


def test_two_local_provisions_can_stand_together():
    both = load_local(
        DATA / "county_recommendations.toml", load_local(DATA / "city_prompt_notice.toml")
    )
    assert [edition.starts.year for edition in both.editions] == [2022, 2024, 2025]
    limits = both.edition(date(2025, 1, 1)).limits
    assert (limits["object"].amount, limits["recommendation_feedback"].amount) == (3, 20)


NATIONAL = newest().editions[-1].limits
WITH_FIGURE = st.sampled_from([limit for limit in NATIONAL.values() if limit.unit is not Unit.SET])


@given(limit=WITH_FIGURE, amount=st.integers(min_value=1, max_value=200))
def test_a_local_figure_is_taken_if_it_is_as_strict_for_officials_and_refused_if_not(
    limit, amount, tmp_path_factory
):
    path = local_file(tmp_path_factory.mktemp("local"), limit.id, amount, limit.unit)
    citizens = limit.owner is Owner.PETITIONER
    if (amount >= limit.amount) if citizens else (amount <= limit.amount):
        edition = load_local(path).edition(date(2026, 1, 1))
        assert edition.limits[limit.id].amount == amount
    else:
        with pytest.raises(LooserThanLaw) as refusal:
            load_local(path)
        assert (limit.article or "简易办理") in refusal.value.say("zh")


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ('unit = "days"', 'unit = "working_days"', "file_bad_value"),
        ('id = "handle"', 'id = "report_back"', "file_bad_value"),
        ('id = "handle"', 'id = "handling"', "file_bad_value"),
        ('base = "R2022"', 'base = "R2005"', "provision_outside_law"),
        ('base = "R2022"', 'base = "R1995"', "file_bad_value"),
        ("from = 2025-01-01", "from = 2020-01-01", "provision_outside_law"),
        ("amount = 30", "amount = -1", "file_bad_value"),
        ("amount = 30", "amount = 30\nowner = 1", "file_unknown_key"),
        ("[[limit]]", '[[limit]]\nid = "handle"\nunit = "days"\namount = 9\n[[limit]]', "file_bad_value"),
        ("[[limit]]", "[limit]", "file_bad_value"),
    ],
)  # fmt: skip
def test_a_local_file_with_a_slip_is_refused(tmp_path, old, new, code):
    path = local_file(tmp_path, "handle", 30, "days")
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    with pytest.raises(BadProvision) as refusal:
        load_local(path)
    assert refusal.value.code == code
    assert refusal.value.say("en") != refusal.value.say("zh")


def test_a_local_file_for_another_law_is_refused():
    with pytest.raises(BadProvision) as refusal:
        load_local(DATA / "city_prompt_notice.toml", by_id("R2005"))
    assert refusal.value.code == "provision_other_base"


def local_file(folder: Path, limit_id: str, amount: int, unit: str) -> Path:
    path = folder / "local.toml"
    path.write_text(
        f'base = "R2022"\ntitle_zh = "示例"\ntitle_en = "Example"\nfrom = 2025-01-01\n\n'
        f'[[limit]]\nid = "{limit_id}"\namount = {amount}\nunit = "{unit}"\n',
        encoding="utf-8",
    )
    return path
