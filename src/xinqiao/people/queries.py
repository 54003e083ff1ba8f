"""Named reads of petitioners. What comes out is masked; clear text comes from `actions.unmask`."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator

from django.db.models import Q

from xinqiao.people import vault
from xinqiao.people.masking import mask
from xinqiao.people.models import Party, Petitioner
from xinqiao.people.values import Masked, MaskedParty, PartyRole, PersonInput, readable_facts

#: So many petitioners of one matter are asked about, and so many of their contacts are looked at: a page stays bounded.
_MOST, _MOST_CONTACTS = 20, 200


def masked(ids: Collection[int]) -> dict[int, Masked]:
    """The petitioners as lists show them, by id; unknown ids are left out."""
    return {clear.id: mask(clear) for clear in vault.read(set(ids)).values()}


def masked_parties(contact_ids: Collection[int]) -> dict[int, list[MaskedParty]]:
    """Who stands behind each contact: petitioners first, then representatives, as attached.

    Every asked contact has a list; a contact nobody is known behind has an empty one.
    """
    parties: list[Party] = []
    for batch in vault.batches(set(contact_ids)):
        parties += Party.objects.filter(contact_id__in=batch).order_by("role", "seat", "id")
    who = masked({party.petitioner_id for party in parties})
    behind: dict[int, list[MaskedParty]] = {contact: [] for contact in contact_ids}
    for party in parties:
        behind[party.contact_id].append(
            MaskedParty(role=PartyRole(party.role), who=who[party.petitioner_id])
        )
    return behind


def same_person(person: PersonInput) -> list[int]:
    """Every card of this person: the same identity number, or else the same phone and name.

    A card with another identity number is another person. What cannot be read (a number half
    typed) is left aside; a name alone finds nobody.
    """
    found = Petitioner.objects.filter(vault.same_person(readable_facts(person)))
    return list(found.order_by("id").values_list("id", flat=True))


def can_be_known(person: PersonInput) -> bool:
    """Whether `same_person` can find this person's cards: by an identity number, or by phone and name."""
    facts = readable_facts(person)
    return bool(facts.id_number or (facts.phone and facts.name))


def contact_ids_of(petitioner_ids: Collection[int]) -> list[int]:
    """The contacts behind which one of these stands, in whatever role, oldest first."""
    found: set[int] = set()
    for batch in vault.batches(set(petitioner_ids)):
        rows = Party.objects.filter(petitioner_id__in=batch)
        found.update(rows.values_list("contact_id", flat=True))
    return sorted(found)


def petitioners_of(contact_ids: Collection[int]) -> list[int]:
    """The petitioners behind these contacts, each card once, in the order in which they came; no representatives."""
    found: dict[int, None] = {}
    for batch in vault.batches(set(contact_ids)):
        rows = Party.objects.filter(contact_id__in=batch, role=PartyRole.PETITIONER.value)
        found |= dict.fromkeys(
            rows.order_by("contact_id", "id").values_list("petitioner_id", flat=True)
        )
    return list(found)


def cards_of_same_person(petitioner_id: int) -> list[int]:
    """Every card of whom this one is of, itself among them, the oldest first: by blind index, nothing is unsealed."""
    rows = Petitioner.objects.filter(pk=petitioner_id)
    same = Q(pk=petitioner_id)
    for row in rows.values("id_number_index", "phone_index", "name_index"):
        same |= vault.same_indexes(row["id_number_index"], row["phone_index"], row["name_index"])
    return list(Petitioner.objects.filter(same).order_by("id").values_list("id", flat=True))


def reached_by_phone(contact_ids: Collection[int]) -> dict[int, int]:
    """Whom a message about these contacts goes to: petitioner by id, with the contact that names them.

    The representatives where there are any, else all petitioners; each phone once, by its first contact. Who left no
    phone, or was erased, is left out.
    """
    parties: list[tuple[int, str, int, str]] = []
    for batch in vault.batches(set(contact_ids)):
        rows = Party.objects.filter(contact_id__in=batch).exclude(petitioner__phone_index="")
        parties += rows.values_list(
            "contact_id", "role", "petitioner_id", "petitioner__phone_index"
        )
    speakers = {contact for contact, role, *_ in parties if role == PartyRole.REPRESENTATIVE}
    found: dict[int, int] = {}
    phones: set[str] = set()
    for contact, role, petitioner, phone in sorted(parties):
        if (contact in speakers) == (role == PartyRole.REPRESENTATIVE) and phone not in phones:
            phones.add(phone)
            found[petitioner] = contact
    return found


def contacts_of_same_people(contact_ids: Iterable[int]) -> list[int]:
    """The contacts of the petitioners behind these ones: the given contacts themselves, and any others.

    Who is the same is decided as in `same_person`, on the blind indexes alone: nothing is unsealed.
    """
    behind = Petitioner.objects.filter(
        parties__contact_id__in=list(contact_ids), parties__role=PartyRole.PETITIONER.value
    )
    same = Q(pk__in=[])
    for row in behind.values("id_number_index", "phone_index", "name_index").distinct()[:_MOST]:
        same |= vault.same_indexes(row["id_number_index"], row["phone_index"], row["name_index"])
    others = Petitioner.objects.filter(same).values("pk")
    rows = Party.objects.filter(petitioner__in=others, role=PartyRole.PETITIONER.value)
    return list(rows.order_by("-contact_id").values_list("contact_id", flat=True)[:_MOST_CONTACTS])


def hands(contact_ids: Collection[int]) -> dict[int, frozenset[str]]:
    """By which blind indexes the petitioners behind these contacts are found; nothing is unsealed, nobody is told.

    Two contacts with an index in common are of the same person: who shows an identity card at the counter and leaves
    name and phone when writing is one, as soon as one of these contacts has both. Only for the platform's own work.
    """
    told = list(_told_of(contact_ids))
    cards = {
        called: number for _, number, called in sorted(told, reverse=True) if number and called
    }
    found: defaultdict[int, set[str]] = defaultdict(set)
    for contact, number, called in told:
        if index := number or cards.get(called, called):
            found[contact].add(index)
    return {contact: frozenset(indexes) for contact, indexes in found.items()}


def _told_of(contact_ids: Collection[int]) -> Iterator[tuple[int, str, str]]:
    """Each petitioner behind these contacts: the index of the identity number, and those of phone and name together."""
    for batch in vault.batches(set(contact_ids)):
        rows = Party.objects.filter(contact_id__in=batch, role=PartyRole.PETITIONER.value)
        for contact, number, phone, name in rows.values_list(
            "contact_id", "petitioner__id_number_index", "petitioner__phone_index", "petitioner__name_index"
        ):  # fmt: skip
            yield contact, number or "", f"{phone} {name}" if phone and name else ""


def keys_of_petitioners(contact_ids: Collection[int]) -> dict[int, str]:
    """A key of the first petitioner behind each contact: the same for the same person, and it says nothing else.

    For counting how many different people there are; contacts behind which nobody is known are left out.
    """
    found: dict[int, str] = {}
    for batch in vault.batches(set(contact_ids)):
        rows = Party.objects.filter(contact_id__in=batch, role=PartyRole.PETITIONER.value)
        columns = (
            "contact_id",
            "petitioner_id",
            "petitioner__id_number_index",
            "petitioner__phone_index",
        )
        for contact, card, id_number, phone in rows.order_by("-id").values_list(*columns):
            found[contact] = id_number or phone or str(card)
    return found
