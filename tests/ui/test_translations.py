"""Every text of the interface has its Chinese, and what is collected is what is committed."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import xinqiao

PACKAGE = Path(xinqiao.__file__).parent
CATALOGUE = Path("locale/zh_Hans/LC_MESSAGES/django.po")


def run(*command: str, cwd: Path) -> str:
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def collected(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The catalogue as it would be after collecting the texts anew, in a copy of the package."""
    copy = tmp_path_factory.mktemp("texts") / "xinqiao"
    shutil.copytree(
        PACKAGE, copy, ignore=shutil.ignore_patterns("static", "data", "__pycache__", "*.mo")
    )
    run(
        *(sys.executable, "-m", "django", "makemessages", "--settings=django.conf.global_settings"),
        *("--locale", "zh_Hans", "--no-wrap", "--no-obsolete", "--add-location", "file"),
        cwd=copy,
    )
    return copy / CATALOGUE


def listed(catalogue: Path, choice: str) -> list[str]:
    """The texts that `msgattrib` finds for `choice`, without the header."""
    found = run(
        "msgattrib", choice, "--no-wrap", "--no-location", str(catalogue), cwd=catalogue.parent
    )
    return [text for text in re.findall(r'^msgid "(.*)"$', found, re.MULTILINE) if text]


def test_every_text_has_its_chinese(collected: Path) -> None:
    left = listed(collected, "--untranslated")
    assert left == [], "run tools/messages.sh and translate these"


def test_no_translation_is_a_guess(collected: Path) -> None:
    guessed = listed(collected, "--only-fuzzy")
    assert guessed == [], "run tools/messages.sh, check these, remove the mark fuzzy"


def test_placeholders_agree_and_the_catalogue_compiles(collected: Path, tmp_path: Path) -> None:
    run("msgfmt", "--check-format", "-o", str(tmp_path / "django.mo"), str(collected), cwd=tmp_path)


def test_nothing_translated_is_no_longer_used(collected: Path) -> None:
    def texts(catalogue: Path) -> set[str]:
        return set(listed(catalogue, "--translated"))

    assert texts(PACKAGE / CATALOGUE) - texts(collected) == set(), (
        "run tools/messages.sh: these are not used any more"
    )
