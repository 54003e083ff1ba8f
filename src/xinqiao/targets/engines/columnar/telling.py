"""What an engine counted, told indicator by indicator, for each place with all below it.

An engine hands over a row for what each unit and each region has by itself in a period. Those are no more than there
are places and periods, so that they are added up for the places above here, column by column.
"""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from xinqiao.targets.engines.columnar.asking import Question
from xinqiao.targets.engines.columnar.measures import Columns, How, Measure, Told
from xinqiao.targets.engines.columnar.places import Places

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa

    Numbers = np.ndarray[Any, np.dtype[np.int64]]

#: Stands where there are no days to tell of; less than any number of days.
_NONE = -(2**63)


class Counted:
    """A column for each measure, with a cell for each place and period: what a place has with all below it."""

    def __init__(self, question: Question, places: Places) -> None:
        self._periods = [one.first for one in question.periods]
        self._places = places
        self._cells: dict[Measure, Numbers] = {}

    def add(self, told: "pa.Table", measures: Columns) -> None:
        """Takes in what an engine says of these measures."""
        import numpy as np  # noqa: PLC0415  the extra `analytics`

        places = self._places.numbers(told)
        begins = told.column("begins").to_numpy().astype("datetime64[D]")
        period = np.searchsorted(np.array(self._periods, "datetime64[D]"), begins)
        rows = np.arange(len(places))
        if "place" not in told.column_names:
            rows, places = self._places.with_those_above(places)
        at = places * len(self._periods) + period[rows]
        for one, name in measures.items():
            self._cells[one] = self._put(one, told.column(name), rows, at)

    def _put(self, measure: Measure, column: Any, rows: "Numbers", at: "Numbers") -> "Numbers":
        import numpy as np  # noqa: PLC0415

        days = measure.how in (How.GREATEST, How.PERCENTILE)
        cells = np.full(len(self._places.names) * len(self._periods), _NONE if days else 0, "int64")
        values = column.fill_null(_NONE if days else 0).to_numpy().astype("int64")[rows]
        (np.maximum if days else np.add).at(cells, at, values)
        return cells

    def tell(self, told: Mapping[str, Told]) -> "pa.Table":
        """Each figure that is not nothing, of indicators by id, in the order of scale, code, indicator and period.

        What names a figure stands in dictionaries: a number for each, and each text once.
        """
        import numpy as np  # noqa: PLC0415
        import pyarrow as pa  # noqa: PLC0415

        counts, of, persons = (
            np.stack([one.reshape(len(self._places.names), -1) for one in column], axis=1)
            for column in zip(*map(self._figure, told.values()), strict=True)
        )
        there = (counts > 0) | (of > 0)
        place, indicator, period = np.nonzero(there)
        number = np.array([one.is_number for one in told.values()])

        def named(names: Iterable[Any], which: "Numbers") -> "pa.Array":
            return pa.DictionaryArray.from_arrays(which.astype("int32"), pa.array(names))

        return pa.table(
            {
                "scale": named([scale for scale, _ in self._places.names], place),
                "code": named([code for _, code in self._places.names], place),
                "begins": named(self._periods, period),
                "indicator": named(list(told), indicator),
                "counts": counts[there],
                "of": pa.array(of[there], mask=number[indicator]),
                "persons": persons[there],
            }
        )

    def _figure(self, told: Told) -> tuple["Numbers", "Numbers", "Numbers"]:
        """`counts`, `of` and `persons` of an indicator, cell by cell."""
        if told.days is not None:
            cells = self._cells[told.days]
            known = (cells != _NONE).astype("int64")
            return cells * known, known, self._sum(())
        return self._sum(told.counts), self._sum(told.of or ()), self._sum(told.persons)

    def _sum(self, measures: Iterable[Measure]) -> "Numbers":
        import numpy as np  # noqa: PLC0415

        none = np.zeros(len(self._places.names) * len(self._periods), "int64")
        return sum((self._cells[one] for one in measures), none)
