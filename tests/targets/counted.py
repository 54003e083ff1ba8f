"""What a story is counted as, and stories of chance."""

from datetime import date
from typing import Any

from hypothesis import strategies as st

from tests.support.choices import REGION_CODES, fields_of
from tests.support.city import CAST, UNITS, person
from tests.support.story import PETITIONER, Story
from tests.support.walk import heads_beside_the_cast, inclined, possible
from xinqiao.rules.counting import Arrived, Counted, What
from xinqiao.rules.counting_matter import count
from xinqiao.rules.persons import SYSTEM, Person
from xinqiao.rules.replay import turns
from xinqiao.rules.states import Kind
from xinqiao.rules.table import STEPS

EVERYBODY: tuple[Person, ...] = (
    PETITIONER,
    SYSTEM,
    *(person(name) for name in CAST),
    *heads_beside_the_cast(first_account=100),
)


def counted(story: Story, **arrived: Arrived) -> list[Counted]:
    """All facts of a story; `arrived` by the step that recorded the contact (`receive`, `add_contact`)."""
    contacts = {story.seq_of(step): one for step, one in arrived.items()}
    return count(turns(story.entries), story.clocks, contacts, UNITS)


def facts(story: Story, what: What, **arrived: Arrived) -> list[Counted]:
    """Those of one kind, in the order in which they began."""
    return sorted(
        (one for one in counted(story, **arrived) if one.what is what), key=lambda one: one.seq
    )


def the(story: Story, what: What, **arrived: Arrived) -> Counted:
    """The only one of its kind."""
    (one,) = facts(story, what, **arrived)
    return one


def day(text: str) -> date:
    """`03-17` of 2026."""
    return date.fromisoformat(f"2026-{text}")


@st.composite
def stories(draw: st.DrawFn, steps: int = 14) -> Story:
    """A matter on which people do what they may, in any order, and some days pass between."""
    story, given = Story(), {"kind": draw(st.sampled_from([None, *Kind, Kind.CLAIM, Kind.CLAIM]))}
    given["region"] = draw(st.one_of(st.none(), REGION_CODES))
    story.by(draw(st.sampled_from(["wangmin", "dingxia"]))).does("receive", **given)
    for _ in range(draw(st.integers(0, steps))):
        story.later(draw(st.sampled_from([0, 0, 1, 2, 5, 12, 31])))
        case = story.case()
        who, name = draw(st.sampled_from(inclined(possible(EVERYBODY, case))))
        story.by(who)
        fields: dict[str, Any] = draw(fields_of(STEPS[name], story.case()))
        full = {field: fields.get(field) for field in {*fields, *STEPS[name].needs}}
        if story.refusal(name, **full) is None:
            story.does(name, **full)
    return story
