"""What a door hands to intake, and what it gets back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from xinqiao.law.clocks import Clock
from xinqiao.people.values import PersonInput


@dataclass(frozen=True, kw_only=True)
class ContactInput:
    """One contact as it arrived, cleaned by nobody yet.

    `unit` is the unit that received it; `received_at` aware. `petitioners` are those in whose name it speaks,
    `representatives` who speak for a group (at most 5). `matter` is given when a person has confirmed that it
    belongs to an existing matter. `kind`, `category`, `region` may be proposed by the sender. `query_code` is
    given by a door that must be able to say it a second time; else it is made up.
    """

    unit: str
    channel: str
    received_at: datetime
    subject: str
    body: str
    petitioners: Sequence[PersonInput] = ()
    representatives: Sequence[PersonInput] = ()
    head_count: int = 1
    level: str = ""
    designated_place: bool | None = None
    postmark_on: date | None = None
    kind: str = ""
    category: str = ""
    region: str = ""
    matter: int | None = None
    predecessor: int | None = None
    source: str = ""
    source_id: str = ""
    request_key: str | None = None
    query_code: str = ""


@dataclass(frozen=True, kw_only=True)
class Receipt:
    """The proof that a contact was received: what the petitioner leaves with. The query code is shown this once.

    `clocks` are those that began with it, where it opened a matter. `fresh` is false when the very same request had
    been received before; then `query_code` and `clocks` are empty.
    """

    contact: int
    number: str
    query_code: str
    received_at: datetime
    matter: int
    matter_number: str
    subject: str
    fresh: bool = True
    clocks: Sequence[Clock] = ()
