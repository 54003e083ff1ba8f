"""The days off of a year, as the State Council's notice gives them: checked, looked at, put into the home."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from django.db import transaction

from xinqiao.administration import store
from xinqiao.administration.foresight import Foreseen, foresee
from xinqiao.administration.scope import note, refuse, refuse_settings
from xinqiao.law.calendar import YearNotice, read_notice
from xinqiao.law.errors import LawError
from xinqiao.matters import clockwork
from xinqiao.matters import queries as matters
from xinqiao.rules.persons import Person
from xinqiao.rules.refusals import Refusal, Refused


@dataclass(frozen=True, kw_only=True)
class Draft:
    """A notice that was checked: its text as a file, and what it would change."""

    notice: YearNotice
    text: str
    added: tuple[date, ...]
    removed: tuple[date, ...]
    foreseen: Foreseen


def path_of(year: int) -> Path:
    """The file in which the notice of a year lies."""
    return store.folder(store.CALENDAR) / f"{year}.toml"


def seen() -> str:
    """Names all notices of the home as they are now, so that two administrators do not overwrite each other."""
    return store.fingerprints(store.CALENDAR)


def written(
    year: int, source: str, days_off: Iterable[date], make_up_workdays: Iterable[date]
) -> str:
    """A notice as the text of its file."""
    return (
        f"year = {year}\nsource = {store.quoted(source)}\n"
        f"days_off = {store.dated(days_off)}\nmake_up_workdays = {store.dated(make_up_workdays)}\n"
    )


def checked(text: str, year: int, now: datetime) -> YearNotice:
    """The notice that a file with this text gives. Raises Refused with what is wrong with it."""
    this_year = matters.today(now).year
    with TemporaryDirectory() as place:
        path = Path(place) / f"{year}.toml"
        path.write_text(text, encoding="utf-8")
        try:
            notice = read_notice(path)
        except LawError as fault:
            said = {"zh": fault.say("zh"), "en": fault.say("en")}
            raise Refused(Refusal("rules_unusable", None, {"said": "", **said})) from fault
    if notice.year > this_year + 1:
        refuse(Refusal("year_too_far"))
    return notice


def draft(text: str, year: int, *, by: Person, now: datetime) -> Draft:
    """A notice checked, with the days it changes and the matters whose dates it moves. Raises Refused."""
    refuse_settings(by, matters.today(now))
    notice = checked(text, year, now)
    before, after = clockwork.calendar(), clockwork.calendar().with_year(notice)
    days = [date.fromordinal(n) for n in range(*_ordinals(notice.year))]
    return Draft(
        notice=notice,
        text=text,
        added=tuple(d for d in days if after.is_day_off(d) and not before.is_day_off(d)),
        removed=tuple(d for d in days if before.is_day_off(d) and not after.is_day_off(d)),
        foreseen=foresee(now, calendar=after),
    )


def _ordinals(year: int) -> tuple[int, int]:
    return date(year, 1, 1).toordinal(), date(year + 1, 1, 1).toordinal()


@transaction.atomic
def publish(text: str, year: int, *, seen_files: str, by: Person, now: datetime) -> YearNotice:
    """The notice counts from now on, in every process; the worker brings open matters up to date within the hour.

    Raises Refused; then nothing was changed.
    """
    refuse_settings(by, matters.today(now))
    notice = checked(text, year, now)
    path = path_of(notice.year)
    before = store.fingerprint(path)
    if seen() != seen_files:
        refuse(Refusal("changed_meanwhile"))
    store.put(path, text, now)
    note(
        "publish_notice", by=by, now=now, kind="calendar", row=notice.year, before=before or None,
        after=store.fingerprint(path), code=f"{notice.year}",
    )  # fmt: skip
    return notice


def read_upload(content: bytes) -> YearNotice:
    """The notice that an uploaded file gives. Raises LawError with what is wrong with it."""
    with TemporaryDirectory() as place:
        path = Path(place) / "notice.toml"
        path.write_bytes(content)
        return read_notice(path)
