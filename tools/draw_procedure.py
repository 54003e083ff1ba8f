"""Draws docs/procedure.md from the table of steps: python tools/draw_procedure.py [--check].

With --check it writes nothing and exits 1 when the page is stale.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

from xinqiao.rules.glossary import help_of, label, word_of
from xinqiao.rules.states import ANSWERED_STATES, CLOSED, OPEN, State
from xinqiao.rules.steps import Step
from xinqiao.rules.table import TABLE

PAGE = Path(__file__).parent.parent / "docs" / "procedure.md"
INTRODUCTION = """\
# The procedure

Drawn from `src/xinqiao/rules/table.py` by `python tools/draw_procedure.py`; a test fails when this page is stale.
Names in both languages come from `src/xinqiao/rules/glossary/`; articles are those of the 2022 regulation.
"""
BEGUN = OPEN - {State.RECEIVED}
#: Sets of states that have a name of their own.
GROUPS = {
    "—": frozenset[State](),
    "any": frozenset(State),
    "any once registered": frozenset(State) - {State.RECEIVED},
    "any open": OPEN,
    "any open once registered": BEGUN,
    "any closed": CLOSED,
    "any open without an opinion": OPEN - ANSWERED_STATES,
    "answered or later": ANSWERED_STATES,
    "answered or later, or closed": ANSWERED_STATES | CLOSED - {State.WITHDRAWN},
}


def both(group: str, code: str) -> str:
    """A code in both languages."""
    return f"{label(group, code, 'zh-hans')} {label(group, code, 'en')}"


def arrows(step: Step) -> Iterator[tuple[State | None, State]]:
    """Where the step leads from where; steps that leave the state as it is have none."""
    ends = [step.end] if step.end else []
    ends += list(step.ends_if[1].values()) if step.ends_if else []
    for end in ends:
        for start in sorted(step.start, key=list(State).index) or [None]:
            if start is not end:
                yield start, end


def diagram() -> Iterator[str]:
    """The states and the steps between them, as a Mermaid diagram; several steps on one arrow share it."""
    labels: dict[tuple[State | None, State], list[str]] = {}
    for step in TABLE:
        for arrow in arrows(step):
            labels.setdefault(arrow, []).append(label("step", step.name, "zh-hans"))
    yield "```mermaid"
    yield "stateDiagram-v2"
    for state in State:
        yield f'    state "{both("state", state)}" as {state}'
    for (start, end), names in labels.items():
        yield f"    {start or '[*]'} --> {end}: {'、'.join(names)}"
    yield "```"


def states() -> Iterator[str]:
    yield "| 状态 State | code | article | whose turn | what it means |"
    yield "|---|---|---|---|---|"
    for state in State:
        word = word_of("state", state)
        turn = label("by", word.owner, "en") if state in OPEN else "closed"
        cells = (
            both("state", state),
            f"`{state}`",
            word.article or "",
            turn,
            help_of("state", state, "en"),
        )
        yield f"| {' | '.join(cells)} |"


def steps() -> Iterator[str]:
    yield "| 步骤 Step | code | article | who 由谁办理 | from | to | fields (*optional*) | paper 文书 |"
    yield "|---|---|---|---|---|---|---|---|"
    for step in TABLE:
        cells = (
            both("step", step.name),
            f"`{step.name}`",
            step.article or "",
            "<br>".join(both("by", by) for by in step.by),
            came_from(step),
            leads_to(step),
            "<br>".join((*map(field, step.needs), *(f"*{field(name)}*" for name in step.may_have))),
            both("paper", step.paper) if step.paper else "",
        )
        yield f"| {' | '.join(cells)} |"


def field(name: str) -> str:
    return f"{label('field', name, 'zh-hans')} `{name}`"


def came_from(step: Step) -> str:
    """The states in which the step is possible, by the name of their group where they make up one."""
    named = next((name for name, group in GROUPS.items() if group == step.start), None)
    return named or "<br>".join(f"`{state}`" for state in State if state in step.start)


def leads_to(step: Step) -> str:
    ends = [f"`{step.end}`"] if step.end else []
    if step.ends_if:
        name, others = step.ends_if
        ends += [f"`{state}` if {name} is {value}" for value, state in others.items()]
    return "<br>".join(ends) or "stays"


def page() -> str:
    parts = [
        INTRODUCTION,
        "## Diagram",
        *diagram(),
        "\n## States",
        *states(),
        "\n## Steps",
        *steps(),
    ]
    return "\n".join(parts) + "\n"


def main() -> None:
    drawn = page()
    if "--check" not in sys.argv[1:]:
        PAGE.write_text(drawn, encoding="utf-8")
    elif not PAGE.exists() or PAGE.read_text(encoding="utf-8") != drawn:
        sys.exit("docs/procedure.md is stale: run: python tools/draw_procedure.py")


if __name__ == "__main__":
    main()
