"""Petitioners, their keys, and the contacts they stand behind. No column holds personal data in clear."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from xinqiao.people.values import PartyRole, PetitionerKind

MOST_REPRESENTATIVES = 5
_INDEX_LENGTH = 32


class DataKey(models.Model):
    """The wrapped key of one petitioner. A row of its own, because erasing a person deletes it."""

    wrapped = models.BinaryField()

    def __str__(self) -> str:
        return f"data key {self.pk}"


class Petitioner(models.Model):
    """A card: exactly what one person or organisation said of themselves. Never changed, only erased.

    Its id is that of its data key. Sealed fields are null where nothing was said.
    """

    id = models.BigIntegerField(primary_key=True)
    kind = models.CharField(max_length=12)
    name_sealed = models.BinaryField(null=True)
    id_number_sealed = models.BinaryField(null=True)
    phone_sealed = models.BinaryField(null=True)
    address_sealed = models.BinaryField(null=True)
    name_index = models.CharField(max_length=_INDEX_LENGTH, blank=True)
    id_number_index = models.CharField(max_length=_INDEX_LENGTH, blank=True)
    phone_index = models.CharField(max_length=_INDEX_LENGTH, blank=True)
    card_index = models.CharField(max_length=_INDEX_LENGTH, blank=True)
    created_at = models.DateTimeField()
    forgotten_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in PetitionerKind]),
                name="petitioner_kind_known",
            ),
            models.UniqueConstraint(
                fields=["card_index"], condition=~Q(card_index=""), name="petitioner_card_once"
            ),
            models.CheckConstraint(
                condition=Q(forgotten_at__isnull=True, name_sealed__isnull=False)
                | Q(
                    forgotten_at__isnull=False,
                    name_sealed__isnull=True,
                    id_number_sealed__isnull=True,
                    phone_sealed__isnull=True,
                    address_sealed__isnull=True,
                    name_index="",
                    id_number_index="",
                    phone_index="",
                    card_index="",
                ),
                name="petitioner_forgotten_wholly",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["id_number_index"], name="petitioner_by_id_number"),
            models.Index(fields=["phone_index", "name_index"], name="petitioner_by_phone_name"),
        ]

    def __str__(self) -> str:
        return f"petitioner {self.pk}"


class Party(models.Model):
    """Who stands behind a contact. The numbered seats hold the representatives to five (art. 20)."""

    contact_id = models.BigIntegerField()
    petitioner = models.ForeignKey(Petitioner, on_delete=models.PROTECT, related_name="parties")
    role = models.CharField(max_length=16)
    seat = models.PositiveSmallIntegerField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["contact_id", "petitioner", "role"], name="party_once_in_a_role"
            ),
            models.UniqueConstraint(fields=["contact_id", "seat"], name="party_one_on_a_seat"),
            models.CheckConstraint(
                condition=Q(role=PartyRole.PETITIONER.value, seat__isnull=True)
                | Q(
                    role=PartyRole.REPRESENTATIVE.value,
                    seat__isnull=False,
                    seat__gte=1,
                    seat__lte=MOST_REPRESENTATIVES,
                ),
                name="party_representatives_at_most_5",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} {self.petitioner_id} of contact {self.contact_id}"
