"""The drawing of the procedure is that of the table."""

from tools import draw_procedure


def test_the_page_is_not_stale() -> None:
    drawn = draw_procedure.PAGE.read_text(encoding="utf-8")
    assert drawn == draw_procedure.page(), "run: python tools/draw_procedure.py"
