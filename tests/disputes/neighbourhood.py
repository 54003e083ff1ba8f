"""A round, a dispute that the city housing department has, and a mediation that came to a paper: for other stories."""

from dataclasses import asdict, dataclass

from django.utils import timezone

from tests.disputes.stories import FREE, Story
from tests.support.city import CITY, COUNTY, TOWN
from tests.support.city_database import City
from xinqiao.disputes import queries


@dataclass(frozen=True)
class Neighbourhood:
    """The rows, by what stands in addresses."""

    round: int
    part: int
    dispute: int
    mediation: int

    @classmethod
    def of(cls, city: City) -> "Neighbourhood":
        story = Story(city, timezone.now())
        parts = [("city-housing", CITY), ("county-petition", COUNTY)]
        round_id = story.calls("wangmin", unit="city-petition", region=CITY, parts=parts)
        lines = queries.parts_of(city.person("wangmin", story.now), round_id, story.now)
        part = next(one.id for one in lines if one.unit == "city-housing")
        found = {"by": "lina", "unit": "city-housing", "region": TOWN}
        dispute, other = story.finds(part=part, **found), story.finds(**found)
        story.moves(other, "take_on", by="lina", settle_by=story.in_days(9))
        return cls(round_id, part, dispute, _settled(story, other))

    def addresses(self) -> list[str]:
        """Where one begins to look at the pages of disputes."""
        return [
            "/desk/disputes/", f"/desk/disputes/{self.dispute}/", f"/desk/disputes/rounds/{self.round}/",
            f"/desk/mediations/{self.mediation}/", "/desk/mediations/?list=over", "/desk/disputes/rounds/new/",
        ]  # fmt: skip

    def values(self) -> dict[str, int | str]:
        """What stands in addresses, by name."""
        return asdict(self) | {"dispute_step": "take_on", "mediation_step": "execute"}


def _settled(story: Story, dispute: int) -> int:
    mediation = story.asks(dispute, by="lina")
    story.both_agree(mediation, "lina")
    outside = {"outside_office": "peoples_committee", "office_name": "某某镇调委会"}
    story.mediates(mediation, "name_mediator", "lina", **outside, **FREE)
    story.mediates(mediation, "begin", "lina")
    terms = {"agreement": "费用各半", "carry_out_by": story.in_days(9)}
    story.mediates(mediation, "settle", "lina", **terms)
    return mediation
