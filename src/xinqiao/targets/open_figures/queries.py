"""What is published, for everybody to read. Whatever is told of it is made of these cells and of nothing else."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from xinqiao.rules.open_figures import Published, Table
from xinqiao.rules.small_cells import ALL
from xinqiao.targets.models import OpenCell, OpenMonth


@dataclass(frozen=True, kw_only=True)
class Month:
    """A published month with its tables; a table that is not told at all is empty."""

    month: date
    region: str
    as_of: datetime
    tables: Mapping[Table, Published]

    def of(self, table: Table, row: str = ALL, column: str = ALL) -> int | None:
        """A cell; None where it is withheld or not told."""
        return self.tables.get(table, {}).get((row, column))

    def rows(self, table: Table) -> list[str]:
        return list(dict.fromkeys(row for row, _ in self.tables.get(table, {}) if row != ALL))

    def columns(self, table: Table) -> list[str]:
        return list(dict.fromkeys(column for _, column in self.tables.get(table, {}) if column != ALL))  # fmt: skip

    def rate(self, table: Table, row: str = ALL) -> float | None:
        """What counts of all in a row, from 0 to 1; None where one of the two is withheld."""
        of, counts = self.of(table, row), self.of(table, row, "yes")
        return counts / of if of and counts is not None else None


def published(most: int = 24) -> list[Month]:
    """The last published months, from early to late."""
    rows = list(OpenMonth.objects.order_by("-month")[:most])
    cells: dict[int, dict[Table, dict[tuple[str, str], int | None]]] = {row.pk: {} for row in rows}
    read = OpenCell.objects.filter(month__in=rows).order_by("id")
    for month, table, row, column, count in read.values_list(
        "month_id", "table", "row", "column", "count"
    ):
        cells[month].setdefault(Table(table), {})[row, column] = count
    return [
        Month(month=one.month, region=one.region, as_of=one.as_of, tables=cells[one.pk])
        for one in reversed(rows)
    ]


def latest() -> datetime | None:
    """When something was published last."""
    return (
        OpenMonth.objects.order_by("-published_at").values_list("published_at", flat=True).first()
    )


def lines(months: list[Month]) -> Iterator[tuple[Month, Table, str, str, int | None]]:
    """Every cell of these months, in the order in which it is published."""
    for month in months:
        for table, cells in month.tables.items():
            for (row, column), count in cells.items():
                yield month, table, row, column, count
