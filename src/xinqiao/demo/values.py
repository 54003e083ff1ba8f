"""What a plan is made of: matters with their contacts and steps, in the order of time."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal

from xinqiao.demo.names import Petitioner

Role = Literal["clerk", "officer", "head", "petitioner"]


@dataclass(frozen=True, kw_only=True)
class PlannedContact:
    """One letter, visit, call, fax or online submission as `unit` received it.

    `level` and `designated_place` belong to visits and are "" and None otherwise; `head_count` is
    1 unless a group came, which `representatives` (at most 5) speak for. `postmark_on` stands on
    letters alone.
    """

    unit: str
    channel: str
    received_at: datetime
    subject: str
    body: str
    petitioners: tuple[Petitioner, ...]
    representatives: tuple[Petitioner, ...] = ()
    head_count: int = 1
    level: str = ""
    designated_place: bool | None = None
    postmark_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class PlannedStep:
    """One step of the table of steps, with the fields that it needs.

    `by_unit` is "" when the petitioner acts. In `fields` dates are ISO strings, units are codes, an
    account is `{"role": ..., "unit": ...}`, and `contact` is an index into the matter's contacts.
    """

    step: str
    at: datetime
    by_unit: str
    by_role: Role
    fields: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class PlannedMatter:
    """A matter from its first contact to where it stands at the end of the plan.

    `contacts[0]` opens it; later ones are brought in by `add_contact` steps. `kind`, `category`,
    `region` and `path` are what it really is, even where it was first registered otherwise.
    `template` is the code of the subject from which its texts were made.
    """

    key: str
    template: str
    kind: str
    category: str
    region: str
    path: str | None
    urgent: bool
    unit: str
    contacts: tuple[PlannedContact, ...]
    steps: tuple[PlannedStep, ...]
