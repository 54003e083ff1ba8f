"""The doctor names what a machine lacks, and the command that brings it."""

import shutil
import subprocess
from pathlib import Path

import pytest

DOCTOR = Path(__file__).parents[2] / "tools" / "doctor.sh"
ALWAYS_THERE = ("bash", "env", "id", "sed", "dirname", "cat")


@pytest.fixture
def machine(tmp_path: Path) -> Path:
    """A machine with a shell and nothing else: a folder to be the whole PATH."""
    for name in ALWAYS_THERE:
        (tmp_path / name).symlink_to(str(shutil.which(name)))
    return tmp_path


def _install(machine: Path, name: str, says: str = "") -> None:
    program = machine / name
    program.write_text(f"#!/bin/sh\necho '{says}'\n")
    program.chmod(0o755)


def _ask(machine: Path, what: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(DOCTOR), what], env={"PATH": str(machine)}, capture_output=True, text=True, check=False
    )


def test_a_bare_machine_is_told_everything_it_lacks(machine: Path) -> None:
    told = _ask(machine, "test")
    assert told.returncode == 1
    assert told.stdout == ""
    wanted = (
        "python3-venv",
        "nodejs",
        "npm",
        "gettext",
        "chromium",
        "fonts-noto-cjk",
        "util-linux",
    )
    for package in wanted:
        assert "apt-get install" in told.stderr
        assert package in told.stderr


def test_the_demonstration_needs_neither_browser_nor_postgresql(machine: Path) -> None:
    told = _ask(machine, "demo").stderr
    assert "chromium" not in told
    assert "postgresql" not in told
    assert "Node 20" in told


def test_an_old_node_is_not_enough(machine: Path) -> None:
    _install(machine, "node", "v18.20.4")
    assert "Node 20 or newer" in _ask(machine, "demo").stderr
    _install(machine, "node", "v22.1.0")
    assert "Node 20 or newer" not in _ask(machine, "demo").stderr


def test_what_is_there_is_not_named(machine: Path) -> None:
    _install(machine, "msgfmt")
    _install(machine, "npm")
    _install(machine, "python3")
    told = _ask(machine, "demo").stderr
    assert "gettext" not in told
    assert "npm" not in told
    assert "python3-venv" not in told


@pytest.mark.parametrize("what", ["", "everything"])
def test_an_unknown_question_is_answered_with_the_known_ones(machine: Path, what: str) -> None:
    told = _ask(machine, what)
    assert told.returncode == 2
    assert "tools/doctor.sh demo|test|check" in told.stderr
