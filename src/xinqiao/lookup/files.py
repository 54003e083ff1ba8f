"""Which files of a matter its petitioner may see: of the own contact, of what they sent, of what was handed out."""

from collections.abc import Mapping, Sequence

from xinqiao.evidence import queries as evidence
from xinqiao.evidence.values import CONTACT, MATTER, FileInfo, Owner
from xinqiao.lookup.way import Teller
from xinqiao.matters.queries import Told

#: Steps with which something is handed to the petitioner. Proofs, records and drafts of the offices stay inside.
HANDED = frozenset({"notify", "decline", "guide", "reply", "record_settlement"})
#: Steps in which files may be the petitioner's own: shown like their words, only to a sole petitioner.
OWN = frozenset({"supplement", "request_review", "request_reexamination"})


def of_contact(contact_id: int) -> list[FileInfo]:
    """What came with the contact with whose number the matter was opened."""
    return evidence.files_of(Owner(kind=CONTACT, id=contact_id))


def of_entries(teller: Teller, matter_id: int) -> Mapping[int, Sequence[FileInfo]]:
    """The files that may be seen, by the number of the entry that names them."""
    by_hash = {file.sha256: file for file in evidence.files_of(Owner(kind=MATTER, id=matter_id))}
    return {
        told.seq: [by_hash[one] for one in told.payload.get("files") or () if one in by_hash]
        for told in teller.counted()
        if _shown(told, teller)
    }


def _shown(told: Told, teller: Teller) -> bool:
    if told.step in OWN:
        return teller.sole and told.account is None
    return told.step in HANDED
