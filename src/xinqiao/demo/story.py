"""A matter as it unfolds: its steps so far, the time, and who holds it."""

from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from xinqiao.demo import grammar
from xinqiao.demo.casting import Cast
from xinqiao.demo.catalogue import CITY, acting, county_of, petition_office
from xinqiao.demo.rhythm import Pace, pace_of
from xinqiao.demo.scene import Scene
from xinqiao.demo.values import PlannedContact, PlannedStep, Role
from xinqiao.demo.workclock import DAY, WorkClock
from xinqiao.rules.units import Unit


class Story:
    """Tells one matter step by step. `at` is a position of the work clock and only moves forward.

    `handler` is the unit that handles it; when that unit is merged away, its successor takes the
    matter over before the next step (art. 24).
    """

    def __init__(self, cast: Cast, contact: PlannedContact, clock: WorkClock, rng: Random) -> None:
        self.cast = cast
        self.contacts = [contact]
        self.clock = clock
        self.rng = rng
        self.steps: list[PlannedStep] = []
        self.handler: Unit = cast.receiver
        self.assigned = False
        self.title = contact.subject
        self.result = ""
        self.delivered = contact.received_at.date()
        self.at = clock.at_or_after(contact.received_at)

    @property
    def received(self) -> date:
        return self.contacts[0].received_at.date()

    @property
    def today(self) -> date:
        return self.clock.moment(self.at).date()

    @property
    def pace(self) -> Pace:
        return pace_of(self.handler.code)

    @property
    def office(self) -> Unit:
        """The petition office that looks after the matter: its receiver's, or the county's."""
        return petition_office(county_of(self.cast.region) or CITY)

    def wait(self, low: float, high: float) -> None:
        """Lets so many working days pass, at least a few minutes."""
        self.at += max(self.rng.randrange(2, 20), round(self.rng.uniform(low, high) * DAY))

    def wait_until(self, day: date) -> None:
        """Lets time pass until some hour of a day, the next working one if it is off."""
        self.at = max(self.at + 2, self.clock.on(day) + self.rng.randrange(DAY))

    def wait_days(self, start: date, days: int) -> None:
        """Lets time pass until so many natural days after `start`."""
        self.wait_until(start + timedelta(days=days))

    def words(self, unit: Unit | None = None) -> Scene:
        """The scene as the handler, or another unit, writes about it today."""
        return self.cast.words.written_by(unit or self.handler, self.today, self.received)

    def say(self, phrase: str, unit: Unit | None = None, **more: str) -> str:
        """A stock sentence for this matter."""
        words = self.words(unit).having(title=self.title, claim=self.claim, **more)
        return grammar.phrase(self.rng, phrase, words)

    @property
    def claim(self) -> str:
        return self.cast.subject.claim.format_map(self.cast.words)

    def step(self, name: str, unit: Unit, role: Role, **fields: Any) -> None:
        """A member of staff takes a step now."""
        self._append(name, self.clock.moment(self.at), unit.code, role, fields)

    def handle(self, name: str, role: Role, **fields: Any) -> None:
        """The handling unit takes a step now."""
        self.succeed_if_merged()
        self.step(name, self.handler, role, **fields)

    def petitioner(self, name: str, **fields: Any) -> None:
        """The petitioner acts now, or in the evening of the same day."""
        moment = self.clock.moment(self.at)
        if self.rng.random() < 0.4:
            moment = moment.replace(hour=self.rng.randrange(18, 23))
        self._append(name, moment, "", "petitioner", fields)

    def _append(
        self, name: str, moment: datetime, unit: str, role: Role, fields: dict[str, Any]
    ) -> None:
        step = PlannedStep(step=name, at=moment, by_unit=unit, by_role=role, fields=fields)
        self.steps.append(step)
        self.at = max(self.at, self.clock.at_or_after(moment)) + self.rng.randrange(1, 5)

    def succeed_if_merged(self) -> None:
        """If the handler is gone by now, its successor takes over first."""
        heir = acting(self.handler.code, self.today)
        if heir.code == self.handler.code:
            return
        self.handler = heir
        self.step("succeed", self.office, "clerk", to_unit=heir.code)
        self.at += self.rng.randrange(20, DAY)
