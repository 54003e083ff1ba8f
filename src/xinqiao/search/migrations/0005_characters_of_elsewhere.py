"""More characters are filed as one (`text.finding`), so all is filed anew: by the worker, or `xinqiao index rebuild`."""

from django.db import migrations

from xinqiao.search.laying import lay_anew


class Migration(migrations.Migration):

    dependencies = [
        ("search", "0004_longer_addresses"),
        ("matters", "0003_order"),
    ]

    operations = [
        migrations.RunPython(lay_anew, migrations.RunPython.noop),
    ]
