"""Texts in the parts that Jinja2 draws: their lines are paragraphs, and what somebody wrote stays text."""

from xinqiao.ui.jinja import environment


def test_lines_become_paragraphs_and_nothing_written_becomes_markup() -> None:
    made = environment(autoescape=True).from_string("{{ text|linebreaks }}")
    drawn = made.render(text="第一行\n\n<script>alert(1)</script>")
    assert drawn == "<p>第一行</p>\n\n<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>"
