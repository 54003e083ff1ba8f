"""A classifier in one file: a line that says what it is, then arrays that can hold nothing but numbers.

Nothing in the file is ever run (no pickle), so that a file from elsewhere can do no more than classify badly.
"""

import hashlib
import io
import json
import os
import zipfile
import zlib
from pathlib import Path
from typing import Any

from xinqiao.text.classifying.features import concept_words
from xinqiao.text.classifying.model import Model
from xinqiao.text.classifying.values import UnusableModel

#: Raised whenever features or the layout change: a model speaks of the features that it was trained on.
VERSION = 1
_NAME = b"xinqiao-classifier"
MOST_BYTES = 5_000_000
_AGAIN = "train it again with the labelled messages"


def save(model: Model, path: Path) -> None:
    """Write the model; a reader finds the old file or the new one, never half of one."""
    import numpy as np  # noqa: PLC0415  the extra is there

    words = {
        "labels": model.labels, "rates": list(model.rates), "rows": list(model.rows), "sharpness": model.sharpness,
        "honest": model.honest, "alone": model.alone, "learned_from": model.learned_from, "concepts": _concepts_hash(),
    }  # fmt: skip
    text = json.dumps(words, ensure_ascii=False, separators=(",", ":")).encode()
    content = io.BytesIO()
    np.savez_compressed(
        content, words=np.frombuffer(text, np.uint8), weights=model.weights, bias=np.asarray(model.bias, np.float32),
        rates=np.fromiter(model.rates.values(), np.float32),
    )  # fmt: skip
    body = content.getvalue()
    head = b"%s %d %s\n" % (_NAME, VERSION, hashlib.sha256(body).hexdigest().encode())
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        beside.write_bytes(head + body)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def load(path: Path) -> Model:
    """The model in a file. Raises UnusableModel where there is none, it is damaged, or of another version."""
    try:
        head, _, body = path.read_bytes().partition(b"\n")
    except OSError as error:
        raise UnusableModel(f"{path.name} cannot be read ({error.strerror}): {_AGAIN}.") from error
    parts = head.split(b" ")
    if len(parts) != 3 or parts[0] != _NAME:
        raise UnusableModel(f"{path.name} holds no classifier: {_AGAIN}.")
    if parts[1] != str(VERSION).encode():
        raise UnusableModel(f"{path.name} was made by another version: {_AGAIN}.")
    if parts[2] != hashlib.sha256(body).hexdigest().encode():
        raise UnusableModel(f"{path.name} is damaged: {_AGAIN}.")
    try:
        return _model(body)
    except (
        KeyError,
        TypeError,
        ValueError,
        EOFError,
        OSError,
        zipfile.BadZipFile,
        zlib.error,
    ) as error:
        raise UnusableModel(
            f"{path.name} is not put together as a classifier: {_AGAIN}."
        ) from error


def _model(body: bytes) -> Model:
    import numpy as np  # noqa: PLC0415  the extra is there

    with np.load(io.BytesIO(body), allow_pickle=False) as kept:
        words: dict[str, Any] = json.loads(kept["words"].tobytes())
        weights, bias, rates = kept["weights"], kept["bias"], kept["rates"]
    if words["concepts"] != _concepts_hash():
        raise ValueError("the words of concepts have changed since")
    if weights.shape != (len(words["rows"]), len(words["labels"])) or bias.shape != (
        len(words["labels"]),
    ):
        raise ValueError("weights and names do not fit")
    return Model(
        labels=tuple(words["labels"]), rows={name: i for i, name in enumerate(words["rows"])}, weights=weights,
        rates=dict(zip(words["rates"], map(float, rates), strict=True)), bias=bias, alone=float(words["alone"]),
        sharpness=float(words["sharpness"]), honest=(float(words["honest"][0]), float(words["honest"][1])),
        learned_from=int(words["learned_from"]),
    )  # fmt: skip


def _concepts_hash() -> str:
    return hashlib.sha256(repr(sorted(concept_words().items())).encode()).hexdigest()
