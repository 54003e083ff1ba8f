"""A town in which several people write about one plant, read as linking reads: for stories of hot spots."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.utils import timezone

from tests.desk.at_work import Desk, days_ago
from tests.support.city import TOWN
from xinqiao.insight.models import Alike, Reading, Rise, Spot
from xinqiao.insight.spots.jobs import look_for_hot_spots
from xinqiao.intake.models import Contact
from xinqiao.intake.values import Receipt
from xinqiao.people.values import PersonInput
from xinqiao.text.linking.warning import ALERT, RULES

#: The rule by which an alert is given first: so many people within so many days.
ALERTS = next(rule for rule in RULES if rule.tier == ALERT)
TITLES = (
    "金鳞湖化工厂夜间排放刺鼻气体",
    "金鳞湖化工厂气味扰民",
    "反映金鳞湖化工厂夜间排放废气",
    "金鳞湖化工厂排放刺鼻气体无人管",
    "金鳞湖化工厂又在夜间排放气体",
)


def neighbour(number: int) -> PersonInput:
    return PersonInput(name="邻居", phone=f"138555{number:05d}")


@dataclass
class Plant:
    """The desk with verbs about the plant; `receipts` are those of its spot, in order."""

    desk: Desk
    receipts: list[Receipt] = field(default_factory=list)

    @classmethod
    def smells(cls, desk: Desk, days: Sequence[float] = (20, 12, 9, 4), **more: Any) -> "Plant":
        """So many neighbours wrote so many days ago, each once; it was read and looked at."""
        plant = cls(desk)
        for number, ago in enumerate(days):
            plant.receipts.append(plant.writes(ago, number, **more))
        reads(plant.receipts)
        look_for_hot_spots(timezone.now())
        return plant

    def writes(self, ago: float, who: int, **more: Any) -> Receipt:
        """A neighbour writes, and it is registered as a claim about the town."""
        fields = {"region": TOWN} | more.pop("fields", {})
        said = {
            "subject": TITLES[who % len(TITLES)],
            "body": "晚上十点以后气味刺鼻，请查处。",
        } | more
        return self.desk.registers(ago, petitioners=[neighbour(who)], fields=fields, **said)

    @property
    def spot(self) -> Spot:
        """The one spot that stands."""
        return Spot.objects.get(stands=True)


def reads(receipts: Sequence[Receipt], cluster: int | None = None, likely: float = 0.95) -> int:
    """Reads the contacts of these as linking would: about one thing, of the cluster given or a new one. Returns it."""
    for receipt in receipts:
        contact = Contact.objects.get(pk=receipt.contact)
        number = Reading.objects.count()
        first = (
            Reading.objects.filter(cluster=cluster).order_by("number").first()
            if cluster is not None
            else None
        )
        cluster = number if cluster is None else cluster
        Reading.objects.create(
            number=number, matter=contact.matter_id, seq=contact.seq, received_at=contact.received_at,
            cluster=cluster,
        )  # fmt: skip
        if first is not None:
            Alike.objects.create(
                later=number, earlier=first.number, probability=likely, linked=True
            )
    assert cluster is not None
    return cluster


def looks(days: float = 0) -> int:
    """The worker looks."""
    return look_for_hot_spots(days_ago(days))


def rise() -> int:
    """What the neighbours wrote is more than expected in the county; of four matters three were counted."""
    now, today = timezone.now(), timezone.localdate()
    return Rise.objects.create(
        by="count", category="housing.property", regions=["340811"], first_on=today - timedelta(days=25),
        last_on=today, observed=3, expected=0.4, p=0.001, q=0.01, history_days=300, found_at=now, looked_at=now,
    ).pk  # fmt: skip
