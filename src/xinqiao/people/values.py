"""What is said of a person: as it was brought, as it is kept, as it may be shown."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from enum import StrEnum

from xinqiao.rules.refusals import Refusal, Refused
from xinqiao.text.clean import Problem, clean_text, fold_width, normal_id_number, normal_phone

LONGEST: Mapping[str, int] = {"name": 120, "address": 500}


class PetitionerKind(StrEnum):
    PERSON = "person"
    ORGANISATION = "organisation"


class PartyRole(StrEnum):
    """How somebody stands behind a contact."""

    PETITIONER = "petitioner"
    REPRESENTATIVE = "representative"


class Fact(StrEnum):
    """What is known of a petitioner, and kept encrypted."""

    NAME = "name"
    ID_NUMBER = "id_number"
    PHONE = "phone"
    ADDRESS = "address"


@dataclass(frozen=True, kw_only=True)
class PersonInput:
    """A petitioner as a contact names them, cleaned by nobody yet; what was not said is empty.

    For an organisation `id_number` is its unified social credit code. Never printed by `repr`.
    """

    name: str = field(repr=False)
    kind: PetitionerKind = PetitionerKind.PERSON
    id_number: str = field(default="", repr=False)
    phone: str = field(default="", repr=False)
    address: str = field(default="", repr=False)


@dataclass(frozen=True, kw_only=True)
class Facts:
    """The same in one form: what two spellings of one thing have in common."""

    kind: PetitionerKind
    name: str = field(repr=False)
    id_number: str = field(repr=False)
    phone: str = field(repr=False)
    address: str = field(repr=False)


@dataclass(frozen=True, kw_only=True)
class Clear:
    """A petitioner in clear. When erased, every fact is empty and `forgotten` is true."""

    id: int
    kind: PetitionerKind
    name: str = field(repr=False)
    id_number: str = field(repr=False)
    phone: str = field(repr=False)
    address: str = field(repr=False)
    forgotten: bool = False


@dataclass(frozen=True, kw_only=True)
class Masked:
    """A petitioner as every list shows them. When erased, every fact is empty."""

    id: int
    kind: PetitionerKind
    name: str
    id_number: str
    phone: str
    address: str
    forgotten: bool = False


@dataclass(frozen=True, kw_only=True)
class MaskedParty:
    """Somebody behind a contact, masked."""

    role: PartyRole
    who: Masked


def problems(person: PersonInput) -> dict[Fact, Problem]:
    """What is wrong with what a person gave, by field, for a form to show beside it."""
    return {fact: value for fact, value in _read(person) if isinstance(value, Problem)}


def normal_facts(person: PersonInput) -> Facts:
    """The facts in their one form. Raises Refused with the first problem and its field (art. 19)."""
    read = {}
    for fact, value in _read(person):
        if isinstance(value, Problem):
            raise Refused(Refusal(value.code, "19", {"field": fact, **value.facts}))
        read[fact.value] = value
    return Facts(kind=person.kind, **read)


def readable_facts(person: PersonInput) -> Facts:
    """The facts that can be read; the others empty. For looking somebody up while they type."""
    read = {
        fact.value: "" if isinstance(value, Problem) else value for fact, value in _read(person)
    }
    return Facts(kind=person.kind, **read)


def facts_of(someone: Facts | Clear) -> dict[Fact, str]:
    """The facts that are known, by field."""
    names = {one.name for one in fields(someone)}
    return {fact: value for fact in Fact if fact in names and (value := getattr(someone, fact))}


def _read(person: PersonInput) -> Iterator[tuple[Fact, str | Problem]]:
    yield Fact.NAME, _name(person.name)
    yield Fact.ID_NUMBER, _id_number(person)
    yield Fact.PHONE, normal_phone(person.phone) if person.phone.strip() else ""
    yield Fact.ADDRESS, _line(Fact.ADDRESS, person.address)


def _name(raw: str) -> str | Problem:
    return _line(Fact.NAME, fold_width(raw)) or Problem(code="field_missing")


def _line(fact: Fact, raw: str) -> str | Problem:
    cleaned = clean_text(raw, multiline=False)
    if isinstance(cleaned, Problem):
        return cleaned
    if len(cleaned.text) > LONGEST[fact]:
        size = {"length": str(len(cleaned.text)), "limit": str(LONGEST[fact])}
        return Problem(code="text_too_long", facts=size)
    return cleaned.text


# GB 32100: 18 places, without the letters that are mistaken for digits.
_CREDIT_CODE = re.compile("[0-9A-HJ-NPQRTUWXY]{18}")


def _id_number(person: PersonInput) -> str | Problem:
    if not person.id_number.strip():
        return ""
    if person.kind is PetitionerKind.PERSON:
        return normal_id_number(person.id_number)
    code = re.sub(r"[\s\-]+", "", fold_width(person.id_number)).upper()
    return code if _CREDIT_CODE.fullmatch(code) else Problem(code="credit_code_format")
