"""The longest words that can be looked for, with all filters, as an address writes them."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("search", "0003_blocks_and_numbers"),
    ]

    operations = [
        migrations.AlterField(
            model_name="savedsearch",
            name="address",
            field=models.CharField(max_length=2000),
        ),
    ]
