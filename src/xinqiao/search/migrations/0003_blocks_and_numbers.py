"""What is filed is written otherwise than before, so all of it is filed anew: by the worker, or `xinqiao index rebuild`."""

from django.db import migrations

from xinqiao.search.laying import lay_anew


class Migration(migrations.Migration):

    dependencies = [
        ("search", "0002_saved_searches"),
        ("matters", "0003_order"),
    ]

    operations = [
        migrations.RunPython(lay_anew, migrations.RunPython.noop),
    ]
