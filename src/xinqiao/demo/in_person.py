"""People who come in person in the chapters of the demonstration: what they bring, and how it is answered."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

from xinqiao.demo import catalogue, names
from xinqiao.demo.chapter import City, at
from xinqiao.demo.load import person_input, suggested, username
from xinqiao.intake.actions import receive
from xinqiao.intake.values import ContactInput, Receipt
from xinqiao.matters import actions as matters
from xinqiao.matters.clockwork import calendar
from xinqiao.people.values import PersonInput

OFFICE = "anqing-petition-office"
_CLEAR = {"policy_account": "clear", "procedure_account": "clear", "care_account": "clear"}
YEARS = timedelta(days=3 * 365)


@dataclass(frozen=True, kw_only=True)
class Concern:
    """What somebody brings: the unit in charge, the field, the words, what a leader decides on it, how it ends."""

    unit: str
    category: str
    subject: str
    body: str
    decided: str
    answer: str


CONCERNS = (
    Concern(
        unit="anqing-housing", category="housing.property", subject="小区电梯停运，老人上下楼困难",
        body="小区两部电梯停运四个月，楼里多是老人，上下楼很困难。请求督促物业修好电梯，公布维修资金账目。",
        decided="由市住房城乡建设局牵头，十个工作日内查清维修资金账目并公布，三十日内修复电梯。",
        answer="维修资金账目已在小区公布，两部电梯已修复并通过检验。",
    ),
    Concern(
        unit="anqing-human-resources", category="labour", subject="工地完工后工资没有结清",
        body="在工地做木工，完工三个月，还有一半工资没有发。请求督促项目方把工资结清。",
        decided="由市人力资源社会保障局五个工作日内核实欠薪名册，通过工资保证金先行支付。",
        answer="欠薪已核实，通过工资保证金全部发放到位。",
    ),
    Concern(
        unit="anqing-natural-resources", category="land", subject="征地补偿安置方案没有公示",
        body="村里的地征了，补偿标准和安置方案一直没有公示。请求公开方案，按标准补偿。",
        decided="由市自然资源和规划局会同区政府，十五日内公示补偿安置方案，逐户核对面积。",
        answer="补偿安置方案已公示，面积已逐户核对签字，补偿款已发放。",
    ),
    Concern(
        unit="anqing-education", category="education", subject="新小区孩子入学距离太远",
        body="新交付的小区没有划入附近学校的学区，孩子上学单程要一个小时。请求调整学区或者开通校车。",
        decided="由市教育体育局在下学期招生前研究学区调整方案，先开通一条定制公交线路。",
        answer="定制公交已经开通，学区调整方案已公布，下学期执行。",
    ),
    Concern(
        unit="anqing-ecology", category="environment", subject="夜间厂区噪声扰民",
        body="厂区夜间生产噪声很大，附近居民睡不好。请求监测噪声，督促整改。",
        decided="由市生态环境局七日内夜间监测，超标的责令加装隔声设施，完成前夜间停产。",
        answer="监测超标属实，企业已加装隔声设施，复测达标。",
    ),
)  # fmt: skip


def working_days(first: date, last: date) -> Iterator[date]:
    """The days between these two, both included, on which offices work."""
    for number in range((last - first).days + 1):
        day = first + timedelta(days=number)
        if calendar().is_working_day(day):
            yield day


def working_day(day: date) -> date:
    """The first day from this one on on which offices work."""
    return next(working_days(day, day + timedelta(days=15)))


def somebody(rng: Random) -> PersonInput:
    """An invented person from one of the townships."""
    county = rng.choice(catalogue.counties())
    region = rng.choice(catalogue.townships(county.code) or (county,))
    return person_input(names.person(rng, f"visitor {rng.random()}", region, "新桥村", (28, 76)))


def bring(
    city: City, rng: Random, concern: Concern, who: PersonInput, when: datetime, heads: int = 1
) -> Receipt:
    """Somebody brings a concern to the counter of the city's petition office, where it is registered."""
    clerk = city.person(username(OFFICE, "clerk"), when.date())
    speakers = [somebody(rng) for _ in range(min(2, heads - 1))]
    contact = ContactInput(
        unit=OFFICE, channel="visit", received_at=when, subject=concern.subject, body=concern.body,
        petitioners=[who], representatives=speakers, head_count=heads, level="city", designated_place=True,
    )  # fmt: skip
    receipt = receive(contact, by=clerk, now=when)
    region = rng.choice(catalogue.counties()).code
    fields = {"kind": "claim", "region": region, "category": concern.category, "path": "petition"}
    fields |= suggested(concern.subject, concern.body)
    matters.take(receipt.matter, "register", fields, by=clerk, now=when, tell=False)
    return receipt


def send_on(city: City, matter: int, concern: Concern, when: datetime) -> None:
    """The office sends it to the unit in charge."""
    head = city.person(username(OFFICE, "head"), when.date())
    fields = {"to_unit": concern.unit, "reason": "属于该单位职责范围。"}
    matters.take(matter, "transfer", fields, by=head, now=when, tell=False)


def settle(city: City, matter: int, concern: Concern, day: date, rng: Random) -> datetime | None:
    """The unit accepts it in the simple procedure and answers, as far as the calendar has come: when, or None."""
    accepted = at(working_day(day + timedelta(days=1)), 10)
    answered = at(working_day(day + timedelta(days=rng.randrange(4, 8))), 15)
    for step, when, fields in (
        ("accept", accepted, {"procedure": "simple"}),
        ("reply", answered, {"answer": concern.answer, **_CLEAR}),
    ):
        if when.date() >= city.today:
            return None
        officer = city.person(username(concern.unit, "officer"), when.date())
        matters.take(matter, step, fields, by=officer, now=when, tell=False)
    return answered
