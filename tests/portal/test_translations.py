"""Every text of the portal has its Chinese, and what is collected is what is committed."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import xinqiao.portal

FOLDER = Path(xinqiao.portal.__file__).parent
CATALOGUE = Path("locale/zh_Hans/LC_MESSAGES/django.po")


def run(*command: str, cwd: Path) -> str:
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def collected(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The catalogue as it would be after collecting the texts anew, in a copy of the folder."""
    copy = tmp_path_factory.mktemp("texts") / "portal"
    shutil.copytree(FOLDER, copy, ignore=shutil.ignore_patterns("static", "__pycache__", "*.mo"))
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


def test_nothing_translated_is_no_longer_used(collected: Path) -> None:
    assert listed(FOLDER / CATALOGUE, "--translated") == listed(collected, "--translated")
