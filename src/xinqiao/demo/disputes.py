"""Three years of screening in the demonstration city: two rounds a year, disputes found, handed over, mediated."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from xinqiao.demo import catalogue, names
from xinqiao.demo.chapter import City, Refused, at
from xinqiao.demo.load import person_input, username
from xinqiao.disputes import queries
from xinqiao.disputes.actions import mediations, register, rounds
from xinqiao.disputes.values import Finding, PartLine, RoundInput
from xinqiao.intake.values import ContactInput
from xinqiao.rules.disputes import Dispute, targets
from xinqiao.rules.mediations import INTERESTS
from xinqiao.rules.persons import Person
from xinqiao.rules.refusals import Refused as SaidNo

_YEARS = 3
#: The first day of each round of a year, month and day.
_ROUNDS = (("春季", 3, 5), ("秋季", 9, 6))
_LAST = timedelta(days=25)
#: One more is under way, called so long ago.
_RUNNING = timedelta(days=14)
#: How many counties look in a round, and how many disputes one of them finds at most.
_SCALE = {"small": (3, 2), "city": (10, 6)}
#: Between rounds a dispute is found every so many days.
_EVERY = {"small": 21, "city": 3}
_HANDED, _REFUSED, _MEDIATED, _FAILED = 0.55, 0.2, 0.5, 0.25
#: So many of the last days became matters.
_PETITIONED = {"small": 2, "city": 12}
#: By whom each kind of mediation is held here: the kind of office, and what it is called.
_OFFICES = {
    "peoples": ("peoples_committee", "镇人民调解委员会"),
    "administrative": ("organ", "行政调解室"),
    "neighbourhood": ("neighbourhood_committee", "社区邻里议事室"),
    "judicial": ("court", "人民法院诉前调解中心"),
}
_LOOKED = "走访了{n}个村（社区），查看了工地、小区和市场，听取了村（居）民委员会的意见。"


@dataclass
class _Playing:
    """What is being played: the city, its dice, what was refused; nothing happens after `city.today`."""

    city: City
    dice: Random
    refused: Refused = field(default_factory=Counter)

    def person(self, unit: str, day: date) -> Person:
        """Who acts for a unit: its clerk, or its officer where it has none; townships and governments their head."""
        for role in ("clerk", "officer", "head"):
            if username(unit, role) in self.city.accounts:
                return self.city.person(username(unit, role), day)
        raise LookupError(unit)

    def later(self, day: date, least: int, most: int) -> date:
        return day + timedelta(days=self.dice.randint(least, most))

    def does(self, verb: str, day: date, act: Callable[[], Any]) -> Any:
        """Does it if the day has come; counts a refusal. None where nothing was done."""
        if day > self.city.today:
            return None
        try:
            return act()
        except SaidNo as no:
            self.refused[verb, no.refusal.code] += 1
            return None


def play(city: City, dice: Random) -> Refused:
    """Plays the rounds of three years and what became of what they found."""
    playing = _Playing(city, dice)
    office = catalogue.petition_office(catalogue.CITY)
    for name, day in _days(city.today):
        _round(playing, office.code, office.region, name, day)
    _between(playing)
    return playing.refused


def _between(playing: _Playing) -> None:
    """Disputes come up between rounds, too: the petition office of a county enters what it is told of."""
    every = _EVERY[playing.city.size]
    day = playing.city.today - timedelta(days=365 * _YEARS)
    while (day := playing.later(day, 1, 2 * every)) <= playing.city.today:
        office = catalogue.petition_office(playing.dice.choice(catalogue.counties()).code)
        found = _find(playing, office.code, office.region, day)
        if found is not None:
            _settle(playing, found[0], office.code, found[1], day)
    for _ in range(_PETITIONED[playing.city.size]):
        _petition(playing, playing.city.today - timedelta(days=playing.dice.randint(4, 12)))


def _petition(playing: _Playing, day: date) -> None:
    """Somebody does not wait and petitions about it: the dispute becomes a matter. Their offices still have it."""
    office = catalogue.petition_office(playing.dice.choice(catalogue.counties()).code).code
    found = _find(playing, office, catalogue.units()[office].region, day)
    if found is None:
        return
    (dispute, subject, _), day = found, day + timedelta(days=2)
    where = playing.dice.choice(catalogue.townships(catalogue.units()[office].region))
    who = names.person(playing.dice, f"dispute-{dispute}", where, "新村", (25, 70))
    contact = ContactInput(
        unit=office, channel="visit", received_at=at(day, 9), subject=subject["subject"],
        body=f"{subject['subject']}，请求协调解决。", petitioners=[person_input(who)], level="county",
        designated_place=True,
    )  # fmt: skip
    by = playing.person(office, day)
    playing.does(
        "become_matter", day,
        lambda: register.become_matter(dispute, contact, "petition", by=by, now=at(day, 9)),
    )  # fmt: skip


def _days(today: date) -> Iterator[tuple[str, date]]:
    for year in range(today.year - _YEARS, today.year + 1):
        for season, month, first in _ROUNDS:
            day = date(year, month, first)
            if day <= today and (today - day).days <= 366 * _YEARS:
                yield f"{year}年{season}矛盾纠纷排查", day
    yield "重点领域专项排查", today - _RUNNING


def _round(playing: _Playing, office: str, region: str, name: str, day: date) -> None:
    """A round over the city: county offices look in their counties, the housing department in all of them."""
    counties, _ = _SCALE[playing.city.size]
    areas = playing.dice.sample([one.code for one in catalogue.counties()], counties)
    parts = [(catalogue.petition_office(area).code, area) for area in sorted(areas)]
    said = RoundInput(
        title=name, unit=office, region=region, first_day=day, last_day=day + _LAST,
        parts=[*parts, ("anqing-housing", region)],
    )  # fmt: skip
    by = playing.person(office, day)
    round_id = playing.does("call", day, lambda: rounds.call(said, by=by, now=at(day)))
    if round_id is None:
        return
    lines = queries.parts_of(by, round_id, at(day))
    reported = [_look(playing, line, day) for line in lines]
    closing = day + _LAST + timedelta(days=3)
    if all(reported):
        playing.does("close", closing, lambda: rounds.close(round_id, by=by, now=at(closing, 16)))


def _look(playing: _Playing, part: PartLine, day: date) -> bool:
    """A unit looks in its part and reports; whether it has reported by today."""
    _, most = _SCALE[playing.city.size]
    found = playing.dice.randint(0, most)
    done = playing.later(day, 12, 24)
    tried = [
        _find(playing, part.unit, part.region, playing.later(day, 1, 11), part.id)
        for _ in range(found)
    ]
    entered = [one for one in tried if one is not None]
    words = _LOOKED.format(n=playing.dice.randint(4, 18))
    by = playing.person(part.unit, done)
    nothing = not entered

    def report() -> bool:
        rounds.report(part.id, words, nothing=nothing, by=by, now=at(done, 17))
        return True

    reported = bool(playing.does("report", done, report))
    for dispute, subject, since in entered:
        _settle(playing, dispute, part.unit, subject, max(since, day))
    return reported


def _find(
    playing: _Playing, unit: str, region: str, day: date, part: int | None = None
) -> tuple[int, Mapping[str, Any], date] | None:
    """A unit enters a dispute in its area; its row, its subject and the day."""
    dice = playing.dice
    subject = dice.choice(_subjects())
    if unit == "anqing-housing":
        subject = dice.choice([one for one in _subjects() if one["category"].startswith("housing")])
    county = region if region != catalogue.CITY else dice.choice(catalogue.counties()).code
    place = dice.choice(catalogue.townships(county))
    finding = Finding(
        unit=unit, region=place.code, place=f"{place.name}{subject['place'].format(n=dice.randint(1, 12))}",
        subject=subject["subject"], category=subject["category"], roles=subject["roles"],
        households=dice.randint(*subject["households"]),
        people=dice.randint(*subject.get("people", (0, 0))),
        yes=[one for one in subject["yes"] if dice.random() < 0.6], remedy=subject["remedy"], part=part,
    )  # fmt: skip
    by = playing.person(unit, day)
    row = playing.does("find", day, lambda: register.find(finding, by=by, now=at(day, 15)))
    return (row, subject, day) if row is not None else None


def _subjects() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = catalogue.read_toml("disputes.toml")["dispute"]
    return found


# -- what becomes of one ------------------------------------------------------------------------------------------


def _settle(
    playing: _Playing, dispute: int, unit: str, subject: Mapping[str, Any], day: date
) -> None:
    """Handed over or kept, taken with a day, then settled on the spot or by mediation."""
    holder = _handed(playing, dispute, unit, day)
    if holder is None:
        return
    unit, day = holder
    if playing.dice.random() < _MEDIATED:
        _mediate(playing, dispute, unit, subject, playing.later(day, 3, 12))
        return
    visited, settled = playing.later(day, 2, 8), playing.later(day, 10, 40)
    _moves(
        playing,
        dispute,
        unit,
        visited,
        "record_visit",
        dispute_note="到现场了解情况，分别听取了双方意见。",
    )
    if _moves(
        playing, dispute, unit, settled, "settle", how_settled=f"{subject['remedy']}，双方认可。"
    ):
        closed = playing.later(settled, 20, 60)
        _moves(playing, dispute, unit, closed, "close", dispute_note="回访属实，问题没有反复。")


def _handed(playing: _Playing, dispute: int, unit: str, day: date) -> tuple[str, date] | None:
    """Who has taken it, and when; None where nobody has by today."""
    dice, by = playing.dice, playing.person(unit, day)
    sheet = queries.sheet(by, dispute, at(day, 15))
    in_charge = _targets(sheet.known, day) if sheet else []
    if dice.random() > _HANDED or not in_charge:
        taken = {"settle_by": day + timedelta(days=45)}
        return (unit, day) if _moves(playing, dispute, unit, day, "take_on", **taken) else None
    to, sent = dice.choice(in_charge[:2]), playing.later(day, 0, 2)
    if not _moves(playing, dispute, unit, sent, "hand_over", to_unit=to):
        return None
    if dice.random() < _REFUSED:
        decided = _decided(playing, dispute, to, sent)
        if decided is None:
            return None
        to, sent = decided
    taken_on = playing.later(sent, 0, 3)
    fields = {"settle_by": taken_on + timedelta(days=45)}
    return (
        (to, taken_on) if _moves(playing, dispute, to, taken_on, "acknowledge", **fields) else None
    )


def _targets(known: Dispute, day: date) -> list[str]:
    """Units in charge that have people in this city."""
    found = targets(known, catalogue.tree(), day)
    return [code for code in found if catalogue.units()[code].categories]


def _decided(playing: _Playing, dispute: int, unit: str, day: date) -> tuple[str, date] | None:
    """The unit refuses, and the level above says that it is its own all the same."""
    refused, decided = playing.later(day, 1, 3), playing.later(day, 4, 7)
    if not _moves(playing, dispute, unit, refused, "refuse", reason="认为应当由属地负责。"):
        return None
    above = catalogue.units()[unit].parent or ""
    reason = "按照职责分工，由该单位负责化解。"
    if _moves(playing, dispute, above, decided, "decide", to_unit=unit, reason=reason):
        return unit, decided
    return None


def _moves(playing: _Playing, dispute: int, unit: str, day: date, step: str, **fields: Any) -> bool:
    by = playing.person(unit, day)

    def act() -> bool:
        register.move(dispute, step, fields, by=by, now=_afternoon(day))
        return True

    return bool(playing.does(step, day, act))


def _afternoon(day: date) -> datetime:
    return at(day, 16)


def _mediate(
    playing: _Playing, dispute: int, unit: str, subject: Mapping[str, Any], day: date
) -> None:
    """A mediation by the people's committee of the place: agreed, held, and settled or not."""
    by, dice = playing.person(unit, day), playing.dice
    first, second = subject["roles"][:2]
    request = {
        "mediation_kind": dice.choice(["peoples", "peoples", "administrative", "neighbourhood", "judicial"]),
        "side_a": first, "side_b": second, "asked_by": dice.choice(["side_a", "both", "office"]),
        "mediation_about": subject["subject"],
    }  # fmt: skip
    row = playing.does(
        "request", day,
        lambda: mediations.request_for_dispute(dispute, request, by=by, now=_afternoon(day)),
    )  # fmt: skip
    if row is None:
        return
    office, called = _OFFICES[request["mediation_kind"]]
    outside = {"outside_office": office, "office_name": called}
    steps: list[tuple[int, str, dict[str, Any]]] = [
        (1, "consent", {"side": "side_a", "consents": True}),
        (2, "consent", {"side": "side_b", "consents": True}),
        (2, "name_mediator", outside | dict.fromkeys(INTERESTS, False)),
        (3, "begin", {}),
        (6, "hold_session", {"place": "调解室", "record": "双方说明了理由，提出了各自的方案。"}),
    ]
    if dice.random() < _FAILED:
        path = {
            "path": "litigation",
            "organ_and_limit": "可以向有管辖权的人民法院起诉，诉讼时效三年。",
        }
        steps.append((12, "fail", {"reason": "双方差距较大，没有达成一致。"} | path))
    else:
        steps.append((14, "settle", {"agreement": subject["terms"]}))
        steps.append((40, "execute", {"dispute_note": "已按协议履行。"}))
    for after, step, fields in steps:
        if not _mediates(playing, row, unit, day + timedelta(days=after), step, fields):
            return
    closed = day + timedelta(days=50)
    kept = steps[-1][1] == "execute"
    note = "协议已履行，回访属实。" if kept else "当事人已经向人民法院起诉。"
    _moves(playing, dispute, unit, closed, "close", dispute_note=note)


def _mediates(
    playing: _Playing, row: int, unit: str, day: date, step: str, fields: dict[str, Any]
) -> bool:
    dated = {"consent": "consent_on", "hold_session": "session_on", "execute": "executed_on"}
    if step in dated:
        fields[dated[step]] = day
    if step == "settle":
        fields["carry_out_by"] = day + timedelta(days=30)
    by = playing.person(unit, day)

    def act() -> bool:
        mediations.move(row, step, fields, by=by, now=_afternoon(day))
        return True

    return bool(playing.does(step, day, act))
