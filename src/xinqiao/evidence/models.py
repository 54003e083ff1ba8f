"""Files received. The bytes lie in the platform's folder under their hash; here is what they are."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from xinqiao.evidence.values import ACCEPTED, DRAFT, WordsState


class StoredFile(models.Model):
    """One file as part of one thing. The same bytes sent twice lie once and may have many rows."""

    owner_kind = models.CharField(max_length=20)
    owner_id = models.BigIntegerField()
    sha256 = models.CharField(max_length=64)
    received_sha256 = models.CharField(max_length=64, default="", blank=True)
    size = models.BigIntegerField()
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=10)
    received_at = models.DateTimeField()
    received_by = models.BigIntegerField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["owner_kind", "owner_id", "sha256"], name="file_once_each"
            ),
            models.CheckConstraint(condition=~Q(owner_kind=""), name="file_has_owner"),
            models.CheckConstraint(condition=Q(size__gt=0), name="file_has_content"),
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in ACCEPTED]), name="file_kind_accepted"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["sha256"], name="file_by_hash"),
            models.Index(
                fields=["received_at"], condition=Q(owner_kind=DRAFT), name="file_in_draft"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.sha256[:12]} of {self.owner_kind} {self.owner_id}"


class FileWords(models.Model):
    """What can be read in a file, for finding it; made from the bytes, and gone with the file.

    Without identity and mobile numbers: what is encrypted elsewhere is not found here.
    """

    file = models.OneToOneField(
        StoredFile, on_delete=models.CASCADE, primary_key=True, related_name="read"
    )
    state = models.CharField(max_length=16, choices=[(one.value, one.value) for one in WordsState])
    words = models.TextField(blank=True)
    read_at = models.DateTimeField()
