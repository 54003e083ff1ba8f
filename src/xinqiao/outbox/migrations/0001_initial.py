from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='OutgoingMessage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('idempotency_key', models.CharField(max_length=120, unique=True)),
                ('kind', models.CharField(max_length=40)),
                ('channel', models.CharField(max_length=12)),
                ('petitioner_id', models.BigIntegerField(null=True)),
                ('unit', models.CharField(blank=True, max_length=60)),
                ('template', models.CharField(max_length=60)),
                ('data', models.JSONField(default=dict)),
                ('created_at', models.DateTimeField()),
                ('due_at', models.DateTimeField()),
                ('next_try_at', models.DateTimeField()),
                ('sent_at', models.DateTimeField(null=True)),
                ('attempts', models.PositiveIntegerField(default=0)),
                ('last_error', models.CharField(blank=True, max_length=120)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('sent_at__isnull', True)), fields=['next_try_at'], name='outbox_to_send'), models.Index(fields=['unit', 'due_at'], name='outbox_by_unit')],
                'constraints': [models.CheckConstraint(condition=models.Q(('channel__in', ['sms', 'desk', 'print'])), name='outbox_channel_known'), models.CheckConstraint(condition=models.Q(models.Q(('petitioner_id__isnull', True), ('unit__gt', '')), models.Q(('petitioner_id__isnull', False), ('unit', '')), _connector='OR'), name='outbox_one_recipient')],
            },
        ),
    ]
