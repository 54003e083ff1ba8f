"""The drawing of the procedure is that of the table."""

import sys
from pathlib import Path

import pytest

from tools import draw_procedure
from xinqiao.rules.states import State
from xinqiao.rules.table import TABLE


def test_the_page_is_not_stale() -> None:
    drawn = draw_procedure.PAGE.read_text(encoding="utf-8")
    assert drawn == draw_procedure.page(), "run: python tools/draw_procedure.py"


def test_a_stale_page_is_noticed_and_left_as_it_is(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    page = tmp_path / "procedure.md"
    page.write_text("yesterday's procedure", encoding="utf-8")
    monkeypatch.setattr(draw_procedure, "PAGE", page)
    monkeypatch.setattr(sys, "argv", ["draw_procedure.py", "--check"])
    with pytest.raises(SystemExit, match="stale"):
        draw_procedure.main()
    assert page.read_text(encoding="utf-8") == "yesterday's procedure"


def test_every_state_and_step_is_on_the_page() -> None:
    page = draw_procedure.page()
    assert all(f"as {state}\n" in page for state in State)
    assert all(f"| `{step.name}` |" in page for step in TABLE)


def test_every_change_of_state_is_an_arrow() -> None:
    arrows = {line.split(":")[0].strip() for line in draw_procedure.diagram() if "-->" in line}
    for step in TABLE:
        for start, end in draw_procedure.arrows(step):
            assert f"{start or '[*]'} --> {end}" in arrows, step.name
