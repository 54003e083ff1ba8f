from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [
        ("outbox", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="outgoingmessage",
            name="matter_id",
            field=models.BigIntegerField(null=True),
        ),
        migrations.RemoveConstraint(
            model_name="outgoingmessage",
            name="outbox_channel_known",
        ),
        migrations.RemoveConstraint(
            model_name="outgoingmessage",
            name="outbox_one_recipient",
        ),
        migrations.AddConstraint(
            model_name="outgoingmessage",
            constraint=models.CheckConstraint(
                condition=Q(channel__in=["sms", "desk", "print", "petitioners"]),
                name="outbox_channel_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="outgoingmessage",
            constraint=models.CheckConstraint(
                condition=Q(channel="petitioners", matter_id__isnull=False, petitioner_id__isnull=True, unit="")
                | (
                    ~Q(channel="petitioners")
                    & (
                        Q(petitioner_id__isnull=True, unit__gt="")
                        | Q(petitioner_id__isnull=False, unit="")
                    )
                ),
                name="outbox_one_recipient",
            ),
        ),
    ]
