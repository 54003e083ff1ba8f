"""Stories as they came out of the real actions: every row of a matter, to be poured again for other people elsewhere.

What the rules and the law decided stands in these rows: states, dates, clocks, who sees what. Pouring changes names
of places and people, numbers and texts' salts, and nothing that a rule or a date depends on.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from xinqiao.demo.bulk.places import Place
from xinqiao.demo.bulk.tables import model_of
from xinqiao.demo.load import Player
from xinqiao.demo.names import Petitioner
from xinqiao.demo.values import PlannedMatter
from xinqiao.rules.fields import FIELDS, FieldType

Row = dict[str, Any]
_UNITS = ("receiver", "referrer", "handler", "holder", "reviewer", "reexaminer")
_LISTS_OF_UNITS = ("involved", "reported_units")
_LISTS_OF_ACCOUNTS = ("recused", "reported_accounts")


@dataclass(frozen=True, kw_only=True)
class Mould:
    """The rows of one matter. `parties` are by contact: role, seat and which of `people`."""

    matter: Row
    entries: Sequence[Row]
    texts: Sequence[Row]
    involvements: Sequence[Row]
    walls: Sequence[Row]
    contacts: Sequence[Row]
    parties: Sequence[Sequence[tuple[str, int | None, int]]]
    people: Sequence[Petitioner]

    def moved(self, place: Place, accounts: Mapping[int, int]) -> "Mould":
        """The same in another city: its regions, units and accounts in place of those of the demonstration city."""
        move = _Move(place, accounts)
        return Mould(
            matter=move.matter(self.matter),
            entries=[move.entry(row) for row in self.entries],
            texts=self.texts,
            involvements=[
                row | {"unit": place.unit(row["unit"]), "region": place.region(row["region"])}
                for row in self.involvements
            ],
            walls=[move.wall(row) for row in self.walls],
            contacts=[
                row | {"recorded_by": move.account(row["recorded_by"])} for row in self.contacts
            ],
            parties=self.parties,
            people=self.people,
        )


class _Move:
    """What changes with the city."""

    def __init__(self, place: Place, accounts: Mapping[int, int]) -> None:
        self.place, self.accounts = place, accounts

    def account(self, account: int | None) -> int | None:
        return None if account is None else self.accounts[account]

    def unit(self, code: str) -> str:
        return self.place.unit(code) if code else ""

    def matter(self, row: Row) -> Row:
        region = self.place.region(row["region"])
        return row | {
            "receiver": self.unit(row["receiver"]),
            "holder": self.unit(row["holder"]),
            "handler": self.unit(row["handler"]),
            "officer": self.account(row["officer"]),
            "region": region,
            "city": region[: len(row["city"])],
            "county": region[: len(row["county"])],
            "facts": self._facts(row["facts"]),
        }

    def _facts(self, facts: Row) -> Row:
        moved: Row = {name: self.unit(facts[name]) for name in _UNITS}
        moved |= {name: sorted(map(self.unit, facts[name])) for name in _LISTS_OF_UNITS}
        moved |= {name: _in_order(map(self.account, facts[name])) for name in _LISTS_OF_ACCOUNTS}
        handled = ([level, self.account(account)] for level, account in facts["handled_by"])
        return facts | moved | {
            "handled_by": _in_order(handled),
            "officer": self.account(facts["officer"]),
            "region": self.place.region(facts["region"]),
        }  # fmt: skip

    def entry(self, row: Row) -> Row:
        payload = {name: self._field(name, value) for name, value in row["payload"].items()}
        moved = {"unit": self.unit(row["unit"]), "account": self.account(row["account"])}
        return row | moved | {"payload": payload}

    def _field(self, name: str, value: Any) -> Any:
        match FIELDS[name].type:
            case FieldType.UNIT:
                return self.unit(value)
            case FieldType.REGION:
                return self.place.region(value)
            case FieldType.ACCOUNT:
                return self.account(value)
            case FieldType.REFERENCE if name == "reported_units":
                return sorted(map(self.unit, value))
            case FieldType.REFERENCE if name == "reported_accounts":
                return sorted(self.accounts[one] for one in value)
            case _:
                return value

    def wall(self, row: Row) -> Row:
        return row | {"unit": self.unit(row["unit"]), "account": self.account(row["account"])}


def _in_order(values: Iterable[Any]) -> list[Any]:
    """In the order in which a snapshot keeps sets."""
    return sorted(values, key=str)


def played(stories: Iterable[PlannedMatter]) -> Iterator[Mould]:
    """Plays stories through the real actions into the database of this process, and reads each back as a mould."""
    player = Player()
    for story in stories:
        row = player.play(story)
        yield _read(row, story)
    if player.loaded.refused:
        raise RuntimeError(f"the rules refused steps of the plan: {dict(player.loaded.refused)}")


def _read(row: int, story: PlannedMatter) -> Mould:
    (matter,) = model_of("matter")._default_manager.filter(pk=row).values()
    of_matter = {
        name: list(model_of(name)._default_manager.filter(matter_id=row).order_by("id").values())
        for name in ("text", "involvement", "wall")
    }
    contacts = list(
        model_of("contact")._default_manager.filter(matter_id=row).order_by("seq").values()
    )
    people: dict[str, Petitioner] = {}
    parties = [
        _parties(contact, planned.petitioners, people)
        for contact, planned in zip(contacts, story.contacts, strict=True)
    ]
    return Mould(
        matter=matter,
        entries=list(
            model_of("entry")._default_manager.filter(matter_id=row).order_by("seq").values()
        ),
        texts=of_matter["text"],
        involvements=of_matter["involvement"],
        walls=of_matter["wall"],
        contacts=contacts,
        parties=parties,
        people=list(people.values()),
    )


def _parties(
    contact: Row, petitioners: Sequence[Petitioner], people: dict[str, Petitioner]
) -> list[tuple[str, int | None, int]]:
    """Who stands behind a contact, told by their place among the people of the matter."""
    rows = model_of("party")._default_manager.filter(contact_id=contact["id"]).order_by("id")
    places: dict[int, int] = {}
    found = []
    for card, role, seat in rows.values_list("petitioner_id", "role", "seat"):
        if card not in places:
            someone = petitioners[len(places)]
            people.setdefault(someone.key, someone)
            places[card] = list(people).index(someone.key)
        found.append((role, seat, places[card]))
    return found
