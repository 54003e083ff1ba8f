from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('directory', '0003_names_and_retirement'),
    ]

    operations = [
        migrations.AddField(
            model_name='account',
            name='must_change_password',
            field=models.BooleanField(default=False),
        ),
    ]
