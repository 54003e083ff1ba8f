"""The model in use: a row that says which, and its file in the home of the platform. Read once, then kept in memory."""

from dataclasses import dataclass
from pathlib import Path

from xinqiao.insight.classifying.values import Serving, Source
from xinqiao.insight.kept import Kept, folder
from xinqiao.insight.models import ModelVersion
from xinqiao.text.classifying import installed
from xinqiao.text.classifying.keeping import load
from xinqiao.text.classifying.model import Model
from xinqiao.text.classifying.values import UnusableModel

_models = Kept(lambda path, _: load(path), (UnusableModel,))


@dataclass(frozen=True, kw_only=True, eq=False)
class InUse:
    """What categories are suggested with. `model` None: the words of the taxonomy serve.

    `seen`: how likely a matter is of a class that the model has ever seen; confidences are multiplied by it.
    """

    model: Model | None
    source: Source
    seen: float = 1.0


def in_use() -> InUse:
    """The model in use, or why there is none. Nothing is raised for a file that cannot be used."""
    row = ModelVersion.objects.filter(in_use=True).order_by("-number").first()
    if not installed():
        return InUse(model=None, source=Source(serving=Serving.NO_LIBRARY))
    if row is None:
        return InUse(model=None, source=Source(serving=Serving.NONE_YET))
    model = _models.at(path_of(row.number))
    if model is None:
        return InUse(model=None, source=Source(serving=Serving.UNUSABLE))
    source = Source(serving=Serving.MODEL, version=row.number, learned_from=row.learned_from)
    return InUse(model=model, source=source, seen=1 - row.unseen / 100)


def path_of(number: int) -> Path:
    """Where the model of this version lies."""
    return folder() / f"categories-{number}.model"
