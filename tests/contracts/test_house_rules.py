"""What keeps the house readable: files and functions of a size one can hold in mind."""

import ast
from collections.abc import Iterator
from pathlib import Path

SOURCE = Path(__file__).parents[2] / "src" / "xinqiao"
FILE_LINES = 400
FUNCTION_LINES = 50


def _files() -> Iterator[Path]:
    for path in SOURCE.rglob("*.py"):
        if path.parent.name != "migrations":
            yield path


def _long_functions(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            if lines > FUNCTION_LINES:
                yield f"{path.relative_to(SOURCE)}: {node.name} has {lines} lines"


def test_files_are_short() -> None:
    sizes = {str(path.relative_to(SOURCE)): len(path.read_text().splitlines()) for path in _files()}
    assert sizes
    assert {name: lines for name, lines in sizes.items() if lines > FILE_LINES} == {}


def test_functions_are_short() -> None:
    assert [long for path in _files() for long in _long_functions(path)] == []
