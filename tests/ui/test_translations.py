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


def chinese() -> dict[tuple[str, str], dict[str, str]]:
    """Each text with its context, and its Chinese in each catalogue that has it."""
    found: dict[tuple[str, str], dict[str, str]] = {}
    for catalogue in sorted(PACKAGE.rglob("django.po")):
        plain = run("msgcat", "--no-wrap", "--no-location", str(catalogue), cwd=catalogue.parent)
        for entry in plain.split("\n\n"):
            said = {
                name: "\n".join(re.findall(rf'^{name}(?:\[\d\])? "(.*)"$', entry, re.MULTILINE))
                for name in ("msgctxt", "msgid", "msgstr")
            }
            if said["msgid"]:
                key = (said["msgctxt"], said["msgid"])
                found.setdefault(key, {})[str(catalogue.relative_to(PACKAGE))] = said["msgstr"]
    return found


def test_a_text_has_one_chinese_whichever_door_it_stands_in() -> None:
    """One catalogue hides the other at every door: two meanings need two texts, or a context."""
    twice = {text: said for text, said in chinese().items() if len(set(said.values())) > 1}
    assert twice == {}


def test_every_text_of_a_part_drawn_by_jinja_is_collected() -> None:
    """What is collected from such a part is what stands first in its braces; a text behind a condition is missed."""
    known = {text for _context, text in chinese()}
    texts = re.compile(r'\b_\(\s*"((?:[^"\\]|\\.)*)"')
    missed = {
        (part.name, text)
        for part in sorted(PACKAGE.rglob("jinja2/**/*.html"))
        for text in texts.findall(part.read_text())
        if text not in known
    }
    assert missed == set()
