"""The published contract: decoded JSON in, plain values for JSON out."""

from xinqiao.law.calendar import Calendar
from xinqiao.law.clocks import clocks, edition_of
from xinqiao.law.events import read_ledger
from xinqiao.law.limits import Law
from xinqiao.law.wording import Lang


def answer(
    raw: object, *, calendar: Calendar, local: Law | None = None, lang: Lang = "zh"
) -> dict[str, object]:
    """`{"law": ..., "clocks": [...]}` for one ledger `{"as_of": ..., "events": [...]}`.

    Raises BadEvent, ImpossibleOrder or NoLawInForce; nothing is answered in part.
    """
    ledger = read_ledger(raw)
    found = clocks(ledger.events, ledger.as_of, calendar=calendar, law=local)
    return {
        "law": edition_of(ledger.events, local).law_id,
        "clocks": [clock.as_dict(lang) for clock in found],
    }
