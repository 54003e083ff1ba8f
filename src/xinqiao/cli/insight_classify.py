"""`xinqiao insight classify`: categories for the messages of a table, learned from another one's."""

import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import click

from xinqiao.cli.insight_tables import Cost, can_write, messages_in, write_csv
from xinqiao.insight.messages import Message
from xinqiao.text.classifying import installed, lexicon
from xinqiao.text.classifying.values import Suggestion, Text, TooFewLabels, UnusableModel

HEADER = ("id", "label", "confidence", "label2", "confidence2", "label3", "confidence3", "abstain")
Suggests = Callable[[str, str], Suggestion]

EPILOG = """\b
Example:
  xinqiao insight classify --train labelled.csv --input new.csv --output suggested.csv
  xinqiao insight classify --train labelled.csv --save categories.model --input new.csv --output suggested.csv
  xinqiao insight classify --taxonomy taxonomy.csv --input new.csv --output suggested.csv

\b
abstain 1: a person should decide; the others were right 95 times in 100 among labelled messages that were
left out of learning. --unlabelled tells which words are common. With --taxonomy alone (columns 一级分类,
二级分类, 三级分类) categories come from its phrases, and a person decides all of them.
"""


@click.command(epilog=EPILOG)
@click.option("--train", type=click.Path(path_type=Path), help="Table of messages with 一级分类.")
@click.option(
    "--unlabelled", multiple=True, type=click.Path(path_type=Path), help="Messages without labels; may be repeated."
)  # fmt: skip
@click.option(
    "--model", type=click.Path(path_type=Path), help="A model that was saved, instead of --train."
)
@click.option(
    "--taxonomy",
    type=click.Path(path_type=Path),
    help="Its phrases serve where labels are too few.",
)
@click.option(
    "--save", type=click.Path(path_type=Path), help="Keep the model that was trained in this file."
)
@click.option(
    "--input", "source", required=True, type=click.Path(path_type=Path), help="Table of messages."
)
@click.option(
    "--output", required=True, type=click.Path(path_type=Path), help="Where categories go (CSV)."
)
@click.option("--json", "as_json", is_flag=True, help="Print seconds and memory as JSON.")
def command(
    train: Path | None, unlabelled: Sequence[Path], model: Path | None, taxonomy: Path | None, save: Path | None,
    source: Path, output: Path, as_json: bool,
) -> None:  # fmt: skip
    """Suggest three categories for each message, how sure each is, and whether a person should decide."""
    if not installed():
        raise click.ClickException("Categories need the extra: pip install 'xinqiao[analytics]'.")
    os.environ.setdefault(
        "OPENBLAS_NUM_THREADS", "1"
    )  # hundreds of texts: threads cost more than they save
    read = [one for one in (train, *unlabelled, model, taxonomy, source) if one]
    can_write([output, *([save] if save else [])], read)
    cost = Cost()
    messages = messages_in(source)
    cost.took("read")
    suggest = _suggests(train, unlabelled, model, taxonomy, save)
    cost.took("learn")
    rows = list(_rows(messages, suggest))
    each = 1000 * cost.took("classify") / max(len(rows), 1)
    write_csv(output, HEADER, rows)
    alone = sum(1 for row in rows if not row[-1])
    if as_json:
        cost.say(messages=len(rows), decided_alone=alone, milliseconds_each=round(each, 3))
    else:
        click.echo(f"{len(rows)} messages, {alone} decided alone: {output}", err=True)


def _suggests(
    train: Path | None, unlabelled: Sequence[Path], model: Path | None, taxonomy: Path | None, save: Path | None
) -> Suggests:  # fmt: skip
    if model and not train:
        return _loaded(model)
    if not train and not taxonomy:
        raise click.UsageError(
            "Say --train, --model or --taxonomy: categories must come from somewhere."
        )
    try:
        if train:
            return _trained(train, unlabelled, save)
    except TooFewLabels as error:
        if not taxonomy:
            raise click.ClickException(f"{train}: {error}") from error
        click.echo(f"{error} Categories come from the taxonomy.", err=True)
    assert taxonomy is not None  # noqa: S101  one of the two was said
    try:
        words = lexicon.with_concepts(lexicon.read_taxonomy(taxonomy))
    except lexicon.UnusableTaxonomy as error:
        raise click.ClickException(str(error)) from error
    return lambda subject, body: lexicon.suggest(subject, body, words)


def _trained(train: Path, unlabelled: Sequence[Path], save: Path | None) -> Suggests:
    from xinqiao.text.classifying import keeping, learning  # noqa: PLC0415  the extra is there

    more = [one for path in unlabelled for one in _texts(messages_in(path))]
    model = learning.train(_texts(messages_in(train)), more)
    if save:
        try:
            keeping.save(model, save)
        except OSError as error:
            raise click.ClickException(f"{save} cannot be written: {error.strerror}") from error
    return model.suggest


def _loaded(path: Path) -> Suggests:
    from xinqiao.text.classifying import keeping  # noqa: PLC0415  the extra is there

    try:
        return keeping.load(path).suggest
    except UnusableModel as error:
        raise click.ClickException(str(error)) from error


def _texts(messages: Sequence[Message]) -> list[Text]:
    """What is shown of messages: never the user."""
    return [Text(subject=one.subject, body=one.body, label=one.label) for one in messages]


def _rows(messages: Sequence[Message], suggest: Suggests) -> Iterator[list[object]]:
    for one in messages:
        found = suggest(one.subject, one.body)
        cells: list[object] = [
            cell for s in found.labels for cell in (s.label, f"{s.confidence:.4f}")
        ]
        yield [one.id, *cells, *[""] * (6 - len(cells)), int(found.abstain)]
