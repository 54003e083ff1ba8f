"""Decisions of the small city and what its people do with them, at the times a story needs.

Li Na (李娜) of the city housing department drafts, Chen Bo (陈波) heads it, Wu Tao (吴涛) heads the city government.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone

from tests.support.city import CITY, COUNTY
from tests.support.city_database import City
from xinqiao.intake.values import Receipt
from xinqiao.matters.queries import today
from xinqiao.public_decisions.actions import assessments, calls, opinions
from xinqiao.public_decisions.values import (
    Described,
    Heed,
    NewCall,
    NewOpinion,
    NewSuggestion,
    Option,
    Role,
    Source,
    Stance,
    Touched,
)
from xinqiao.rules.persons import Person, PersonKind
from xinqiao.rules.public_decisions import Conclusion, Question, Verdict

PUBLIC = Person(kind=PersonKind.PETITIONER)
DECISION = Described(
    subject="老旧小区电梯改造收费办法",
    background="为三百二十部老旧电梯改造筹集资金。",
    regions=[COUNTY],
    categories=["housing"],
    touched=[Touched(role=Role.OWNER, number=12000), Touched(role=Role.TENANT, number=3000)],
    options=[Option(name="业主分摊", words="按楼层分摊。"), Option(name="财政补贴一半")],
)
ACCOUNTS = {"policy_account": "none", "procedure_account": "clear", "care_account": "none"}


def days_ago(days: float) -> datetime:
    return timezone.now() - timedelta(days=days)


@dataclass(frozen=True)
class Council:
    """The city, with verbs for what is decided in it."""

    city: City

    def begins(self, days: float = 100, by: str = "lina", described: Described = DECISION) -> str:
        unit = min(self.city.person(by).units())
        return assessments.begin(unit, described, by=self.city.person(by), now=days_ago(days))

    def asks(self, days: float = 90, lasting: int = 30, by: str = "lina") -> str:
        """Begun, and open for opinions from so many days ago."""
        number, now = self.begins(days + 1, by), days_ago(days)
        until = today(now) + timedelta(lasting)
        assessments.open_opinions(number, until, "", by=self.city.person(by), now=now)
        return number

    def says(self, number: str, words: str, days: float, **more: object) -> int:
        """Somebody of the public gives an opinion; its number."""
        opinion = NewOpinion(**{"stance": Stance.CHANGE, "role": Role.OWNER, "words": words} | more)  # type: ignore[arg-type]
        return opinions.give(number, opinion, by=PUBLIC, now=days_ago(days))

    def hears(self, number: str, words: str, days: float, people: int = 20) -> int:
        """Li Na enters what was said at a hearing."""
        opinion = NewOpinion(
            stance=Stance.AGAINST, role=Role.TENANT, words=words, source=Source.HEARING, people=people
        )  # fmt: skip
        return opinions.give(number, opinion, by=self.city.person("lina"), now=days_ago(days))

    def finds(self, number: str, days: float, **verdicts: Verdict) -> None:
        """All four questions, each with a law."""
        for question in Question:
            verdict = verdicts.get(question, Verdict.YES)
            assessments.find(
                number, question, verdict, "已经核对。", "《民法典》第二百七十八条",
                by=self.city.person("lina"), now=days_ago(days),
            )  # fmt: skip

    def answers(self, number: str, title: str, days: float, *, of: tuple[int, ...] = ()) -> int:
        """One answer, with the opinions of these numbers under it."""
        li_na, now = self.city.person("lina"), days_ago(days)
        answer = opinions.write_answer(
            number, title, "按楼层系数调整。", Heed.TAKEN_UP, by=li_na, now=now
        )
        opinions.put_under(number, answer, by=li_na, now=now, opinions=of)
        return answer

    def plans(self, number: str, days: float, due: int = 30) -> int:
        due_on = today(days_ago(days)) + timedelta(due)
        return assessments.plan_measure(
            number, "困难家庭减免分摊。", "city-housing", due_on, by=self.city.person("lina"), now=days_ago(days)
        )  # fmt: skip

    def weighs(self, days: float = 50) -> str:
        """Opinions are closed, and everything is there that a conclusion needs."""
        number = self.asks(days + 40)
        place = self.says(number, "低楼层不应当分摊一样多。", days + 20)
        self.finds(number, days + 5)
        assessments.close_opinions(number, by=self.city.person("lina"), now=days_ago(days + 3))
        self.answers(number, "楼层分摊", days + 2, of=(place,))
        self.plans(number, days + 2)
        return number

    def concludes(self, days: float = 50, conclusion: Conclusion = Conclusion.CONDITIONS) -> str:
        """Submitted by Li Na, approved by Chen Bo."""
        number, now = self.weighs(days), days_ago(days)
        assessments.submit(
            number, conclusion, "风险可控，按修改后的方案实施。", "财政补贴一半", by=self.city.person("lina"), now=now
        )  # fmt: skip
        assessments.approve(number, by=self.city.person("chenbo"), now=now)
        return number

    def in_force(self, days: float = 40) -> str:
        number = self.concludes(days + 1)
        day = today(days_ago(days))
        assessments.take_effect(
            number, day, "市住建〔2026〕12号", by=self.city.person("lina"), now=days_ago(days)
        )
        return number

    def calls_for(self, days: float = 30, lasting: int = 60, by: str = "wangmin") -> str:
        """A published call of the city petition office about the whole city."""
        day, somebody = today(days_ago(days)), self.city.person(by)
        call = NewCall(
            topic="为老年人出行提建议", words="哪里不方便，怎样改。", region=CITY, category="housing",
            opens_on=day, closes_on=day + timedelta(lasting),
        )  # fmt: skip
        number = calls.draft_call(min(somebody.units()), call, by=somebody, now=days_ago(days))
        calls.publish_call(number, by=somebody, now=days_ago(days))
        return number

    def suggests(self, number: str, days: float, **more: object) -> Receipt:
        given = {"subject": "公交站加座椅", "body": "公交站没有座椅，老人站不住。"} | more
        return calls.suggest(number, NewSuggestion(**given), now=days_ago(days))  # type: ignore[arg-type]

    def day(self, days: float) -> date:
        return today(days_ago(days))
