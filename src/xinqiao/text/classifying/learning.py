"""A classifier trained from messages that people have labelled."""

import warnings
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from xinqiao.text.classifying.copies import groups
from xinqiao.text.classifying.features import Counts, counts, telling, values
from xinqiao.text.classifying.model import Model, confidences, likelihoods_of
from xinqiao.text.classifying.values import ALONE, Text, TooFewLabels

FOLDS = 5
_LEAST = {"s": 2, "b": 2}
_STRENGTH = 10.0  # of what is learned, against keeping weights small
_EDGES = 3.0  # how much the second of two classifiers says beside the first
_MOST_WEIGHTS = 2_000_000  # two bytes each: what keeps a model of many labels under 5 MB
_MARGIN = 0.01  # a threshold that looked best among many is a little worse on what comes
_MOST_RATES = 150_000
_DENSE = 3_000  # up to so many texts the same answer is found faster among their likenesses


def train(labelled: Sequence[Text], unlabelled: Iterable[Text] = ()) -> Model:
    """A classifier of the labels that stand in `labelled`; unlabelled texts only tell which words are common.

    Raises TooFewLabels below two labels with two texts each. Labels of a single text are left out.
    """
    texts = _with_enough(labelled)
    found = [counts(one.subject, one.body) for one in texts]
    rates = _rates(found, unlabelled)
    names, matrix = _matrix([values(one, rates) for one in found])
    if not names:
        raise TooFewLabels(
            "No two of the labelled messages have a word in common: label some more."
        )
    labels = tuple(sorted({one.label for one in texts}))
    wanted = _numbers(texts, labels)
    sharpness, honest, alone = _honest(matrix, wanted, groups(texts), len(labels))
    weights, bias = _fit(matrix, wanted, len(labels))
    rows, kept = _heaviest(names, weights)
    return Model(
        labels=labels, rates=rates, rows=rows, weights=kept, bias=bias, sharpness=sharpness, honest=honest,
        alone=alone, learned_from=len(texts),
    )  # fmt: skip


def _with_enough(labelled: Sequence[Text]) -> list[Text]:
    number = Counter(one.label for one in labelled if one.label)
    texts = [one for one in labelled if number[one.label] >= 2]
    if len({one.label for one in texts}) < 2:
        raise TooFewLabels(
            "Learning needs two labels or more with two messages each: label some more, or start from a taxonomy."
        )
    return texts


def _rates(found: Sequence[Counts], unlabelled: Iterable[Text]) -> dict[str, float]:
    """The grams that two labelled texts or more have, and how rare they are among all texts."""
    known = telling(found, _LEAST)
    everywhere = telling(
        [*found, *(counts(one.subject, one.body) for one in unlabelled)], {"s": 1, "b": 1}
    )
    commonest = sorted(known, key=lambda name: (name[0] != "w", everywhere[name], name))
    return {name: _single(everywhere[name]) for name in commonest[:_MOST_RATES]}


def _single(number: float) -> float:
    """As it will be kept: a model says the same before and after."""
    import numpy as np  # noqa: PLC0415  the extra is there

    return float(np.float32(number))


def _numbers(texts: Sequence[Text], labels: tuple[str, ...]) -> Any:
    import numpy as np  # noqa: PLC0415  the extra is there

    place = {label: i for i, label in enumerate(labels)}
    return np.asarray([place[one.label] for one in texts])


def _matrix(rows: Sequence[dict[str, float]]) -> tuple[list[str], Any]:
    import numpy as np  # noqa: PLC0415
    from scipy.sparse import csr_matrix  # noqa: PLC0415

    columns: dict[str, int] = {}
    where = [columns.setdefault(name, len(columns)) for row in rows for name in row]
    amounts = [value for row in rows for value in row.values()]
    ends = np.cumsum([0, *map(len, rows)])
    return list(columns), csr_matrix((amounts, where, ends), shape=(len(rows), len(columns)))


def _fit(matrix: Any, wanted: Any, labels: int) -> tuple[Any, Any]:
    """Weights (features by labels) and bias; a label that no text of this part has is never said.

    Two straight lines added: one that all texts have drawn, which orders the labels well, and one that those at the
    edge have, which finds the first one better.
    """
    import numpy as np  # noqa: PLC0415
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415
    from sklearn.svm import LinearSVC  # noqa: PLC0415

    points, back = _points(matrix)
    one = LogisticRegression(C=_STRENGTH, class_weight="balanced", max_iter=500).fit(points, wanted)
    other = LinearSVC(C=1.0, class_weight="balanced", max_iter=3000).fit(points, wanted)
    coefficients = one.coef_ + _EDGES * other.coef_
    intercept = one.intercept_ + _EDGES * other.intercept_
    if len(one.classes_) == 2:  # one row says both
        coefficients, intercept = (
            np.vstack([-coefficients, coefficients]) / 2,
            np.r_[-intercept, intercept] / 2,
        )
    weights, bias = np.zeros((matrix.shape[1], labels)), np.full(labels, -50.0)
    weights[:, one.classes_] = back(coefficients.T)
    bias[one.classes_] = intercept
    return weights, bias.astype(np.float32)


def _points(matrix: Any) -> tuple[Any, Any]:
    """Few texts in as many dimensions as there are texts, with the way back to features: distances are the same."""
    import numpy as np  # noqa: PLC0415

    if matrix.shape[0] > _DENSE:
        return matrix, lambda coefficients: coefficients
    lengths, axes = np.linalg.eigh((matrix @ matrix.T).toarray())
    kept = lengths > 1e-9 * max(float(lengths.max()), 1e-9)
    roots, axes = np.sqrt(lengths[kept]), axes[:, kept]
    return axes * roots, lambda coefficients: matrix.T @ (axes / roots @ coefficients)


def _honest(
    matrix: Any, wanted: Any, together: Sequence[int], labels: int
) -> tuple[float, tuple[float, float], float]:
    """Sharpness, correction and the least confidence to decide alone, from what is said of texts that were left out."""
    scores = _left_out(matrix, wanted, together, labels)
    if scores is None:
        return 1.0, (1.0, 0.0), 2.0  # too few to know: a person decides
    sharpness = _sharpness(scores, wanted)
    likely = likelihoods_of(scores * sharpness)
    right = likely.argmax(axis=1) == wanted
    honest = _correction(likely.max(axis=1), right)
    return sharpness, honest, least_to_decide(confidences(likely, honest).max(axis=1), right)


def _sharpness(scores: Any, wanted: Any) -> float:
    """What scores are multiplied by for the right labels to surprise least."""
    import numpy as np  # noqa: PLC0415  the extra is there
    from scipy.optimize import minimize_scalar  # noqa: PLC0415

    everyone = np.arange(len(wanted))

    def surprise(logarithm: float) -> float:
        likely = likelihoods_of(scores * np.exp(logarithm))[everyone, wanted]
        return float(-np.log(np.maximum(likely, 1e-12)).mean())

    return float(np.exp(minimize_scalar(surprise, bounds=(-2, 3), method="bounded").x))


def _correction(firsts: Any, right: Any) -> tuple[float, float]:
    """Slope and shift of the logit of a first label's likelihood that make it what share of such firsts was right."""
    import numpy as np  # noqa: PLC0415
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415

    if right.all() or not right.any():
        return 1.0, 0.0
    bounded = np.clip(firsts, 1e-6, 1 - 1e-6)
    fitted = LogisticRegression(C=10.0).fit(np.log(bounded / (1 - bounded))[:, None], right)
    return max(float(fitted.coef_[0, 0]), 0.01), float(fitted.intercept_[0])


def _left_out(matrix: Any, wanted: Any, together: Sequence[int], labels: int) -> Any:
    """Scores of every text from a classifier that saw neither it nor its near-copies; None where texts are too few."""
    import numpy as np  # noqa: PLC0415
    from sklearn.model_selection import StratifiedGroupKFold  # noqa: PLC0415

    if len(set(together)) < 2 * FOLDS or max(Counter(wanted.tolist()).values()) < FOLDS:
        return None
    scores = np.zeros((len(wanted), labels))
    parts = StratifiedGroupKFold(FOLDS, shuffle=True, random_state=1)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # a label of fewer texts than parts: so it is
        halves = list(parts.split(matrix, wanted, together))
    if any(
        len(set(wanted[seen])) < 2 for seen, _ in halves
    ):  # near-copies of one another are one label's all
        return None
    for seen, unseen in halves:
        weights, bias = _fit(matrix[seen], wanted[seen], labels)
        scores[unseen] = matrix[unseen] @ weights + bias
    return scores


def least_to_decide(sure: Any, right: Any, wanted: float = ALONE + _MARGIN) -> float:
    """The least confidence above which the share `wanted` of all answers is right; 2 where there is none."""
    import numpy as np  # noqa: PLC0415

    order = np.argsort(-sure, kind="stable")
    share = np.cumsum(right[order]) / np.arange(1, len(order) + 1)
    good = np.flatnonzero(share >= wanted)
    return float(sure[order[good[-1]]]) if len(good) else 2.0


def _heaviest(names: Sequence[str], weights: Any) -> tuple[dict[str, int], Any]:
    import numpy as np  # noqa: PLC0415

    most = max(_MOST_WEIGHTS // weights.shape[1], 1)
    kept = np.sort(np.argsort(-np.abs(weights).max(axis=1), kind="stable")[:most])
    return {names[i]: row for row, i in enumerate(kept)}, weights[kept].astype(np.float16)
