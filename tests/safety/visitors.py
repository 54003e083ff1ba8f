"""Who comes to every address of the table, and what each of them meets there."""

from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from io import BytesIO
from typing import Any

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.desk.at_work import Desk
from tests.disputes.neighbourhood import Neighbourhood
from tests.duties.given import gives
from tests.evidence import samples
from tests.group_visits.visits import calls
from tests.insight.plants import Plant, rise
from tests.leadership import leading
from tests.public_decisions.stories import Council
from tests.reception.halls import opens_hall, plans, slot_ids
from tests.relief.office import Office
from tests.targets.planning import planned
from xinqiao.accounts import citizens, phones
from xinqiao.accounts.models import Citizen
from xinqiao.directory.models import Post
from xinqiao.evidence import actions as evidence
from xinqiao.evidence.values import CONTACT, Owner
from xinqiao.intake.values import Receipt
from xinqiao.leadership.actions import conferences
from xinqiao.public_decisions import queries as decisions
from xinqiao.public_decisions.models import Suggestion
from xinqiao.public_decisions.values import FINDING
from xinqiao.rules.persons import SYSTEM
from xinqiao.rules.public_decisions import Question

#: For whom the assessment, the call and the suggestion of the stories exist.
DECIDE = {"lina", "chenbo", "wangmin", "zhaogang", "dingxia", "wutao"}
CALL_FOR, SUGGESTED_TO = {"wangmin", "zhaogang", "dingxia", "wutao"}, {"wangmin", "zhaogang"}
NOBODY, CITIZEN = "nobody", "citizen"
#: Of the cast: who has part in the matter first (its unit, its office, the office of its county), then who has not.
HAVE_PART = ("lina", "chenbo", "wangmin", "zhaogang", "dingxia")
HAVE_NONE = ("sunli", "heping", "xujing", "fengrui", "wutao")
ADMINISTRATOR = "malin"
VISITORS = (NOBODY, CITIZEN, *HAVE_PART, *HAVE_NONE, ADMINISTRATOR)
OFFICES = {"wangmin", "zhaogang", "dingxia"}
#: The meeting of the conference is prepared by the city petition office, and housing is called to it.
CALLED, PREPARE = {"lina", "chenbo", "wangmin", "zhaogang"}, {"wangmin", "zhaogang"}
#: Who looks at hot spots: supervisors and heads of units; of them those for whom the spot of the stories exists.
LOOKOUTS = {"wangmin", "zhaogang", "dingxia", "chenbo", "heping", "xujing", "fengrui", "wutao"}
SEE_SPOT = {"wangmin", "zhaogang", "dingxia"}
SUPERVISORS, OFFICE_HEADS = OFFICES | {"wutao"}, {"zhaogang"}
#: Heads of petition offices and administrators keep the halls; the hall of the stories is that of the city's office.
KEEP_HALLS, KEEP_THIS_HALL = {"zhaogang", ADMINISTRATOR}, {"zhaogang", ADMINISTRATOR}
#: Of the fund of the stories, which is the city's office's.
#: Of the plan of the stories: who sees the housing department, who heads it, who sees all of the city.
PLANNED, PLAN_UNIT = {"lina", "chenbo", "wangmin", "zhaogang", "wutao"}, "chenbo"
CLOSED_YEAR = {"wangmin", "zhaogang", "wutao"}
READ_BOOKS, KEEP_BOOKS = {"wangmin", "zhaogang", "wutao"}, {"zhaogang"}


class Met(StrEnum):
    """How an address receives somebody."""

    LET_IN = "let in"
    LOG_IN = "led to the log-in"
    ASKED = "asked for number and code, or for a phone"
    FORBIDDEN = "forbidden"
    MISSING = "there is nothing"
    OTHER_METHOD = "not by this method"


@dataclass(frozen=True)
class Meeting:
    """A meeting of the conference with the matter of the town on its agenda, a paper, and Chen Bo in charge of it."""

    id: int
    item: int
    paper: int
    lead: int

    @classmethod
    def about(cls, desk: Desk, matter: int) -> "Meeting":
        by, now = desk.city.person("zhaogang", timezone.now()), timezone.now()
        made = leading.plans(desk, chair=desk.city.account("zhaogang"), called=["city-housing"])
        kept = evidence.keep(
            BytesIO(samples.picture()), name="平面图.jpg", owner=Owner(kind=conferences.PAPERS, id=made),
            by=SYSTEM, now=now,
        )  # fmt: skip
        item = conferences.put_on(made, matter=matter, criteria=[], by=by, now=now)
        lead = leading.takes_charge(desk, matter, leader="chenbo", unit="city-housing")
        return cls(made, item, kept.id, lead)


@dataclass
class Decided:
    """An assessment with a finding, a file, an opinion, an answer and a measure; a call with a suggestion."""

    decision: str
    proof: int
    measure: int
    answer: int
    call: str
    suggestion: int
    act: str = "drop"
    call_act: str = "end_call"
    question: str = "lawfulness"
    voice: str = "stance"

    @classmethod
    def of(cls, desk: Desk) -> "Decided":
        council = Council(desk.city)
        number, call = council.weighs(20), council.calls_for()
        council.suggests(call, 5)
        sheet = decisions.sheet(SYSTEM, number, timezone.now())
        assert sheet is not None
        owner = Owner(kind=FINDING, id=sheet.findings[Question.LAWFULNESS].id)
        proof = evidence.keep(
            BytesIO(samples.picture()), name="现场.jpg", owner=owner, by=SYSTEM, now=timezone.now()
        )
        suggestion = Suggestion.objects.get().pk
        return cls(number, proof.id, sheet.measures[0].id, sheet.answers[0].id, call, suggestion)


@dataclass
class Town:
    """The small city with one accepted matter, a file on its contact, a hall, and something of each capability."""

    desk: Desk
    receipt: Receipt
    file: int
    window: int
    more: dict[str, Any]

    @classmethod
    def of(cls, desk: Desk) -> "Town":
        receipt = desk.accepts()
        kept = evidence.keep(
            BytesIO(samples.picture()), name="电梯.jpg", owner=Owner(kind=CONTACT, id=receipt.contact),
            by=SYSTEM, now=timezone.now(),
        )  # fmt: skip
        window, _ = opens_hall()
        more = _of_leaders(desk, receipt, window) | _of_capabilities(desk, receipt)
        return cls(desk, receipt, kept.id, window, more)

    def address(self, name: str, values: tuple[str, ...]) -> str:
        """The address with what stands in it."""
        return reverse(name, args=[self._value(one) for one in values])

    def _value(self, name: str) -> Any:
        known: dict[str, Any] = {
            "number": self.receipt.number, "file": self.file, "window": self.window, "hall": "east",
            "page": "words", "long_list": "staff", "token": "none", "key": "a-key-of-nobody", "seq": 1, "paper": 1,
            "id": 987654, "provider": "place", "step": "submit_opinion", "unit": "city-housing", "indicator": "total",
            "same_step": "tell_apart",
            "account": self.desk.city.account("lina"), "post": self._post(), "what": "password", "year": 2026,
            "category": "housing", "text": "home_notice", "error": "404",
        }  # fmt: skip
        return (known | self.more)[name]

    def _post(self) -> int:
        """A post of Li Na."""
        return Post.objects.filter(account_id=self.desk.city.account("lina")).values_list(
            "id", flat=True
        )[0]

    def browser(self, visitor: str) -> Client:
        """A fresh browser of this visitor."""
        client = Client()
        if visitor == CITIZEN:
            return _signed_in(client, timezone.now())
        return client if visitor == NOBODY else self.desk.log_in(visitor)


def _of_leaders(desk: Desk, receipt: Receipt, window: int) -> dict[str, Any]:
    """A duty, a meeting, a leader in charge, a group visit and a reception day of the matter."""
    duty = gives(desk, matter=receipt.matter)
    visit, day = calls(desk, receipt.matter), plans(desk, window=window)
    meeting = Meeting.about(desk, receipt.matter)
    return {
        "duty": duty, "group_visit": visit, "reception_day": day, "slot": slot_ids(day)[0],
        "lead": meeting.lead, "conference": meeting.id, "item": meeting.item, "paper_file": meeting.paper,
    }  # fmt: skip


def _of_capabilities(desk: Desk, receipt: Receipt) -> dict[str, Any]:
    """What stands in the addresses of each capability, by name."""
    return {
        **_of_relief(desk, receipt),
        **planned(desk.city),
        **Neighbourhood.of(desk.city).values(),
        **asdict(Decided.of(desk)),
        "spot": Plant.smells(desk).spot.pk,
        "rise": rise(),
    }


def _of_relief(desk: Desk, receipt: Receipt) -> dict[str, Any]:
    office = Office.opened(desk.city, receipt=receipt)
    relief = office.asks()
    office.approves(relief)
    return {"fund": office.fund, "relief": relief, "move": "pay_relief"}


def _signed_in(client: Client, now: datetime) -> Client:
    """A browser in which a citizen is signed in; who it is, the session alone knows."""
    citizen = Citizen.objects.first() or Citizen.objects.create(
        phone_sealed=phones.seal("13800001234"), phone_index="of the stories", created_at=now
    )
    session = client.session
    moment = now.timestamp()
    session[citizens._SESSION] = {"id": citizen.pk, "began": moment, "seen": moment}
    session.save()
    client.cookies["sessionid"] = session.session_key
    return client


def came_in(username: str, password: str) -> Client:
    """A browser in which somebody has logged in by the page."""
    client = Client()
    answer = client.post(reverse("desk:login"), {"username": username, "password": password})
    assert answer.status_code == 302, answer.content.decode()
    return client


def met(answer: Any) -> Met:
    """How somebody was received, told from the answer."""
    target = answer.headers.get("Location", "")
    if answer.status_code == 302 and target.startswith("/desk/log-in/"):
        return Met.LOG_IN
    if answer.status_code == 302 and target.startswith(("/lookup/", "/account/")):
        return Met.ASKED
    known = {403: Met.FORBIDDEN, 404: Met.MISSING, 405: Met.OTHER_METHOD}
    return known.get(answer.status_code, Met.LET_IN)
