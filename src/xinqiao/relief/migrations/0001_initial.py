import django.db.models.deletion
import django.db.models.expressions
from django.db import migrations, models

from xinqiao.audit.append_only import forbid_changes
from xinqiao.relief.guard import guard_books


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('matters', '0002_lists'),
    ]

    operations = [
        migrations.CreateModel(
            name='Fund',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('office', models.CharField(max_length=60)),
                ('year', models.SmallIntegerField()),
                ('entries', models.IntegerField(default=0)),
                ('opened_at', models.DateTimeField()),
                ('opened_by', models.BigIntegerField(null=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('office', 'year'), name='relief_fund_once')],
            },
        ),
        migrations.CreateModel(
            name='Request',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('petitioner', models.BigIntegerField()),
                ('person', models.BigIntegerField()),
                ('office', models.CharField(max_length=60)),
                ('government', models.CharField(blank=True, max_length=60)),
                ('unit', models.CharField(max_length=60)),
                ('need', models.CharField(max_length=12)),
                ('asked', models.BigIntegerField()),
                ('amount', models.BigIntegerField()),
                ('state', models.CharField(max_length=12)),
                ('hands', models.JSONField(default=list)),
                ('requested_by', models.BigIntegerField()),
                ('requested_at', models.DateTimeField()),
                ('checked_by', models.BigIntegerField(null=True)),
                ('approved_by', models.BigIntegerField(null=True)),
                ('approved_at', models.DateTimeField(null=True)),
                ('paid_by', models.BigIntegerField(null=True)),
                ('paid_on', models.DateField(null=True)),
                ('returned', models.BigIntegerField(default=0)),
                ('waits_for', models.CharField(blank=True, max_length=20)),
                ('waits_unit', models.CharField(blank=True, max_length=60)),
                ('approvals', models.JSONField(default=list)),
                ('fund', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='requests', to='relief.fund')),
                ('matter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='matters.matter')),
            ],
        ),
        migrations.CreateModel(
            name='Entry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('seq', models.IntegerField()),
                ('kind', models.CharField(max_length=12)),
                ('debit', models.CharField(max_length=12)),
                ('credit', models.CharField(max_length=12)),
                ('amount', models.BigIntegerField()),
                ('at', models.DateTimeField()),
                ('account', models.BigIntegerField(null=True)),
                ('document', models.CharField(blank=True, max_length=120)),
                ('fiscal', models.BigIntegerField()),
                ('superior', models.BigIntegerField()),
                ('donated', models.BigIntegerField()),
                ('available', models.BigIntegerField()),
                ('reserved', models.BigIntegerField()),
                ('paid', models.BigIntegerField()),
                ('returned', models.BigIntegerField()),
                ('fund', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='relief.fund')),
                ('request', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='relief.request')),
            ],
        ),
        migrations.AddIndex(
            model_name='request',
            index=models.Index(fields=['matter'], name='relief_by_matter'),
        ),
        migrations.AddIndex(
            model_name='request',
            index=models.Index(fields=['office', 'state', 'id'], name='relief_by_office'),
        ),
        migrations.AddIndex(
            model_name='request',
            index=models.Index(fields=['unit', 'id'], name='relief_by_unit'),
        ),
        migrations.AddIndex(
            model_name='request',
            index=models.Index(fields=['waits_unit', 'waits_for', 'id'], name='relief_waiting'),
        ),
        migrations.AddIndex(
            model_name='request',
            index=models.Index(fields=['person', 'need'], name='relief_by_person'),
        ),
        migrations.AddConstraint(
            model_name='request',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['requested', 'checked', 'approved', 'paid', 'returned', 'refused', 'dropped'])), name='relief_state_known'),
        ),
        migrations.AddConstraint(
            model_name='request',
            constraint=models.CheckConstraint(condition=models.Q(('amount__gt', 0), ('amount__lte', models.F('asked'))), name='relief_amount_within'),
        ),
        migrations.AddConstraint(
            model_name='request',
            constraint=models.CheckConstraint(condition=models.Q(('returned__gte', 0), ('returned__lte', models.F('amount'))), name='relief_returned_within'),
        ),
        migrations.AddConstraint(
            model_name='request',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('checked_by', None), models.Q(('checked_by', models.F('requested_by')), _negated=True), _connector='OR'), models.Q(('approved_by', None), models.Q(('approved_by', models.F('requested_by')), _negated=True), _connector='OR'), models.Q(('checked_by', None), ('approved_by', None), models.Q(('approved_by', models.F('checked_by')), _negated=True), _connector='OR')), name='relief_three_people'),
        ),
        migrations.AddConstraint(
            model_name='request',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ['approved', 'checked', 'requested'])), fields=('person', 'need'), name='relief_once_at_a_time'),
        ),
        migrations.AddIndex(
            model_name='entry',
            index=models.Index(fields=['request'], name='relief_entry_by_request'),
        ),
        migrations.AddConstraint(
            model_name='entry',
            constraint=models.UniqueConstraint(fields=('fund', 'seq'), name='relief_entry_in_order'),
        ),
        migrations.AddConstraint(
            model_name='entry',
            constraint=models.CheckConstraint(condition=models.Q(('amount__gt', 0)), name='relief_entry_above_zero'),
        ),
        migrations.AddConstraint(
            model_name='entry',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('credit', 'donated'), ('debit', 'available'), ('kind', 'budget')), models.Q(('credit', 'fiscal'), ('debit', 'available'), ('kind', 'budget')), models.Q(('credit', 'superior'), ('debit', 'available'), ('kind', 'budget')), models.Q(('credit', 'donated'), ('debit', 'available'), ('kind', 'supplement')), models.Q(('credit', 'fiscal'), ('debit', 'available'), ('kind', 'supplement')), models.Q(('credit', 'superior'), ('debit', 'available'), ('kind', 'supplement')), models.Q(('credit', 'available'), ('debit', 'donated'), ('kind', 'reduce')), models.Q(('credit', 'available'), ('debit', 'fiscal'), ('kind', 'reduce')), models.Q(('credit', 'available'), ('debit', 'superior'), ('kind', 'reduce')), models.Q(('credit', 'available'), ('debit', 'reserved'), ('kind', 'reserve')), models.Q(('credit', 'reserved'), ('debit', 'available'), ('kind', 'release')), models.Q(('credit', 'reserved'), ('debit', 'paid'), ('kind', 'pay')), models.Q(('credit', 'returned'), ('debit', 'available'), ('kind', 'return')), _connector='OR'), name='relief_transfer_known'),
        ),
        migrations.AddConstraint(
            model_name='entry',
            constraint=models.CheckConstraint(condition=models.Q(('available', django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(models.F('fiscal'), '+', models.F('superior')), '+', models.F('donated')), '+', models.F('returned')), '-', models.F('reserved')), '-', models.F('paid')))), name='relief_books_balance'),
        ),
        migrations.AddConstraint(
            model_name='entry',
            constraint=models.CheckConstraint(condition=models.Q(('available__gte', 0), ('donated__gte', 0), ('fiscal__gte', 0), ('paid__gte', models.F('returned')), ('reserved__gte', 0), ('returned__gte', 0), ('superior__gte', 0)), name='relief_never_below_zero'),
        ),
        migrations.AddConstraint(
            model_name='entry',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind__in', ['budget', 'reduce', 'supplement']), ('request', None)), models.Q(models.Q(('kind__in', ['budget', 'reduce', 'supplement']), _negated=True), models.Q(('request', None), _negated=True)), _connector='OR'), name='relief_entry_of_request'),
        ),
        migrations.AddConstraint(
            model_name='entry',
            constraint=models.UniqueConstraint(condition=models.Q(('kind', 'reserve')), fields=('request',), name='relief_reserved_once'),
        ),
        migrations.AddConstraint(
            model_name='entry',
            constraint=models.UniqueConstraint(condition=models.Q(('kind__in', ['pay', 'release'])), fields=('request',), name='relief_paid_once'),
        ),
        forbid_changes("relief_entry"),
        guard_books(),
    ]
