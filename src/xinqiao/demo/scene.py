"""The scene of a matter: one value for each slot of its texts, so that all of them tell one story."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from random import Random

from xinqiao.demo.catalogue import CITY, county_of, government, read_toml, regions
from xinqiao.demo.names import Petitioner, office_phone
from xinqiao.demo.subjects import Setting, Subject
from xinqiao.rules.units import Unit

_CHINESE_DIGITS = "零一二三四五六七八九十"


@dataclass(frozen=True)
class Scene(Mapping[str, str]):
    """Slot name -> words. A slot that has no words raises KeyError: nothing is ever left unfilled."""

    words: Mapping[str, str]

    def __getitem__(self, slot: str) -> str:
        return self.words[slot]

    def __iter__(self) -> Iterator[str]:
        return iter(self.words)

    def __len__(self) -> int:
        return len(self.words)

    def having(self, **words: str) -> "Scene":
        """The same scene with more words, or other ones."""
        return replace(self, words={**self.words, **words})

    def written_by(self, unit: Unit, on: date, received: date) -> "Scene":
        """The scene as an official of `unit` sees it who writes on that day."""
        return self.having(
            unit=unit.name,
            unit_phone=office_phone(unit.code),
            received=month_and_day(received, on),
            date_later=month_and_day(max(received, on - timedelta(days=2)), on),
            next_month=_month_name((on.replace(day=1) + timedelta(days=32)), on),
            future=_end_of_month(on + timedelta(days=120)),
        )


def place_words(rng: Random, region: str, setting: Setting) -> dict[str, str]:
    """Where it happened: county, township and an invented village or community (`spot`)."""
    township = regions()[region]
    county = regions()[county_of(region) or region]
    village = setting is Setting.VILLAGE
    spot = named(rng, "village" if village else "community")
    seat = government(CITY if county.name.endswith("区") else county.code)
    return {
        "city": regions()[CITY].name,
        "county": county.name,
        "township": township.name,
        "spot": spot,
        "place": f"{county.name}{township.name}{spot}",
        "committee": "村里" if village else "社区",
        "city_government": government(CITY).name,
        "local_government": seat.name,
    }


def representatives_of(people: int) -> int:
    """How many speak for so many: 1 for a single person, at most 5 for a group (art. 20)."""
    return 1 if people == 1 else min(5, 2 + people // 12)


def scene(rng: Random, subject: Subject, place: dict[str, str], today: date, people: int) -> Scene:
    """A scene for a petition received on `today`, made by so many people (1 for a single one)."""
    words = {name: named(rng, name) for name in _names()}
    words |= _counts(rng, people) | _dates(rng, today) | place
    words |= {name: _number(rng, *limits) for name, limits in subject.numbers.items()}
    words |= {name: _days_ago(rng, name, *span, today) for name, span in subject.days.items()}
    return Scene(words)


def speaker(petitioner: Petitioner, today: date) -> dict[str, str]:
    """What the petitioner's own words and the answers to them need to know of the person."""
    polite = {"female": "女士", "male": "先生"}.get(petitioner.sex, "")
    age = today.year - petitioner.born.year if petitioner.born else 0
    called = petitioner.name if petitioner.organisation else petitioner.name[0]
    return {"name": petitioner.name, "surname": called, "polite": polite, "age": str(age)}


def named(rng: Random, name: str) -> str:
    """An invented name of that sort, such as a road, an estate or a firm."""
    return "".join(rng.choice(part) for part in _names()[name])


@cache
def _names() -> dict[str, tuple[tuple[str, ...], ...]]:
    places = read_toml("places.toml")
    return {
        name: tuple(
            (part[1:],) if part.startswith("=") else tuple(places["parts"][part])
            for part in recipe.split("+")
        )
        for name, recipe in places["names"].items()
    }


def _counts(rng: Random, people: int) -> dict[str, str]:
    return {
        "people": str(people if people > 1 else rng.randrange(6, 90)),
        "reps": str(representatives_of(people)),
        "households": str(rng.randrange(6, 60)),
        "months": str(rng.randrange(2, 15)),
        "weeks": str(rng.randrange(2, 7)),
        "years": str(rng.randrange(2, 8)),
        "floor": str(rng.randrange(2, 19)),
        "building": f"{rng.randrange(1, 28)}栋",
        "team": f"{_CHINESE_DIGITS[rng.randrange(1, 10)]}组",
        "bus": f"{rng.randrange(2, 48)}路",
        "family": str(rng.randrange(3, 7)),
        "stay": str(rng.randrange(3, 40)),
        "past": rng.choice(("三次", "两次", "多次")),
        "pages": str(rng.randrange(2, 18)),
    }


def _dates(rng: Random, today: date) -> dict[str, str]:
    lately = today - timedelta(days=rng.randrange(4, 28))
    before = lately - timedelta(days=rng.randrange(20, 60))
    earlier = before - timedelta(days=rng.randrange(90, 800))
    return {
        "date": month_and_day(lately, today),
        "month": _month_name(before, today),
        "earlier_month": f"{earlier.year}年{earlier.month}月",
        "year": str(earlier.year),
        "last_year": str(today.year - 1),
    }


def _number(rng: Random, low: float, high: float, step: float) -> str:
    count = round((high - low) / step)
    value = low + step * rng.randint(0, count)
    return f"{value:.1f}" if step < 1 else str(round(value))


def _days_ago(rng: Random, name: str, low: int, high: int, today: date) -> str:
    day = today - timedelta(days=rng.randint(low, high))
    return f"{day.year}年{day.month}月" if name.endswith("month") else month_and_day(day, today)


def month_and_day(day: date, today: date) -> str:
    """`3月5日`, with its year unless that is the year of `today`."""
    spoken = f"{day.month}月{day.day}日"
    return spoken if day.year == today.year else f"{day.year}年{spoken}"


def _month_name(day: date, today: date) -> str:
    return f"{day.month}月" if day.year == today.year else f"{day.year}年{day.month}月"


def _end_of_month(day: date) -> str:
    return f"{day.year}年{day.month}月底"
