"""Texts that are nearly the same, kept together wherever a classifier is tried on what it has not seen."""

from collections.abc import Sequence
from typing import Any

from xinqiao.text.classifying.values import Text
from xinqiao.text.folding import fold
from xinqiao.text.likeness import sketch

_PIECE = 3
_SKETCH = 64  # the smallest hashes of a text's pieces stand for all of them
SAME = 0.35  # what two sketches share when two texts are copies of one another, edited


def groups(texts: Sequence[Text]) -> list[int]:
    """The number of each text's group: texts that are near-copies, over any number of steps, share one."""
    import numpy as np  # noqa: PLC0415  the extra is there
    from scipy.sparse import csr_matrix  # noqa: PLC0415
    from scipy.sparse.csgraph import connected_components  # noqa: PLC0415

    if not texts:
        return []
    sketches = [_sketch(f"{one.subject} {one.body}") for one in texts]
    columns: dict[int, int] = {}
    where = [columns.setdefault(piece, len(columns)) for sketch in sketches for piece in sketch]
    ends = np.cumsum([0, *(len(sketch) for sketch in sketches)])
    there: Any = csr_matrix((np.ones(len(where)), where, ends), (len(texts), max(len(columns), 1)))
    shared = (there @ there.T).tocoo()
    sizes = np.maximum(np.diff(ends), 1)
    alike = shared.data >= SAME * np.minimum(sizes[shared.row], sizes[shared.col])
    edges = csr_matrix((np.ones(alike.sum()), (shared.row[alike], shared.col[alike])), shared.shape)
    return [int(one) for one in connected_components(edges, directed=False)[1]]


def _sketch(text: str) -> list[int]:
    plain = "".join(fold(text).split())
    return sketch((plain[i : i + _PIECE] for i in range(max(len(plain) - _PIECE + 1, 1))), _SKETCH)
