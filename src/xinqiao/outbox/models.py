"""The one table of the outbox. It holds no phone, no address, no name: recipients are references."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from xinqiao.outbox.values import Channel


class OutgoingMessage(models.Model):
    """A message that was promised in a transaction, and what became of it."""

    idempotency_key = models.CharField(max_length=120, unique=True)
    kind = models.CharField(max_length=40)
    channel = models.CharField(max_length=12)
    petitioner_id = models.BigIntegerField(null=True)
    unit = models.CharField(max_length=60, blank=True)
    matter_id = models.BigIntegerField(null=True)
    template = models.CharField(max_length=60)
    data = models.JSONField(default=dict)
    created_at = models.DateTimeField()
    due_at = models.DateTimeField()
    next_try_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    attempts = models.PositiveIntegerField(default=0)
    last_error = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(channel__in=[channel.value for channel in Channel]),
                name="outbox_channel_known",
            ),
            models.CheckConstraint(
                condition=Q(
                    channel=Channel.PETITIONERS.value,
                    matter_id__isnull=False,
                    petitioner_id__isnull=True,
                    unit="",
                )
                | (
                    ~Q(channel=Channel.PETITIONERS.value)
                    & (
                        Q(petitioner_id__isnull=True, unit__gt="")
                        | Q(petitioner_id__isnull=False, unit="")
                    )
                ),
                name="outbox_one_recipient",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["next_try_at"], condition=Q(sent_at__isnull=True), name="outbox_to_send"
            ),
            models.Index(fields=["unit", "due_at"], name="outbox_by_unit"),
        ]

    def __str__(self) -> str:
        return f"message {self.pk} ({self.kind}, {self.channel})"
