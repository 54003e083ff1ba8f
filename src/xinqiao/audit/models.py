"""The one table of the audit: rows are added and never touched again."""

from django.db import models


class AuditEntry(models.Model):
    """Who did what to which object, when and why. Holds no personal data of a petitioner."""

    at = models.DateTimeField()
    account_id = models.BigIntegerField(null=True)
    unit = models.CharField(max_length=60, blank=True)
    action = models.CharField(max_length=40)
    object_kind = models.CharField(max_length=40, blank=True)
    object_id = models.BigIntegerField(null=True)
    reason = models.CharField(max_length=500, blank=True)
    detail = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~models.Q(action=""), name="audit_action_named"),
            models.CheckConstraint(
                condition=models.Q(object_id=None) | ~models.Q(object_kind=""),
                name="audit_object_has_kind",
            ),
        ]
        indexes = [
            models.Index(fields=["at"], name="audit_by_time"),
            models.Index(fields=["account_id", "at"], name="audit_by_account"),
            models.Index(fields=["object_kind", "object_id", "at"], name="audit_by_object"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.action} {self.object_kind} {self.object_id}"
