"""What stands in the files of a matter: their names, and their words as far as they are read."""

from collections.abc import Collection, Sequence

from xinqiao.evidence import queries as evidence
from xinqiao.evidence.values import CONTACT, MATTER, FileInfo
from xinqiao.intake import queries as intake
from xinqiao.matters.found import Body
from xinqiao.text.personal_numbers import without_numbers

#: Whose files are found: those that came with a contact, and those that go with a step.
OWNERS = (CONTACT, MATTER)
FIELD = "files"


def files_of(matters: Collection[int]) -> dict[int, list[Body]]:
    """A text for each file of these matters, by matter: its name, and what it says. Nobody's scope is asked."""
    came = evidence.words_of_each(CONTACT, intake.ids_of_matters(matters))
    contacts = intake.matters_of(came) if came else {}
    found: dict[int, list[Body]] = {}
    for owner, told in came.items():
        found.setdefault(contacts[owner], []).extend(_bodies(told))
    for owner, told in evidence.words_of_each(MATTER, matters).items():
        found.setdefault(owner, []).extend(_bodies(told))
    return found


def matters_of(files: Sequence[FileInfo]) -> list[int]:
    """The matters to which these files belong, each once."""
    owners = [file.owner for file in files]
    contacts = intake.matters_of([one.id for one in owners if one.kind == CONTACT])
    steps = [one.id for one in owners if one.kind == MATTER]
    return sorted({*contacts.values(), *steps})


def _bodies(told: Sequence[tuple[str, str]]) -> list[Body]:
    """Names without the numbers of people, which were left out of the words when they were read."""
    named = [(without_numbers(name), words) for name, words in told]
    return [Body(0, FIELD, f"{name} {words}" if words else name) for name, words in named]
