"""Three years of supervision in the demonstration city: what the rules found is urged, answered, or goes further."""

from collections import Counter
from collections.abc import Callable
from datetime import date, datetime, timedelta
from random import Random
from typing import TypeVar

from django.db import transaction

from xinqiao.demo.chapter import City, Refused, at
from xinqiao.demo.dice import happens
from xinqiao.directory import queries as directory
from xinqiao.matters import actions as ledger
from xinqiao.matters import clockwork
from xinqiao.matters import queries as matters
from xinqiao.rules.entries import SHANGHAI
from xinqiao.rules.facts import Facts
from xinqiao.rules.persons import SYSTEM, Person
from xinqiao.rules.refusals import Refused as Refusal
from xinqiao.rules.replay import Turn, replay, turns
from xinqiao.rules.states import ANSWERED_STATES, Kind
from xinqiao.rules.supervision import Found, look, rules
from xinqiao.rules.units import UnitKind
from xinqiao.rules.urging import CARDS, answer_day, answerable, next_form
from xinqiao.supervision import actions, queries
from xinqiao.supervision.jobs import follow_everything

T = TypeVar("T")
OFFICE, CONFERENCE = "anqing-petition-office", "anqing-joint-conference"
#: Of the matters on which something was found, so many are urged; a city has many times more of them.
_URGED = {"small": 0.7, "city": 0.35}
_ROUNDS, _LISTED_NOW = 7, 4
_PERFUNCTORY, _ANSWERED, _LISTED, _RECOMMENDED = 0.03, 0.75, 0.6, 0.08
_ANSWERS = (
    "已安排专人办理，本月底前答复信访人。",
    "经核查，涉及多个部门，正在会商，下周形成意见。",
    "延误属实，已对经办人员提醒，三日内办结。",
)
_AT_LARGE = (
    ("improve_policy", "anqing-housing", "住宅专项维修资金应急使用办法",
     "多件电梯停用事项反映，应急维修须业主三分之二以上同意，久拖不决。",
     "《信访工作条例》第四十条；《住宅专项维修资金管理办法》第二十四条。",
     "建议明确电梯等危及安全情形的应急使用程序，五个工作日内拨付。"),
    ("improve_work", "anqing-human-resources", "欠薪线索的首接办理",
     "本年欠薪事项中多件被两次以上退件，信访人往返奔波。", "《信访工作条例》第二十二条、第二十三条。",
     "建议设立首接窗口，由首接单位牵头办理，不得退件。"),
    ("accountability", "anqing-government", "告知和答复长期超期的责任",
     "有单位经黄牌、红牌警示后仍未按期答复，造成群众多次来访。", "《信访工作条例》第三十九条、第四十条、第四十二条。",
     "建议对负有责任的单位负责人予以诫勉，并在全市通报。"),
)  # fmt: skip


def play(city: City, dice: Random) -> Refused:
    """Urges what was found at the time, makes recommendations each year, then reads all ledgers to today."""
    told = _Told(city, dice)
    everything = matters.scope(SYSTEM, at(city.today)).order_by("id").values_list("id", flat=True)
    for matter in list(everything):
        if happens(dice, _URGED.get(city.size, 0.35)):
            with transaction.atomic():
                told.supervise(matter)
    for year in (2, 1, 0):
        told.recommend_at_large(city.today - timedelta(days=365 * year + 60))
    follow_everything(at(city.today - timedelta(days=1), 9))
    told.list_some()
    follow_everything(at(city.today, 9))
    return told.refused


def reads_on(city: City) -> None:
    """Reads what the chapters after this one have entered, as the worker of a platform would."""
    follow_everything(at(city.today, 9))


class _Told:
    """The chapter as it is told; each verb notes what the rules refused."""

    def __init__(self, city: City, dice: Random) -> None:
        self.city, self.dice = city, dice
        self.refused: Refused = Counter()

    def supervise(self, matter: int) -> None:
        """As long as the rules find something and time is left: urge, wait for the answer, go on."""
        for _round in range(_ROUNDS):
            course = turns(ledger.load(matter))
            moment = self._soon(max(turn.entry.at for turn in course), 3, 12)
            if moment is None:
                return
            if course[-1].after.state in ANSWERED_STATES and happens(self.dice, _PERFUNCTORY):
                self._mark(matter, course[-1].after, moment)
                continue
            found = self._found(course, moment)
            if not found or not self._urge(matter, course, found, moment):
                return

    def _found(self, course: list[Turn], moment: datetime) -> list[Found]:
        day = moment.astimezone(SHANGHAI).date()
        clocks = clockwork.clocks_from(course, day, explained=False)
        return list(look(course, clocks, moment).found)

    def _urge(self, matter: int, course: list[Turn], found: list[Found], moment: datetime) -> bool:
        """Urges the unit for the first of what was found; tells whether the story goes on."""
        facts, day = course[-1].after, moment.astimezone(SHANGHAI).date()
        office, unit = self._office(facts, day), answerable(facts)
        if office is None:
            return False
        clocks = clockwork.clocks_from(course, day, explained=False)
        form = next_form(facts, any(clock.state == "overdue" for clock in clocks))
        if form in CARDS and any(one.open and one.what == form for one in facts.asked):
            return self._further(matter, office, unit, moment)
        rule = rules()[found[0].rule]
        reason = f"《信访工作条例》第{rule.article}条：{rule.zh}。请在期限内说明原因和办结时间。"
        until = answer_day(clockwork.calendar(), day)
        seq = self._done("urge", lambda: actions.urge(
            matter, form=form, answer_by=until, reason=reason, by=self._by(office, "head", day), now=moment,
        ).seq)  # fmt: skip
        return seq is not None and self._answer(matter, unit, seq, moment)

    def _answer(self, matter: int, unit: str, seq: int, moment: datetime) -> bool:
        """Mostly the unit answers in some days."""
        later = self._soon(moment, 2, 6)
        if later is None:
            return False
        if happens(self.dice, _ANSWERED):
            by = self._by(unit, "officer", later.astimezone(SHANGHAI).date())
            text = self.dice.choice(_ANSWERS)
            self._done("answer_urging", lambda: actions.answer_urging(
                matter, addressed=seq, answer=text, by=by, now=later
            ))  # fmt: skip
        return True

    def _further(self, matter: int, office: str, unit: str, moment: datetime) -> bool:
        """Cards did not help: a talk, a correction by a date, and the joint conference lists the matter."""
        day = moment.astimezone(SHANGHAI).date()
        by = self._by(office, "head", day)
        until = day + timedelta(days=30)
        self._done("hold_talk", lambda: actions.hold_talk(
            matter, record="约谈单位主要负责人，指出问题，要求限期办结。", by=by, now=moment,
        ))  # fmt: skip
        self._done("order_correction", lambda: actions.order_correction(
            matter, answer_by=until, reason="黄牌、红牌以后仍未办结，责令限期整改。", by=by, now=moment,
        ))  # fmt: skip
        if happens(self.dice, _LISTED):
            self._list(matter, by, until, moment)
        if happens(self.dice, _RECOMMENDED * 5):
            self._recommend(matter, office, unit, moment)
        return False

    def _recommend(self, matter: int, office: str, unit: str, moment: datetime) -> None:
        by = self._by(office, "head", moment.astimezone(SHANGHAI).date())
        made = self._done("recommend", lambda: actions.recommend(
            matter, kind="improve_work", addressee=unit, legal_basis="《信访工作条例》第四十条。",
            facts_found="同类事项多次超期，内部流转没有专人负责。", advice="建议明确承办科室和专人，逐件登记期限。",
            by=by, now=moment,
        ).seq)  # fmt: skip
        later = self._soon(moment, 10, 25)
        if made is None or later is None:
            return
        head = self._by(unit, "head", later.astimezone(SHANGHAI).date())
        fields = {
            "addressed": made, "adoption": self.dice.choice(("adopted", "partly")),
            "answer": "已确定专人，逐件登记期限。",
        }  # fmt: skip
        self._done("answer_recommendation", lambda: ledger.take(
            matter, "answer_recommendation", fields, by=head, now=later
        ))  # fmt: skip

    def _mark(self, matter: int, facts: Facts, moment: datetime) -> None:
        """An officer of the office reads the answer and finds it empty."""
        day = moment.astimezone(SHANGHAI).date()
        office = self._office(facts, day)
        if office is None or facts.perfunctory:
            return
        self._done("mark_perfunctory", lambda: actions.mark_perfunctory(
            matter, reason="答复没有回应主要诉求，也没有写明依据。", by=self._by(office, "clerk", day), now=moment,
        ))  # fmt: skip

    def list_some(self) -> None:
        """The joint conference lists some of what stands longest, and takes others off its list."""
        person = self._by(CONFERENCE, "head", self.city.today)
        office = self._by(OFFICE, "head", self.city.today)
        moment = at(self.city.today - timedelta(days=1), 15)
        lines = queries.findings(office, queries.Wanted(), moment, after=None, size=_LISTED_NOW)
        for matter in dict.fromkeys(one.line.id for one in lines[:_LISTED_NOW]):
            if (
                replay(ledger.load(matter)).listed_until is not None
            ):  # the joint conference did so itself
                continue
            until = self.city.today + timedelta(days=self.dice.randrange(5, 45))
            self._list(matter, office, until, moment)
        for line in queries.listed(person, moment, ended=False, size=200):
            if line.line is not None and line.due is not None and line.due < moment.date():
                self._end(line.line.id, office, moment)

    def _list(self, matter: int, by: Person, until: date, moment: datetime) -> None:
        self._done("list_supervision", lambda: actions.list_supervision(
            matter, decided_by=CONFERENCE, until=until, reason="久拖不决，由联席会议挂牌督办。", by=by, now=moment,
        ))  # fmt: skip

    def _end(self, matter: int, by: Person, moment: datetime) -> None:
        self._done("end_listing", lambda: actions.end_listing(
            matter, record="经核实，已经办结，予以销号。", by=by, now=moment,
        ))  # fmt: skip

    def recommend_at_large(self, day: date) -> None:
        """Each kind once a year; two are answered within the month, one waits."""
        for number, (kind, organ, subject, facts, basis, advice) in enumerate(_AT_LARGE):
            moment = at(day + timedelta(days=20 * number))
            made = self._done("recommend", lambda: actions.recommend_at_large(
                kind=kind, unit=OFFICE, addressee=organ, subject=subject, facts_found=facts, legal_basis=basis,  # noqa: B023
                advice=advice, by=self._by(OFFICE, "head", moment.date()), now=moment,  # noqa: B023
            ))  # fmt: skip
            later = moment + timedelta(days=self.dice.randrange(12, 28))
            if made is None or later.date() >= self.city.today:
                continue
            adoption = self.dice.choice(("adopted", "adopted", "partly", "not_adopted"))
            head = self._by(organ, "head", later.date())
            self._done("answer_recommendation", lambda: actions.answer_recommendation(
                made, adoption=adoption, answer="已专题研究，办理情况另附。", by=head, now=later,  # noqa: B023
            ))  # fmt: skip

    def _office(self, facts: Facts, day: date) -> str | None:
        """The petition office that supervises: the sender, the place's, the city's; never the unit itself."""
        units, unit = directory.units(), answerable(facts)
        near = units.petition_office_of(facts.region, day) if facts.region else None
        for office in (facts.referrer, near or "", OFFICE):
            known = office in units and units[office].kind is UnitKind.PETITION_OFFICE
            sees = facts.kind is not Kind.REPORT or office in facts.involved
            if known and sees and office != unit and units[office].exists_on(day):
                return office
        return None

    def _soon(self, moment: datetime, least: int, most: int) -> datetime | None:
        """Some days later, in office hours; None when that is not before today."""
        day = moment.astimezone(SHANGHAI).date() + timedelta(days=self.dice.randrange(least, most))
        return (
            at(day, 9 + self.dice.randrange(8), self.dice.randrange(60))
            if day < self.city.today
            else None
        )

    def _by(self, unit: str, role: str, day: date) -> Person:
        name = f"{unit}.{role}"
        return self.city.person(name if name in self.city.accounts else f"{unit}.officer", day)

    def _done(self, verb: str, act: Callable[[], T]) -> T | None:
        """Does it, or notes that it was refused."""
        try:
            with transaction.atomic():
                return act()
        except Refusal as no:
            self.refused[verb, no.refusal.code] += 1
            return None
