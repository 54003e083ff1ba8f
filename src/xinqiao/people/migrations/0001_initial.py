import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='DataKey',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('wrapped', models.BinaryField()),
            ],
        ),
        migrations.CreateModel(
            name='Petitioner',
            fields=[
                ('id', models.BigIntegerField(primary_key=True, serialize=False)),
                ('kind', models.CharField(max_length=12)),
                ('name_sealed', models.BinaryField(null=True)),
                ('id_number_sealed', models.BinaryField(null=True)),
                ('phone_sealed', models.BinaryField(null=True)),
                ('address_sealed', models.BinaryField(null=True)),
                ('name_index', models.CharField(blank=True, max_length=32)),
                ('id_number_index', models.CharField(blank=True, max_length=32)),
                ('phone_index', models.CharField(blank=True, max_length=32)),
                ('card_index', models.CharField(blank=True, max_length=32)),
                ('created_at', models.DateTimeField()),
                ('forgotten_at', models.DateTimeField(null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['id_number_index'], name='petitioner_by_id_number'), models.Index(fields=['phone_index', 'name_index'], name='petitioner_by_phone_name')],
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['person', 'organisation'])), name='petitioner_kind_known'), models.UniqueConstraint(condition=models.Q(('card_index', ''), _negated=True), fields=('card_index',), name='petitioner_card_once'), models.CheckConstraint(condition=models.Q(models.Q(('forgotten_at__isnull', True), ('name_sealed__isnull', False)), models.Q(('address_sealed__isnull', True), ('card_index', ''), ('forgotten_at__isnull', False), ('id_number_index', ''), ('id_number_sealed__isnull', True), ('name_index', ''), ('name_sealed__isnull', True), ('phone_index', ''), ('phone_sealed__isnull', True)), _connector='OR'), name='petitioner_forgotten_wholly')],
            },
        ),
        migrations.CreateModel(
            name='Party',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('contact_id', models.BigIntegerField()),
                ('role', models.CharField(max_length=16)),
                ('seat', models.PositiveSmallIntegerField(null=True)),
                ('petitioner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='parties', to='people.petitioner')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('contact_id', 'petitioner', 'role'), name='party_once_in_a_role'), models.UniqueConstraint(fields=('contact_id', 'seat'), name='party_one_on_a_seat'), models.CheckConstraint(condition=models.Q(models.Q(('role', 'petitioner'), ('seat__isnull', True)), models.Q(('role', 'representative'), ('seat__gte', 1), ('seat__isnull', False), ('seat__lte', 5)), _connector='OR'), name='party_representatives_at_most_5')],
            },
        ),
    ]
