"""Local provisions: stricter limits for offices, longer windows for petitioners. A looser one the law refuses."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from shutil import copy2
from tempfile import TemporaryDirectory

from django.db import transaction

from xinqiao import law
from xinqiao.administration import store
from xinqiao.administration.foresight import Foreseen, foresee
from xinqiao.administration.scope import note, refuse, refuse_settings
from xinqiao.law.errors import LawError, LooserThanLaw
from xinqiao.law.limits import Law, Limit, Owner
from xinqiao.law.provisions import LAW_IDS
from xinqiao.matters import clockwork
from xinqiao.matters import queries as matters
from xinqiao.rules.persons import Person
from xinqiao.rules.refusals import Refusal, Refused


@dataclass(frozen=True, kw_only=True)
class Provision:
    """A local provision as a form gives it: `amounts` by the id of the limit, in the limit's own unit."""

    title_zh: str
    title_en: str
    starts: date
    article: str
    amounts: Mapping[str, int]


@dataclass(frozen=True, kw_only=True)
class Draft:
    """A provision that was checked: what it changes from its first day on, and the matters whose dates it moves."""

    text: str
    changes: Sequence[tuple[Limit, Limit]]
    foreseen: Foreseen


def written(provision: Provision, law_id: str) -> str:
    """The provision as the text of its file."""
    limits = law.on(provision.starts).edition(provision.starts).limits
    lines = [
        f'base = "{law_id}"', f"title_zh = {store.quoted(provision.title_zh)}",
        f"title_en = {store.quoted(provision.title_en)}", f"from = {provision.starts.isoformat()}",
    ]  # fmt: skip
    for name, amount in provision.amounts.items():
        lines += ["", "[[limit]]", f'id = "{name}"', f"amount = {amount}"]
        lines += [f'unit = "{limits[name].unit}"']
        lines += [f"article = {store.quoted(provision.article)}"] if provision.article else []
    return "\n".join(lines) + "\n"


def seen() -> str:
    """Names all local provisions as they are now."""
    return store.fingerprints(store.PROVISIONS)


def draft(provision: Provision, *, by: Person, now: datetime) -> Draft:
    """A provision checked together with those that are there. Raises Refused, naming the article it is looser than."""
    text, _, before, after = _checked(provision, by, now)
    changes = [
        (before.edition(provision.starts).limits[name], after.edition(provision.starts).limits[name])
        for name in provision.amounts
    ]  # fmt: skip
    foreseen = foresee(
        now, law_on=lambda day: after if after.covers(day) else clockwork.law_on(day)
    )
    return Draft(text=text, changes=changes, foreseen=foreseen)


@transaction.atomic
def publish(provision: Provision, *, seen_files: str, by: Person, now: datetime) -> str:
    """The provision counts from its first day on. Returns the name of its file. Raises Refused."""
    text, name, _, _ = _checked(provision, by, now)
    if seen() != seen_files:
        refuse(Refusal("changed_meanwhile"))
    path = store.folder(store.PROVISIONS) / name
    store.put(path, text, now)
    figures = ", ".join(f"{limit} {amount}" for limit, amount in provision.amounts.items())
    note(
        "publish_provision", by=by, now=now, kind="provision", row=None, after=figures, code=name,
        since=f"{provision.starts}", content=store.fingerprint(path),
    )  # fmt: skip
    return name


def _checked(provision: Provision, by: Person, now: datetime) -> tuple[str, str, Law, Law]:
    """Text and file name of the provision, the law before it, and the law with it."""
    refuse_settings(by, matters.today(now))
    if not provision.amounts:
        refuse(Refusal("nothing_changed"))
    if provision.starts < matters.today(now):
        refuse(Refusal("provision_in_the_past", None, {"day": f"{provision.starts}"}))
    law_id = law.on(provision.starts).id
    text, name = written(provision, law_id), _next_name(provision.starts)
    with TemporaryDirectory() as place:
        after = _together(Path(place), name, text, law_id)
    return text, name, clockwork.law_on(provision.starts), after


def _together(place: Path, name: str, text: str, law_id: str) -> Law:
    """The law with all local provisions and this one, read as the platform reads them. Raises Refused."""
    for path in store.files(store.PROVISIONS):
        copy2(path, place / path.name)
    known = {str(fault) for fault in clockwork.law_with(law_id, sorted(place.glob("*.toml")))[1]}
    (place / name).write_text(text, encoding="utf-8")
    after, faults = clockwork.law_with(law_id, sorted(place.glob("*.toml")))
    for fault in faults:
        if str(fault) not in known:
            _refuse_fault(fault)
    return after


def _refuse_fault(fault: LawError) -> None:
    if isinstance(fault, LooserThanLaw):
        raise Refused(_looser(fault)) from fault
    said = {"zh": fault.say("zh"), "en": fault.say("en")}
    raise Refused(Refusal("rules_unusable", None, {"said": "", **said})) from fault


def _looser(fault: LooserThanLaw) -> Refusal:
    """The same in the words of a form: which limit, how long at most (or at least), and where it stands."""
    limit, given = fault.reason.facts["limit"], fault.reason.facts["id"]
    if not isinstance(limit, Limit):  # the error has changed its shape
        raise TypeError(f"no limit in {fault.code}")
    facts = {
        "clock": f"{given}",
        "amount": f"{fault.reason.facts['amount']}",
        "limit": f"{limit.figure}",
    }
    if limit.owner is Owner.PETITIONER:
        return Refusal("local_window_shorter", limit.article, facts)
    return Refusal("local_duty_longer", limit.article, facts)


def _next_name(starts: date) -> str:
    """`local-20270101-1.toml`: files are read in the order of their names, so earlier days come first."""
    taken = {path.name for path in store.files(store.PROVISIONS)}
    number = 1
    while (name := f"local-{starts:%Y%m%d}-{number}.toml") in taken:
        number += 1
    return name


def in_use() -> list[Law]:
    """The regulations as this platform reads them, the newest first, with the local provisions."""
    return [clockwork.law_on(law.by_id(one).starts) for one in reversed(LAW_IDS)]
