"""Training a model from what persons confirmed, and letting it serve only where it does better than what serves now.

Both are asked about the latest confirmations, from which neither has learned: the past says nothing about what comes.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import NamedTuple

from django.db import transaction

from xinqiao.insight.classifying.confirming import Label, labels
from xinqiao.insight.classifying.fitting import fitting
from xinqiao.insight.classifying.queries import offered
from xinqiao.insight.classifying.reliability import First, measured
from xinqiao.insight.classifying.store import InUse, in_use, path_of
from xinqiao.insight.classifying.values import WORDS_ALONE, Serving, Suggestion
from xinqiao.insight.kept import folder
from xinqiao.insight.models import ModelVersion
from xinqiao.text.classifying import installed
from xinqiao.text.classifying.copies import groups
from xinqiao.text.classifying.keeping import save
from xinqiao.text.classifying.learning import train
from xinqiao.text.classifying.model import Model
from xinqiao.text.classifying.values import Text, TooFewLabels

#: The latest matters are learned from, at most so many: with a hundred classes that takes the worker a minute, while
#: its other work waits. Fewer than the least teach nothing.
MOST, LEAST = 2000, 40
#: Held out: a fifth of all, at least and at most so many; so many must be left once near-copies are gone.
LEAST_HELD, MOST_HELD, LEAST_TESTED = 20, 200, 10
#: A class of fewer texts than this is learned as the title above it.
LEAST_OF_CLASS = 3
#: Trained again when so many were confirmed since, or a tenth of what was learned from.
NEW, NEW_SHARE = 20, 10

Says = Callable[[Text], Sequence[str]]


class Tried(NamedTuple):
    """Of some texts, for how many the first code said was right, one of three was, the highest title of the first was.

    In this order two are compared.
    """

    first: int
    three: int
    top: int


def train_when_due(now: datetime) -> ModelVersion | None:
    """Trains a model where enough was confirmed since the last time, or the file in use is lost or damaged.

    It serves from then on if it did better than what serves now; else that stays, and the version says so.
    Returns the version; None where nothing was trained.
    """
    if not installed():
        return None
    used = in_use()
    learned, tested = parted(labels(MOST))
    if len(learned) < LEAST or len(tested) < LEAST_TESTED or not _is_due(learned, used):
        return None
    try:
        model = _on_one_core(at_titles([one.text for one in learned]))
    except TooFewLabels:
        return None
    return _keep(model, learned, tested, used, now)


def _on_one_core(texts: Sequence[Text]) -> Model:
    """Trains; on one core, since the others answer people, and two that are in demand wait for each other: on a busy
    machine it takes a fourth of the time."""
    from threadpoolctl import threadpool_limits  # noqa: PLC0415  the extra is there

    with threadpool_limits(1):
        return train(texts)


def _is_due(learned: Sequence[Label], used: InUse) -> bool:
    last = ModelVersion.objects.order_by("-number").first()
    if last is None or used.source.serving is Serving.UNUSABLE:
        return True
    new = sum(one.position > last.upto for one in learned)
    return new >= max(NEW, last.learned_from // NEW_SHARE)


def parted(known: Sequence[Label]) -> tuple[Sequence[Label], list[Text]]:
    """What is learned from, and the latest texts to be asked about: a fifth, or more where most of them are near-copies
    of what came before, but never more than half."""
    held = max(LEAST_HELD, min(MOST_HELD, len(known) // 5))
    while True:
        learned, latest = known[:-held], known[-held:]
        tested = without_copies([one.text for one in latest], [one.text for one in learned])
        if len(tested) >= LEAST_TESTED or 4 * held > len(known):
            return learned, tested
        held *= 2


def at_titles(texts: Sequence[Text]) -> list[Text]:
    """Texts with the label that enough of them share: the class itself, or else the nearest title above it.

    What has not even a title in common with others is left out.
    """
    found = list(texts)
    while True:
        number = Counter(one.label for one in found)
        rare = [label for label, n in number.items() if label and n < LEAST_OF_CLASS]
        if not rare:
            return [one for one in found if one.label]
        deepest = max(
            label.count(".") for label in rare
        )  # a title may yet gather what lies under it
        moved = {label for label in rare if label.count(".") == deepest}
        found = [_with_title(one) if one.label in moved else one for one in found]


def _with_title(one: Text) -> Text:
    return Text(subject=one.subject, body=one.body, label=one.label.rpartition(".")[0])


def share_unseen(texts: Sequence[Text]) -> float:
    """How likely the next text is of a label that was never seen: as likely as one had a label seen once (Good and
    Turing). Near-copies count as one."""
    distinct = {(number, one.label) for number, one in zip(groups(texts), texts, strict=True)}
    once = Counter(label for _, label in distinct)
    return sum(number == 1 for number in once.values()) / max(len(distinct), 1)


def without_copies(latest: Sequence[Text], learned: Sequence[Text]) -> list[Text]:
    """The latest texts without near-copies of what was learned from, and of near-copies among them one."""
    numbers = groups([*learned, *latest])
    seen, found = set(numbers[: len(learned)]), []
    for one, number in zip(latest, numbers[len(learned) :], strict=True):
        if number not in seen:
            seen.add(number)
            found.append(one)
    return found


def tried(texts: Sequence[Text], says: Says) -> Tried:
    """How often what is said of these texts was right."""
    said = [(one.label, list(says(one))) for one in texts]
    return Tried(
        first=sum(codes[:1] == [label] for label, codes in said),
        three=sum(label in codes for label, codes in said),
        top=sum(_top(codes[0]) == _top(label) for label, codes in said if codes),
    )


def _top(code: str) -> str:
    return code.partition(".")[0]


def _keep(
    model: Model, learned: Sequence[Label], tested: Sequence[Text], used: InUse, now: datetime
) -> ModelVersion:
    """Writes file and version; the file first, so that a version in use always has one."""
    unseen = share_unseen(at_titles([one.text for one in learned]))
    new = tried(tested, _saying(model, 1 - unseen))
    old = tried(tested, _saying(used.model, used.seen))
    last = ModelVersion.objects.order_by("-number").first()
    row = ModelVersion(
        number=last.number + 1 if last else 1, made_at=now, learned_from=model.learned_from,
        labels=len(model.labels), unseen=round(100 * unseen), upto=learned[-1].position, tested=len(tested),
        in_use=new > old,
        other=used.source.version if used.model else WORDS_ALONE,
        first=new.first, three=new.three, top=new.top,
        other_first=old.first, other_three=old.three, other_top=old.top,
        reliability=measured(tested, _first(model, 1 - unseen)),
    )  # fmt: skip
    if row.in_use:
        folder().mkdir(parents=True, exist_ok=True)
        save(model, path_of(row.number))
    with transaction.atomic():
        # A version whose file is lost serves nobody: kept in use, it would be trained anew at every run for ever.
        if row.in_use or used.source.serving is Serving.UNUSABLE:
            ModelVersion.objects.filter(in_use=True).update(in_use=False)
        row.save(force_insert=True)
    if row.in_use:
        _clear(keep={row.number, row.other})
    return row


def _saying(model: Model | None, seen: float) -> Says:
    codes = offered()
    return lambda text: [one.code for one in fitting(model, seen, text.subject, text.body, codes)]


def _first(model: Model, seen: float) -> First:
    codes = offered()

    def first(text: Text) -> Suggestion | None:
        found = fitting(model, seen, text.subject, text.body, codes, most=1)
        return found[0] if found else None

    return first


def _clear(keep: set[int]) -> None:
    """Models that served before the last are of no use any more."""
    kept = {path_of(number) for number in keep}
    for path in folder().glob("categories-*.model"):
        if path not in kept:
            path.unlink(missing_ok=True)
