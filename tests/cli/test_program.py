"""The program as a whole: what it lists, what it imports, how it refuses."""

import subprocess
import sys
from importlib.metadata import version
from pathlib import Path
from pkgutil import resolve_name

import click
import pytest
from click.testing import CliRunner

from tests.support.platform import PROGRAM, environment, xinqiao
from xinqiao.cli import COMMANDS, main


def _run(*arguments: str) -> tuple[int, str]:
    done = CliRunner().invoke(main, list(arguments))
    return done.exit_code, done.output


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_there_and_explains_itself_with_an_example(name: str) -> None:
    command = resolve_name(COMMANDS[name].target)
    assert isinstance(command, click.Command)
    examples = [command, *getattr(command, "commands", {}).values()]
    assert any("Example" in (one.epilog or "") for one in examples)
    code, text = _run(name, "--help")
    assert code == 0
    assert text.startswith(f"Usage: main {name}")


def test_help_lists_every_command_in_the_order_of_need() -> None:
    code, text = _run("--help")
    listed = [line.split()[0] for line in text.partition("Commands:")[2].splitlines()[1:] if line]
    assert code == 0
    assert listed[: len(COMMANDS)] == list(COMMANDS)


def test_its_version_is_that_of_the_package() -> None:
    assert _run("--version") == (0, f"xinqiao, version {version('xinqiao')}\n")


def test_a_mistyped_command_is_refused() -> None:
    code, text = _run("serv")
    assert code == 2
    assert "No such command 'serv'" in text


@pytest.mark.parametrize("arguments", [["--help"], ["clocks", "--help"]])
def test_help_and_clocks_start_without_django(arguments: list[str], tmp_path: Path) -> None:
    look = (
        "import sys\n"
        "from xinqiao.cli import main\n"
        f"main({arguments!r}, standalone_mode=False)\n"
        "sys.exit('django' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", look], env=environment(tmp_path), capture_output=True, check=False
    )
    assert done.returncode == 0
    assert list(tmp_path.iterdir()) == []


def test_a_wrong_setting_ends_in_one_line_that_says_what_to_do(tmp_path: Path) -> None:
    done = xinqiao(tmp_path, "units", XINQIAO_HTTPS="yes")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "Error: XINQIAO_HTTPS is 'yes': set it to 0 or 1\n"


def test_a_home_that_cannot_be_made_ends_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    done = xinqiao(tmp_path / "file", "units")
    assert done.returncode == 1
    assert "XINQIAO_HOME" in done.stderr
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize("name", ["serve", "work", "units"])
def test_without_tables_a_command_says_to_run_init(name: str, tmp_path: Path) -> None:
    done = xinqiao(tmp_path, name)
    assert (done.returncode, done.stdout) == (1, "")
    assert "run: xinqiao init" in done.stderr


def test_a_database_out_of_reach_is_named(tmp_path: Path) -> None:
    done = xinqiao(
        tmp_path, "units", XINQIAO_DATABASE_URL=f"postgresql://x@%2Fnowhere{tmp_path.name}/x"
    )
    assert done.returncode == 1
    assert "XINQIAO_DATABASE_URL" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_program_is_installed_beside_the_interpreter() -> None:
    assert PROGRAM.exists()
