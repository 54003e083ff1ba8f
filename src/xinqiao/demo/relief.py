"""The hardship fund of the demonstration city: three years of budgets, requests, approvals, payments, returns."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from io import BytesIO
from random import Random

from xinqiao.demo import catalogue
from xinqiao.demo.chapter import City, Refused, at
from xinqiao.demo.load import username
from xinqiao.evidence import actions as evidence
from xinqiao.evidence.values import MATTER, Owner
from xinqiao.intake import queries as intake
from xinqiao.matters import queries as matters
from xinqiao.matters.actions import load
from xinqiao.people import queries as people
from xinqiao.relief import actions, books, queries
from xinqiao.relief.values import Wanted
from xinqiao.rules import refusals, relief
from xinqiao.rules.entries import SHANGHAI
from xinqiao.rules.relief import Hand
from xinqiao.rules.relief_books import Account, Kind
from xinqiao.rules.states import Kind as MatterKind
from xinqiao.rules.states import State

_YUAN = 100
_YEARS = 3
#: Of so many matters one leads to a request.
_ONE_IN = {"small": 5, "city": 14}
#: Kinds of need with what is asked for, in hundreds of yuan, and the words of the need.
_NEEDS: Mapping[str, tuple[range, str]] = {
    "medical": (range(20, 420), "家庭成员患重大疾病住院，医保报销后自付部分仍然较大，经社区走访核实无力负担。"),
    "living": (range(10, 29), "家庭主要劳动力失去收入来源，基本生活暂时困难，已到户核实。"),
    "housing": (range(30, 260), "房屋经鉴定为危房，无力自筹修缮费用，村委会已出具证明并拍照留存。"),
    "schooling": (range(15, 80), "子女正在就学，学费和生活费无力筹措，学校已出具就读证明。"),
    "accident": (range(30, 300), "家中遭受意外灾害，损失较大，应急、民政部门已经查勘。"),
}  # fmt: skip
_WHYS = {
    "social_relief": "已向民政部门核实：家庭收入略高于低保标准，临时救助额度不足以解决。",
    "judicial_relief": "不属于涉法涉诉事项，不符合国家司法救助条件。",
    "insurance": "医疗保险已按规定报销，无商业保险和工伤认定。",
}
_AGAIN = "前次救助后困难仍未缓解，经再次入户核实，确需继续帮助。"
_Event = tuple[datetime, int, Callable[[], None]]


@dataclass
class _Story:
    """One request that is going to be made: on which matter, and, once made, which it is."""

    matter: int
    office: str
    handler: str
    region: str
    need: str
    amount: int
    begins: date
    made: int | None = None


def play(city: City, dice: Random) -> Refused:
    """Plays the chapter; gives what the rules refused, which should be nothing."""
    stories = _stories(city, dice)
    events = [*_budgets(city, stories)]
    for story in stories:
        events += _course(city, story, dice, len(events))
    refused: Refused = Counter()
    for _when, _number, event in sorted(events, key=lambda one: one[:2]):
        try:
            event()
        except refusals.Refused as fault:
            refused["relief", fault.refusal.code] += 1
    return refused


def _stories(city: City, dice: Random) -> list[_Story]:
    """Which matters lead to a request, each some days after its last step."""
    office = catalogue.petition_office(catalogue.CITY).code
    clerk = city.person(username(office, "clerk"), city.today)
    first_year, found = city.today.year - _YEARS + 1, []
    rows = (
        matters.scope(clerk, at(city.today))
        .filter(kind=MatterKind.CLAIM)
        .exclude(state=State.RECEIVED)
    )
    for line in matters.lines(rows.order_by("id")):
        if dice.randrange(_ONE_IN[city.size]):
            continue
        last = load(line.id)[-1].at.astimezone(SHANGHAI).date()
        begins = last + timedelta(days=dice.randrange(2, 25))
        if begins.year < first_year or begins > city.today:
            continue
        need = dice.choice(sorted(_NEEDS))
        amount = dice.choice(_NEEDS[need][0]) * 100 * _YUAN
        found.append(_Story(
            matter=line.id, office=_fund_of(line.region, amount, begins), handler=line.handler,
            region=line.region, need=need, amount=amount, begins=begins,
        ))  # fmt: skip
    return found


def _fund_of(region: str, amount: int, day: date) -> str:
    """Small help comes from the county, larger from the city."""
    offices = queries.offices_for(region, at(day))
    small = amount <= (relief.default_limits().levels[0].up_to_fen or 0)
    return offices[0] if small else catalogue.petition_office(catalogue.CITY).code


def _budgets(city: City, stories: Sequence[_Story]) -> Iterator[_Event]:
    """Each fund opens before its year with what its year will need and something over; the city's gets a supplement."""
    needed: defaultdict[tuple[str, int], int] = defaultdict(int)
    own = catalogue.petition_office(catalogue.CITY).code
    for year in range(city.today.year - _YEARS + 1, city.today.year + 1):
        needed[own, year] = 0
    for story in stories:
        for year in {story.begins.year, min(story.begins.year + 1, city.today.year)}:
            needed[story.office, year] += story.amount
    for number, ((office, year), amount) in enumerate(sorted(needed.items())):
        budget = (amount * 5 // 4 // (10_000 * _YUAN) + 1) * 10_000 * _YUAN
        opens = date(year - 1, 12, 20)
        yield at(opens, 9), -1000 + number, partial(_open, city, office, year, budget, opens)
        more = date(year, 6, 20)
        if office == own and more <= city.today:
            yield at(more), number, partial(_supplement, city, office, year, budget // 10, more)


def _open(city: City, office: str, year: int, budget: int, day: date) -> None:
    head = city.person(username(office, "head"), day)
    sources = {Account.FISCAL: budget * 4 // 5, Account.SUPERIOR: budget - budget * 4 // 5}
    books.open_fund(
        office, year, sources, f"财社〔{year}〕{year % 90 + 10}号", by=head, now=at(day, 9)
    )


def _supplement(city: City, office: str, year: int, amount: int, day: date) -> None:
    head = city.person(username(office, "head"), day)
    fund = queries.funds(head, at(day)).get(office=office, year=year).pk
    books.add(
        fund, Kind.SUPPLEMENT, Account.DONATED, amount, f"捐赠登记{year}-06", by=head, now=at(day)
    )


def _course(city: City, story: _Story, dice: Random, number: int) -> Iterator[_Event]:
    """What becomes of a request, as far as the days up to today allow: the rest still waits."""
    levels = relief.default_limits().approvals(story.amount)
    outcome = dice.choices(("paid", "refused", "dropped", "returned"), (82, 8, 5, 5))[0]
    verbs: list[Callable[[date], None]] = [partial(_ask, city, story)]
    last_role = levels[-1]
    if len(levels) == 2:
        verbs.append(partial(_check, city, story, levels[0]))
    if (outcome == "refused" and len(levels) == 1) or outcome == "refused":
        verbs.append(partial(_refuse, city, story, last_role))
    else:
        verbs.append(partial(_approve, city, story, last_role))
        verbs += (
            [partial(_drop, city, story)] if outcome == "dropped" else [partial(_pay, city, story)]
        )
    if outcome == "returned":
        verbs.append(partial(_return, city, story))
    day = story.begins
    for verb in verbs:
        if day > city.today:
            return
        number += 1
        yield at(day, 10 + number % 6), number, partial(verb, day)
        day += timedelta(days=dice.randrange(1, 12))


def _ask(city: City, story: _Story, day: date) -> None:
    contacts = [line.id for line in intake.of_matter(story.matter)]
    petitioner = people.petitioners_of(contacts)[0]
    asking = story.handler or story.office
    role = "officer" if story.handler else "clerk"
    by = city.person(username(asking, role), day)
    if queries.is_pending(petitioner, story.need):
        return  # a person would wait, too
    before = queries.help_before(petitioner, story.need, person=by, now=at(day))
    wanted = Wanted(
        office=story.office, petitioner=petitioner, need=story.need, amount=story.amount,
        hardship=_NEEDS[story.need][1], paths={path: (False, why) for path, why in _WHYS.items()},
        again_why=_AGAIN if before else "",
    )  # fmt: skip
    story.made = actions.request(story.matter, wanted, by=by, now=at(day))


def _hand(city: City, story: _Story, hand: Hand, day: date) -> str:
    match hand:
        case Hand.GOVERNMENT_HEAD:
            return username(queries.government_of(story.office), "head")
        case Hand.OFFICE_HEAD:
            return username(story.office, "head")
        case _:
            return username(story.office, "officer", 1)


def _check(city: City, story: _Story, hand: Hand, day: date) -> None:
    if story.made:
        by = city.person(_hand(city, story, hand, day), day)
        actions.check(story.made, reason="情况属实，建议救助。", by=by, now=at(day))


def _approve(city: City, story: _Story, hand: Hand, day: date) -> None:
    if story.made:
        actions.approve(story.made, by=city.person(_hand(city, story, hand, day), day), now=at(day))


def _refuse(city: City, story: _Story, hand: Hand, day: date) -> None:
    if story.made:
        by = city.person(_hand(city, story, hand, day), day)
        actions.refuse(
            story.made, reason="经核实可由临时救助解决，已转民政部门办理。", by=by, now=at(day)
        )


def _drop(city: City, story: _Story, day: date) -> None:
    if story.made:
        by = city.person(username(story.office, "clerk"), day)
        actions.drop(
            story.made, reason="困难已由慈善捐助解决，申请人不再需要。", by=by, now=at(day)
        )


def _pay(city: City, story: _Story, day: date) -> None:
    if story.made:
        by = city.person(username(story.office, "clerk"), day)
        proof = f"银行转账凭证\n日期：{day.isoformat()}\n救助申请：{story.made}\n".encode()
        kept = evidence.keep(
            BytesIO(proof), name="转账凭证.txt", owner=Owner(kind=MATTER, id=story.matter), by=by, now=at(day)
        )  # fmt: skip
        actions.pay(story.made, paid_on=day, files=[kept.sha256], by=by, now=at(day))


def _return(city: City, story: _Story, day: date) -> None:
    if story.made:
        by = city.person(username(story.office, "clerk"), day)
        back, why = story.amount // 4, "部分费用事后报销，退回多发部分。"
        actions.give_back(story.made, amount=back, reason=why, files=[], by=by, now=at(day))
