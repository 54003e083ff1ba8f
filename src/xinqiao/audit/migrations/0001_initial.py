from django.db import migrations, models

from xinqiao.audit.append_only import forbid_changes


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='AuditEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('account_id', models.BigIntegerField(null=True)),
                ('unit', models.CharField(blank=True, max_length=60)),
                ('action', models.CharField(max_length=40)),
                ('object_kind', models.CharField(blank=True, max_length=40)),
                ('object_id', models.BigIntegerField(null=True)),
                ('reason', models.CharField(blank=True, max_length=500)),
                ('detail', models.JSONField(default=dict)),
            ],
            options={
                'indexes': [models.Index(fields=['at'], name='audit_by_time'), models.Index(fields=['account_id', 'at'], name='audit_by_account'), models.Index(fields=['object_kind', 'object_id', 'at'], name='audit_by_object')],
                'constraints': [models.CheckConstraint(condition=models.Q(('action', ''), _negated=True), name='audit_action_named'), models.CheckConstraint(condition=models.Q(('object_id', None), models.Q(('object_kind', ''), _negated=True), _connector='OR'), name='audit_object_has_kind')],
            },
        ),
        forbid_changes("audit_auditentry"),
    ]
