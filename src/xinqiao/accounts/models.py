"""Accounts of citizens, the codes that open them, and the names by which single sign-on knows staff."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

_INDEX_LENGTH = 32


class Citizen(models.Model):
    """Whoever showed that a phone is in their hand. Nothing else is kept of them, and no staff page lists them."""

    phone_sealed = models.BinaryField()
    phone_index = models.CharField(max_length=_INDEX_LENGTH, unique=True)
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"citizen {self.pk}"


class KeptMatter(models.Model):
    """A matter that a citizen opens without its query code: submitted while signed in, or added with the code."""

    citizen = models.ForeignKey(Citizen, on_delete=models.CASCADE, related_name="kept")
    matter_id = models.BigIntegerField()
    number = models.CharField(max_length=24)
    kept_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["citizen", "matter_id"], name="matter_kept_once"),
        ]

    def __str__(self) -> str:
        return f"matter {self.matter_id} of citizen {self.citizen_id}"


class PhoneCode(models.Model):
    """The newest code sent to a phone, hashed with a key of the platform. It opens once, for a few minutes."""

    phone_index = models.CharField(max_length=_INDEX_LENGTH, unique=True)
    code_hash = models.CharField(max_length=64)
    ends_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(phone_index=""), name="code_for_a_phone"),
        ]

    def __str__(self) -> str:
        return f"code {self.pk}"


class SignOnName(models.Model):
    """The name by which the place's single sign-on knows the owner of an account; linked by an administrator."""

    account_id = models.BigIntegerField(unique=True)
    name = models.CharField(max_length=200, unique=True)
    linked_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"sign-on of account {self.account_id}"
