
import django.db.models.deletion
from django.db import migrations, models

from xinqiao.audit.append_only import forbid_changes


class Migration(migrations.Migration):

    dependencies = [
        ('matters', '0002_lists'),
        ('targets', '0005_forecasts'),
    ]

    operations = [
        migrations.CreateModel(
            name='Sign',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sign', models.CharField(max_length=24)),
                ('part', models.CharField(max_length=16)),
                ('unit', models.CharField(max_length=60)),
                ('region', models.CharField(blank=True, max_length=12)),
                ('first', models.DateField()),
                ('end', models.DateField()),
                ('strength', models.CharField(choices=[('look', 'look'), ('strong', 'strong')], max_length=8)),
                ('p', models.FloatField()),
                ('q', models.FloatField()),
                ('facts', models.JSONField()),
                ('found_at', models.DateTimeField()),
                ('looked_at', models.DateTimeField()),
                ('stands', models.BooleanField(default=True)),
            ],
            options={
                'indexes': [models.Index(fields=['stands', 'region', '-end'], name='sign_by_region'), models.Index(fields=['unit', '-end'], name='sign_by_unit')],
                'constraints': [models.UniqueConstraint(fields=('sign', 'part', 'unit', 'first'), name='sign_once'), models.CheckConstraint(condition=models.Q(('first__lt', models.F('end'))), name='sign_of_some_time')],
            },
        ),
        migrations.CreateModel(
            name='RatingOrigin',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('seq', models.IntegerField()),
                ('network', models.CharField(max_length=16)),
                ('at', models.DateTimeField()),
                ('matter', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='matters.matter')),
            ],
            options={
                'indexes': [models.Index(fields=['at'], name='rating_origin_by_day')],
                'constraints': [models.UniqueConstraint(fields=('matter', 'seq'), name='rating_origin_once')],
            },
        ),
        migrations.CreateModel(
            name='SignAnswer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('outcome', models.CharField(choices=[('explained', 'explained'), ('confirmed', 'confirmed'), ('corrected', 'corrected')], max_length=12)),
                ('words', models.TextField()),
                ('account', models.BigIntegerField()),
                ('unit', models.CharField(max_length=60)),
                ('at', models.DateTimeField()),
                ('sign', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='targets.sign')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('words', ''), _negated=True), name='sign_answered_in_words')],
            },
        ),
        migrations.CreateModel(
            name='SignCase',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('seq', models.IntegerField()),
                ('matter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='matters.matter')),
                ('sign', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='cases', to='targets.sign')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('sign', 'matter', 'seq'), name='sign_case_once')],
            },
        ),
        forbid_changes("targets_signanswer"),
    ]
