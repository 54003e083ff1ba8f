import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('directory', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Substitute',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('first_day', models.DateField()),
                ('last_day', models.DateField()),
                ('named_by', models.BigIntegerField()),
                ('named_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='substitutes', to=settings.AUTH_USER_MODEL)),
                ('stands_in', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='stands_in_for', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('last_day__gte', models.F('first_day'))), name='substitute_ends_after_it_begins'), models.CheckConstraint(condition=models.Q(('account', models.F('stands_in')), _negated=True), name='substitute_is_another')],
            },
        ),
    ]
