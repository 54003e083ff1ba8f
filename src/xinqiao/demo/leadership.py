"""Three years of leaders in charge: cases with visits and promises, joint conferences each quarter, who answers.

Each matter is taken up after what happened to it last, so that its ledger goes on as one would have lived it.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from django.db import transaction

from xinqiao.demo import catalogue
from xinqiao.demo.chapter import City, Refused, at
from xinqiao.demo.load import username
from xinqiao.directory import queries as directory
from xinqiao.duties import actions as duties
from xinqiao.duties import queries as owed
from xinqiao.duties.values import Source
from xinqiao.leadership.actions import conferences, leads, responsibility
from xinqiao.leadership.values import Meeting, Promise
from xinqiao.matters import queries as matters
from xinqiao.rules import refusals
from xinqiao.rules.duties import SourceKind
from xinqiao.rules.entries import SHANGHAI
from xinqiao.rules.leadership import ConferenceOutcome, LeadOutcome, Responsible
from xinqiao.rules.persons import Person
from xinqiao.rules.states import Kind, State
from xinqiao.rules.units import UnitKind

_OFFICE, _GOVERNMENT = "anqing-petition-office", "anqing-government"
_CASES = {"small": 8, "city": 150}
_A_MEETING = {"small": 1, "city": 3}
_MEETINGS = 12
#: So many cases the head of the city government is in charge of today.
_RUNNING = 3
_CALLED = ("anqing-housing", "anqing-human-resources", "anqing-natural-resources")
_OUTCOMES = (LeadOutcome.SETTLED, LeadOutcome.SETTLED, LeadOutcome.EXPLAINED)
_ROLES = (
    (Responsible.FIRST, "head"),
    (Responsible.IN_CHARGE, "officer"),
    (Responsible.MEMBER, "officer2"),
)
_PLACES = ("小区现场", "项目工地", "村委会", "社区服务中心")
_MEASURES = (
    "牵头召开协调会，明确责任单位和完成时限。", "约谈相关企业负责人，筹措资金，分批兑付。",
    "组织现场核查，听取住户意见，逐户答复。", "由主管部门提出方案，法律顾问参加论证。",
)  # fmt: skip
_PROGRESS = (
    "已召开两次协调会，各方对解决方案基本达成一致。", "资金已落实一半，其余部分正在走审批程序。",
    "已完成现场核查，正在起草答复意见。", "已与当事各方分别沟通，剩余分歧集中在补偿标准上。",
)  # fmt: skip
_FOUND = (
    "现场查看，反映的情况基本属实，影响范围比来信所述更大。", "与住户代表座谈，主要诉求是明确时间表。",
    "设施老化严重，需要先做安全检测再定维修方案。", "问题由历史遗留手续不全引起，需要多个部门配合补办。",
)  # fmt: skip
_PROMISES = (
    "十日内完成现场检测并公布结果", "月底前拿出维修方案并征求意见", "逐户登记，二十日内答复", "补办手续，专人负责跟进",
    "协调资金，按进度拨付",
)  # fmt: skip
_DONE = ("已按承诺完成，结果已公布。", "方案已经征求意见并开始实施。", "已逐户答复，材料归档。")
_DECISIONS = (
    "由责任单位牵头，相关部门配合，限期办结并报告。", "同意按方案办理，所需资金由财政统筹。",
    "先行解决最急迫的部分，其余列入年度计划。",
)  # fmt: skip
_SUBJECTS = (
    "上一季度信访形势和重点领域",
    "物业管理领域突出问题的源头治理",
    "农民工工资支付保障工作",
)
_FIELDS = ("物业管理", "征地补偿", "农民工工资", "社会保险", "环境保护")


@dataclass(frozen=True)
class _Matter:
    """A matter to be taken up, and when somebody acted on it last."""

    id: int
    handler: str
    region: str
    last: datetime


def chapter(city: City, dice: Random) -> Refused:
    """Plays it all; gives what the rules refused, which should be nothing."""
    play = _Play(city, dice)
    play.cases()
    play.meetings()
    play.responsible()
    return play.refused


class _Play:
    """The chapter on its way. A matter is used once."""

    def __init__(self, city: City, dice: Random) -> None:
        self.city, self.dice = city, dice
        self.refused: Refused = Counter()
        found = list(_pool(city, dice))
        cases = min(_CASES[city.size], len(found) // 2)
        latest = sorted(found, key=lambda one: one.last)[-_RUNNING:]  # so that some cases run today
        others = [one for one in found if one not in latest]
        self.for_cases, self.for_meetings = latest + others[:cases], others[cases:]

    def person(self, name: str, moment: datetime) -> Person:
        return self.city.person(name, moment.date())

    def tries(self, action: Callable[..., Any], *values: Any, **named: Any) -> Any:
        """Does something, or counts that it was refused; then nothing of it is written."""
        try:
            with transaction.atomic():
                return action(*values, **named)
        except refusals.Refused as refused:
            self.refused[action.__name__, refused.refusal.code] += 1
            return None

    # -- cases ------------------------------------------------------------------------------------------------

    def cases(self) -> None:
        for place, matter in enumerate(self.for_cases):
            self._case(
                matter, _GOVERNMENT if place < _RUNNING else self.dice.choice(self._leading(matter))
            )

    def _case(self, matter: _Matter, unit: str) -> None:
        start = _office_hours(matter.last + timedelta(days=self.dice.randint(2, 9)))
        if start.date() >= self.city.today:
            return
        settle_by = start.date() + timedelta(days=self.dice.choice((60, 90, 120)))
        lead = self.tries(
            leads.assign, matter.id, leader=self.city.accounts[f"{unit}.head"], unit=unit,
            measures=self.dice.choice(_MEASURES), settle_by=settle_by,
            by=self.person(f"{_OFFICE}.head", start), now=start,
        )  # fmt: skip
        if lead is not None:
            self._go_on(lead, unit, start)

    def _go_on(self, lead: int, unit: str, start: datetime) -> None:
        """Progress, a visit with promises, what became of them, the end: as far as the calendar has come."""
        moment = start
        for step in ("progress", "visit", "progress", "end"):
            moment = _office_hours(moment + timedelta(days=self.dice.randint(8, 25)))
            if moment.date() >= self.city.today or (step == "end" and self.dice.random() < 0.15):
                return
            by = self.person(f"{unit}.head", moment)
            if step == "progress":
                self.tries(
                    leads.report_progress, lead, self.dice.choice(_PROGRESS), by=by, now=moment
                )
            elif step == "visit":
                moment = self._visit(lead, unit, by, moment)
            else:
                outcome = self.dice.choice(_OUTCOMES)
                self.tries(leads.end, lead, outcome, "各项措施已经落实。", by=by, now=moment)

    def _visit(self, lead: int, unit: str, by: Person, moment: datetime) -> datetime:
        """Returns when the last of what was promised was settled, or the moment of the visit."""
        due = moment.date() + timedelta(days=self.dice.choice((10, 20, 30)))
        visit = self.tries(
            leads.visit, lead, visited_at=moment, place=self.dice.choice(_PLACES), found=self.dice.choice(_FOUND),
            promises=[Promise(words=self.dice.choice(_PROMISES), unit=unit, due=due)], by=by, now=moment,
        )  # fmt: skip
        if visit is None:
            return moment
        return self._settle(Source(kind=SourceKind.FIELD_VISIT, id=visit), by, moment, due)

    def _settle(self, source: Source, giver: Person, moment: datetime, due: date) -> datetime:
        """The owing unit reports its duties done, mostly in time, and the giving side confirms."""
        for duty in owed.of_source(giver, source, moment):
            days = 9 if self.dice.random() < 0.2 else -2
            done = _office_hours(at(due) + timedelta(days=days))
            done = max(done, _office_hours(moment + timedelta(days=1)))
            if done.date() >= self.city.today or self.dice.random() < 0.1:
                continue
            by = self.person(self._officer(duty.unit), done)
            self.tries(duties.report_done, duty.id, self.dice.choice(_DONE), by=by, now=done)
            moment = _office_hours(done + timedelta(days=1))
            if moment.date() < self.city.today:
                self.tries(duties.confirm, duty.id, by=self._another(giver, by, moment), now=moment)
        return moment

    def _officer(self, unit: str) -> str:
        name = username(unit, "officer")
        return name if name in self.city.accounts else f"{unit}.head"

    def _another(self, giver: Person, reporter: Person, moment: datetime) -> Person:
        """The giver, or a colleague where the giver reported it: nobody confirms what they reported."""
        if giver.account != reporter.account:
            return giver
        return self.person(username(min(giver.units()), "officer", 1), moment)

    def _leading(self, matter: _Matter) -> list[str]:
        """The units whose head may take charge: of the city, of the county, of who handles it."""
        counties = [
            one.code for one in directory.units().by_code.values()
            if one.kind is UnitKind.GOVERNMENT and one.region == matter.region[:6]
        ]  # fmt: skip
        found = [_GOVERNMENT, *counties, matter.handler]
        return [one for one in found if f"{one}.head" in self.city.accounts]

    # -- conferences ------------------------------------------------------------------------------------------

    def meetings(self) -> None:
        for place in range(_MEETINGS, -1, -1):
            meets = _office_hours(at(self.city.today - timedelta(days=91 * place - 10)))
            before = _office_hours(meets - timedelta(days=12))
            self._meeting(meets, min(before, at(self.city.today - timedelta(days=2))))

    def _meeting(self, meets: datetime, planned: datetime) -> None:
        meeting = Meeting(
            unit=_OFFICE, meets_at=meets, place="市政府第二会议室", called=_CALLED,
            chair=self.city.accounts[f"{_GOVERNMENT}.head"],
        )  # fmt: skip
        done: dict[str, Any] = {"by": self.person(f"{_OFFICE}.head", planned), "now": planned}
        made = self.tries(conferences.plan, meeting, **done)
        if made is None:
            return
        subject = self.dice.choice(_SUBJECTS)
        item = self.tries(
            conferences.propose, made, matter=None, subject=subject, reason="需要统一研究。", **done
        )
        self.tries(conferences.answer_proposal, item, True, **done)
        items = [item] + [
            self.tries(conferences.put_on, made, matter=one.id, criteria=["long_overdue"], **done)
            for one in self._before(planned)
        ]
        if meets.date() < self.city.today:
            self._held(made, [one for one in items if one is not None], meets)

    def _held(self, made: int, items: list[int], meets: datetime) -> None:
        by, after = self.person(f"{_OFFICE}.head", meets), meets + timedelta(hours=2)
        due = meets.date() + timedelta(days=30)
        for item in items:
            promise = Promise(
                words=self.dice.choice(_PROMISES), unit=self.dice.choice(_CALLED), due=due
            )
            self.tries(
                conferences.decide, item, ConferenceOutcome.MEASURES, self.dice.choice(_DECISIONS),
                handed_out=[promise], by=by, now=after,
            )  # fmt: skip
            self._settle(Source(kind=SourceKind.CONFERENCE, id=item), by, after, due)
        came = {unit: self.dice.random() < 0.9 for unit in _CALLED}
        self.tries(conferences.note_attendance, made, came, {}, by=by, now=after)
        self.tries(conferences.hold, made, by=by, now=after)

    def _before(self, planned: datetime) -> list[_Matter]:
        """Matters on which somebody acted last before the meeting was planned, the latest of them."""
        fitting = [one for one in self.for_meetings if one.last < planned]
        chosen = sorted(fitting, key=lambda one: one.last)[-_A_MEETING[self.city.size] :]
        self.for_meetings = [one for one in self.for_meetings if one not in chosen]
        return chosen

    # -- responsibility ---------------------------------------------------------------------------------------

    def responsible(self) -> None:
        for year in range(self.city.today.year - 2, self.city.today.year + 1):
            moment = at(min(date(year, 2, 1), self.city.today - timedelta(days=1)))
            for unit in (_GOVERNMENT, _OFFICE, *_CALLED):
                by = self.person(f"{unit}.head", moment)
                for kind, role in _ROLES:
                    account = self.city.accounts[f"{unit}.{role}"]
                    field = self.dice.choice(_FIELDS) if kind is Responsible.MEMBER else ""
                    self.tries(
                        responsibility.name, unit, year, kind, account, field, by=by, now=moment
                    )


def _pool(city: City, dice: Random) -> Iterator[_Matter]:
    """Claims of the city that somebody handles, in an order of chance."""
    office = city.person(f"{_OFFICE}.head", city.today)
    claims = matters.scope(office, at(city.today)).filter(kind=Kind.CLAIM, city=catalogue.CITY[:4])
    handled = (
        claims.exclude(handler="")
        .exclude(state__in=[State.RECEIVED, State.WITHDRAWN])
        .order_by("id")
    )
    rows = list(handled.values_list("id", "handler", "region"))
    dice.shuffle(rows)
    most = _CASES[city.size] + 3 * _MEETINGS * _A_MEETING[city.size]
    for row, handler, region in rows[:most]:
        last = matters.told(row)[-1].at.astimezone(SHANGHAI)
        if last.date() < city.today - timedelta(days=14):
            yield _Matter(row, handler, region, last)


def _office_hours(moment: datetime) -> datetime:
    """The same day at ten, or the Monday after a weekend."""
    local = moment.astimezone(SHANGHAI)
    beyond = max(0, local.isoweekday() - 5)
    day = local.date() + timedelta(days=3 - beyond if beyond else 0)
    return datetime.combine(day, time(10, 15), SHANGHAI)
