import django.db.models.deletion
from django.core.management import call_command
from django.db import migrations, models


def make_cache_table(apps, schema_editor):
    """The table behind CACHES, which Django makes by a command of its own and no migration."""
    call_command("createcachetable", database=schema_editor.connection.alias, verbosity=0)


def drop_cache_table(apps, schema_editor):
    schema_editor.execute("DROP TABLE IF EXISTS xinqiao_cache")


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Citizen',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('phone_sealed', models.BinaryField()),
                ('phone_index', models.CharField(max_length=32, unique=True)),
                ('created_at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='SignOnName',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('account_id', models.BigIntegerField(unique=True)),
                ('name', models.CharField(max_length=200, unique=True)),
                ('linked_at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='PhoneCode',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('phone_index', models.CharField(max_length=32, unique=True)),
                ('code_hash', models.CharField(max_length=64)),
                ('ends_at', models.DateTimeField()),
                ('tries', models.PositiveSmallIntegerField(default=0)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('phone_index', ''), _negated=True), name='code_for_a_phone')],
            },
        ),
        migrations.CreateModel(
            name='KeptMatter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('matter_id', models.BigIntegerField()),
                ('number', models.CharField(max_length=24)),
                ('kept_at', models.DateTimeField()),
                ('citizen', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='kept', to='accounts.citizen')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('citizen', 'matter_id'), name='matter_kept_once')],
            },
        ),
        migrations.RunPython(make_cache_table, drop_cache_table),
    ]
