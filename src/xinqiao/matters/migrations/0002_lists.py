"""What lists sort and narrow by stands in every row that they walk; platforms from before are brought up to it."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from xinqiao.matters.snapshot import rank_of
from xinqiao.rules.states import CLOSED

_BATCH = 2000
_MATTER = "UPDATE matters_matter SET open = %s, rank = %s, city = %s, county = %s WHERE id = %s"
_INVOLVEMENT = """
UPDATE matters_involvement SET (waits, rank, state, kind, channel, category, region) = (
    SELECT open AND holder = unit, rank, state, kind, channel, category, region
    FROM matters_matter WHERE matters_matter.id = matter_id
)
"""


def fill(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Writes the new columns of every matter from those it has, then those of its units' rows."""
    rows = apps.get_model("matters", "Matter").objects.order_by("id")
    wanted, last = rows.values_list("id", "state", "region", "next_due", "received_at"), 0
    with schema_editor.connection.cursor() as cursor:
        while batch := list(wanted.filter(id__gt=last)[:_BATCH]):
            cursor.executemany(
                _MATTER,
                [
                    (state not in CLOSED, rank_of(due, received), region[:4], region[:6], row)
                    for row, state, region, due, received in batch
                ],
            )
            last = batch[-1][0]
        cursor.execute(_INVOLVEMENT)


def _without_own_index(model: str, index: str) -> migrations.SeparateDatabaseAndState:
    """The constraint on matter and seq finds the rows of a matter as well. Tables that only grow are not made anew."""
    field = models.ForeignKey(
        db_index=False,
        on_delete=django.db.models.deletion.PROTECT,
        related_name="entries" if model == "entry" else "texts",
        to="matters.matter",
    )
    return migrations.SeparateDatabaseAndState(
        [
            migrations.RunSQL(
                f'DROP INDEX "{index}"',
                f'CREATE INDEX "{index}" ON "matters_{model}" ("matter_id")',
            )
        ],
        [migrations.AlterField(model, "matter", field)],
    )


class Migration(migrations.Migration):

    dependencies = [
        ('matters', '0001_initial'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='involvement',
            name='involved_once',
        ),
        migrations.RemoveIndex(
            model_name='matter',
            name='matter_by_holder',
        ),
        migrations.RemoveIndex(
            model_name='matter',
            name='matter_by_region',
        ),
        migrations.RemoveIndex(
            model_name='matter',
            name='matter_by_state',
        ),
        migrations.AddField(
            model_name='involvement',
            name='category',
            field=models.CharField(blank=True, max_length=120),
        ),
        migrations.AddField(
            model_name='involvement',
            name='channel',
            field=models.CharField(blank=True, max_length=8),
        ),
        migrations.AddField(
            model_name='involvement',
            name='kind',
            field=models.CharField(blank=True, max_length=12),
        ),
        migrations.AddField(
            model_name='involvement',
            name='rank',
            field=models.BigIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='involvement',
            name='region',
            field=models.CharField(blank=True, max_length=12),
        ),
        migrations.AddField(
            model_name='involvement',
            name='state',
            field=models.CharField(blank=True, max_length=24),
        ),
        migrations.AddField(
            model_name='involvement',
            name='waits',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='matter',
            name='city',
            field=models.CharField(blank=True, max_length=4),
        ),
        migrations.AddField(
            model_name='matter',
            name='county',
            field=models.CharField(blank=True, max_length=6),
        ),
        migrations.AddField(
            model_name='matter',
            name='open',
            field=models.BooleanField(default=True),
        ),
        migrations.AddField(
            model_name='matter',
            name='rank',
            field=models.BigIntegerField(default=0),
        ),
        migrations.AlterField(
            model_name='involvement',
            name='matter',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='involvements', to='matters.matter'),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name='involvement',
            index=models.Index(fields=['unit', 'rank', 'matter', 'state', 'kind', 'channel', 'category', 'region'], name='involved_in_line'),
        ),
        migrations.AddIndex(
            model_name='involvement',
            index=models.Index(condition=models.Q(('waits', True)), fields=['unit', 'rank', 'matter', 'state', 'kind', 'channel', 'category', 'region'], name='involved_waiting'),
        ),
        migrations.AddIndex(
            model_name='involvement',
            index=models.Index(condition=models.Q(('waits', True)), fields=['unit', 'state', 'rank', 'matter'], name='involved_by_state'),
        ),
        migrations.AddIndex(
            model_name='matter',
            index=models.Index(fields=['city', 'rank', 'id', 'state', 'kind', 'channel', 'category', 'region'], name='matter_by_city'),
        ),
        migrations.AddIndex(
            model_name='matter',
            index=models.Index(fields=['county', 'rank', 'id', 'state', 'kind', 'channel', 'category', 'region'], name='matter_by_county'),
        ),
        migrations.AddIndex(
            model_name='matter',
            index=models.Index(fields=['rank', 'id', 'state', 'kind', 'channel', 'category', 'region'], name='matter_in_line'),
        ),
        migrations.AddIndex(
            model_name='matter',
            index=models.Index(condition=models.Q(('officer__isnull', False), ('open', True)), fields=['officer', 'rank', 'id'], name='matter_by_officer'),
        ),
        migrations.AddIndex(
            model_name='matter',
            index=models.Index(condition=models.Q(('open', True), ('window_ends__isnull', False)), fields=['window_ends'], name='matter_by_window'),
        ),
        migrations.AddIndex(
            model_name='matter',
            index=models.Index(condition=models.Q(('open', True)), fields=['calendar'], name='matter_by_calendar'),
        ),
        migrations.AddConstraint(
            model_name='involvement',
            constraint=models.UniqueConstraint(fields=('matter', 'unit'), name='involved_once'),
        ),
        _without_own_index('entry', 'matters_entry_matter_id_98046af0'),
        _without_own_index('text', 'matters_text_matter_id_84582bc1'),
    ]
