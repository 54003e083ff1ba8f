"""The wordings of a place's own texts; each stays."""

from typing import ClassVar

from django.db import models
from django.db.models import Q


class TextVersion(models.Model):
    """One wording of one text in both languages. The newest counts; empty ones bring the default back."""

    key = models.CharField(max_length=24)
    number = models.IntegerField()
    zh = models.TextField(blank=True)
    en = models.TextField(blank=True)
    account = models.BigIntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["key", "number"], name="text_version_once"),
            models.CheckConstraint(
                condition=Q(zh="", en="") | (~Q(zh="") & ~Q(en="")), name="text_in_both_languages"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.number}"
