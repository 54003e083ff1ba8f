"""What of a matter is counted, told from its ledger: the facts that indicators are made of (`rules.indicators`)."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class What(StrEnum):
    """What a fact is about. `day` of each is the day that places it in a period.

    Each is told beside its function in `counting_duties`, `counting_outcomes` and `counting_contacts`.
    """

    CONTACT = "contact"  # received; day: of receipt, of a visit that of the visit
    #: Who has to accept, decline, guide, notify or refer; day: due; mark: the clock of the law.
    ACCEPTANCE = "acceptance"
    ANSWER = (
        "answer"  # who owes the opinion; day: due; mark: handle, simple_handle, review, reexamine
    )
    DELIVERED = "delivered"  # an answer was handed out; day: of that; mark: the rating of the unit
    CLOSED = "closed"  # a matter was closed; day: closed; mark: how; done: when it was executed
    APPEAL = "appeal"  # an opinion of review or re-examination; day: delivered; mark: its result
    CONCLUDED = "concluded"  # the procedure is over; day: concluded; done: help given after it
    EXECUTION = "execution"  # a supported opinion is to be carried out; day: due
    REPORT_BACK = "report_back"  # an assigned matter is to be reported back; day: due
    URGING = "urging"  # an urging is to be answered; day: due; mark: its form
    RECOMMENDATION = (
        "recommendation"  # one of the three; day: due; mark: adopted, partly, not_adopted
    )
    MATTER = (
        "matter"  # opened; day: of receipt; done: closed; mark: reopened, where another goes on
    )
    LEAD_VISIT = "lead_visit"  # a leader receives or goes to the place; day: planned


@dataclass(frozen=True, kw_only=True, slots=True)
class Counted:
    """One thing that is counted once, as a ledger tells it. Days are of Shanghai; no personal data stands here.

    `seq` is the entry with which it began; (what, seq) is one of its matter's. `unit` is whose figure it is, `region`,
    `category` and `channel` those of the matter as known ("" where nothing is known yet).
    """

    what: What
    seq: int
    unit: str
    region: str
    category: str
    channel: str
    day: date
    start: date | None = None  # when the clock began
    due: date | None = None  # the last day on which it was done in time
    done: date | None = None  # when it was done
    settled: date | None = None  # when the matter was confirmed settled, or its opinion executed
    again: date | None = None  # the first further contact, or the reopening, after `day`
    level: str = ""  # of a visit: township, county, city, province, nation
    mark: str = ""  # rating, result, adoption: see `What`
    persons: int = 1
    first: bool = True  # no repeat
    designated: bool = True  # a visit in the place that is meant for it
    skipped: bool = False  # a visit above the competent level and the one above it
    extended: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Arrived:
    """A contact as intake keeps it beside the entry that recorded it: how many came, and to which level.

    `designated`: a visit in the place that is meant for it, or one of which nothing else is known.
    """

    persons: int = 1
    level: str = ""
    designated: bool = True
    repeat: bool = False
