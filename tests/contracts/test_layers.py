"""The arrows of docs/architecture.md hold: folders import downwards, and never another's models."""

import subprocess
import sys
from pathlib import Path

import grimp
import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def graph() -> grimp.ImportGraph:
    return grimp.build_graph("xinqiao", cache_dir=None)


def _folder(module: str) -> str:
    """`people` of xinqiao.people.models."""
    return module.split(".")[1]


def test_folders_import_only_downwards() -> None:
    linter = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run(
        [linter, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_nobody_uses_the_tables_of_another_folder(graph: grimp.ImportGraph) -> None:
    tables = {module for module in graph.modules if module.split(".")[2:3] == ["models"]}
    assert tables, "no models.py found: the test looks in the wrong place"
    strangers = {
        (importer, module)
        for module in tables
        for importer in graph.find_modules_that_directly_import(module)
        if _folder(importer) != _folder(module)
    }
    assert strangers == set()
