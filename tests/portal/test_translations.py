"""Every text for citizens has its Chinese, and what is collected is what is committed."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import xinqiao.lookup
import xinqiao.portal

FOLDERS = [Path(one.__file__).parent for one in (xinqiao.portal, xinqiao.lookup)]
CATALOGUE = Path("locale/zh_Hans/LC_MESSAGES/django.po")


def run(*command: str, cwd: Path) -> str:
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module", params=FOLDERS, ids=lambda folder: folder.name)
def folder(request: pytest.FixtureRequest) -> Path:
    found: Path = request.param
    return found


@pytest.fixture(scope="module")
def collected(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The catalogue as it would be after collecting the texts anew, in a copy of the folder."""
    copy = tmp_path_factory.mktemp("texts") / folder.name
    shutil.copytree(folder, copy, ignore=shutil.ignore_patterns("static", "__pycache__", "*.mo"))
    command = "makemessages --settings=django.conf.global_settings --locale zh_Hans --no-wrap --no-obsolete"
    run(sys.executable, "-m", "django", *command.split(), cwd=copy)
    return copy / CATALOGUE


def listed(catalogue: Path, choice: str) -> set[str]:
    found = run(
        "msgattrib", choice, "--no-wrap", "--no-location", str(catalogue), cwd=catalogue.parent
    )
    return {text for text in re.findall(r'^msgid "(.*)"$', found, re.MULTILINE) if text}


def test_every_text_has_its_chinese_and_none_is_a_guess(collected: Path) -> None:
    assert listed(collected, "--untranslated") == set()
    assert listed(collected, "--only-fuzzy") == set()


def test_nothing_translated_is_no_longer_used(folder: Path, collected: Path) -> None:
    assert listed(folder / CATALOGUE, "--translated") == listed(collected, "--translated")
