"""The places of a copy by number, and those above each."""

from typing import TYPE_CHECKING, Any

from xinqiao.targets.engines.columnar.asking import Unanswered

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa

    Numbers = np.ndarray[Any, np.dtype[np.int64]]


class Places:
    """Every unit and region that a copy names, in the order of scale and code, each with those above it."""

    def __init__(self, above: "pa.Table") -> None:
        """`above`: scale, code (`own`), and the code of it or of one above it."""
        import numpy as np  # noqa: PLC0415  the extra `analytics`

        scales, owns, codes = (above.column(name).to_pylist() for name in ("scale", "own", "code"))
        own, code = list(zip(scales, owns, strict=True)), list(zip(scales, codes, strict=True))
        self.names = sorted({*own, *code})
        self._numbers = {name: number for number, name in enumerate(self.names)}
        lines = {(number, number) for number in self._numbers.values()}
        lines.update((self._numbers[one], self._numbers[two]) for one, two in zip(own, code, strict=True))  # fmt: skip
        self._own, self._above = np.array(sorted(lines), "int64").reshape(-1, 2).T
        self._first = np.searchsorted(self._own, np.arange(len(self.names) + 1))

    def lines(self) -> Any:
        """A table for an engine: scale and code (`own`) of each place, with the number of it or of one above it."""
        import ibis  # noqa: PLC0415
        import pyarrow as pa  # noqa: PLC0415

        named = [self.names[own] for own in self._own.tolist()]
        columns = {"scale": [scale for scale, _ in named], "own": [code for _, code in named]}
        table = pa.table(columns | {"place": self._above.astype("int32")})
        return ibis.memtable(table, schema={"scale": "string", "own": "string", "place": "int32"})

    def numbers(self, told: "pa.Table") -> "Numbers":
        """The number of each row's place: `place`, or that of `scale` and `own`. Raises Unanswered for one without."""
        import numpy as np  # noqa: PLC0415

        found: Numbers
        if "place" in told.column_names:
            found = told.column("place").to_numpy()
        else:
            named = (told.column(name).to_pylist() for name in ("scale", "own"))
            found = np.array([self._numbers.get(one, -1) for one in zip(*named, strict=True)], "int64")  # fmt: skip
        if len(found) and found.min() < 0:
            raise Unanswered("the copy has facts of places that are not in `above`: make it anew")
        return found

    def with_those_above(self, places: "Numbers") -> tuple["Numbers", "Numbers"]:
        """Each place of a list and each above it: where it stands in the list, and the number of the one above."""
        import numpy as np  # noqa: PLC0415

        many = self._first[places + 1] - self._first[places]
        rows = np.repeat(np.arange(len(places)), many)
        nth = np.arange(len(rows)) - np.repeat(np.cumsum(many) - many, many)
        return rows, self._above[self._first[places][rows] + nth]
