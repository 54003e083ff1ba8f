"""Files that go with a step: held for whoever chose them until the step is taken, then part of the matter for good."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from xinqiao.evidence import actions as evidence
from xinqiao.evidence import queries as kept
from xinqiao.evidence.values import DRAFT, MATTER, FileInfo, Owner
from xinqiao.matters import actions as matters
from xinqiao.matters.actions import Taken
from xinqiao.matters.queries import Told
from xinqiao.rules.persons import Person
from xinqiao.rules.refusals import Refused

FIELD = "files"
#: The name under which a form carries the ids of files that are held already.
HELD = "held"
_MOST_HELD = 20


@dataclass(frozen=True, kw_only=True)
class Held:
    """The files of a form: those kept so far, and what is wrong with those that were not.

    `missing` counts those that another form of the same person has used since.
    """

    files: Sequence[FileInfo] = ()
    missing: int = 0
    faults: Sequence[tuple[str, Refused]] = field(default_factory=tuple)

    @property
    def hashes(self) -> list[str]:
        """As the ledger names them."""
        return list(dict.fromkeys(file.sha256 for file in self.files))


def hold(
    uploads: Iterable["UploadedFile[Any]"], ids: Iterable[str], *, by: Person, now: datetime
) -> Held:
    """Keeps what was just chosen, beside what this person's form holds already (`ids`, as the form sent them)."""
    mine = _of(by)
    before = {str(file.id): file for file in kept.files_of(mine)}
    wanted = list(dict.fromkeys(ids))[:_MOST_HELD]
    files = [before[one] for one in wanted if one in before]
    missing = sum(one not in before for one in wanted)
    faults: list[tuple[str, Refused]] = []
    for upload in uploads:
        name = upload.name or ""
        try:
            files.append(evidence.keep(upload.file, name=name, owner=mine, by=by, now=now))  # type: ignore[arg-type]
        except Refused as refused:
            faults.append((name, refused))
    each_once = list({file.id: file for file in files}.values())
    return Held(files=each_once, missing=missing, faults=faults)


def take(matter_id: int, step: str, fields: Mapping[str, Any], held: Held, **how: Any) -> Taken:
    """Takes the step and hands its files to the matter, both or neither. Raises Refused."""
    with transaction.atomic():
        if held.files:
            evidence.hand_over([file.id for file in held.files], to=of_matter(matter_id))
        return matters.take(matter_id, step, fields, **how)


def files_named(matter_id: int, entries: Iterable[Told]) -> list[FileInfo]:
    """The files that these entries of a matter name; most matters have none, and nothing is asked for them."""
    named = any(entry.payload.get(FIELD) for entry in entries)
    return kept.files_of(of_matter(matter_id)) if named else []


def of_matter(matter_id: int) -> Owner:
    """Under what the files of a matter's entries lie."""
    return Owner(kind=MATTER, id=matter_id)


def _of(person: Person) -> Owner:
    """Under what files lie that somebody chose and that no step has taken yet: drafts, which do not last.

    The drafts of staff have negative numbers, those of the portal positive ones.
    """
    return Owner(kind=DRAFT, id=-(person.account or 0))
