"""A known hole in a package ends the check; that nobody could be asked is said, and not taken for a yes."""

import pytest

from tools import audit

CLEAN = {"name": "django", "version": "5.2.9", "vulns": []}
HOLED = {
    "name": "pillow", "version": "1.0", "vulns": [{"id": "PYSEC-1", "fix_versions": ["1.1"]}],
}  # fmt: skip
SKIPPED = {"name": "django", "skip_reason": "not found"}


def test_holes_are_named_with_the_version_that_mends_them() -> None:
    report = {"dependencies": [CLEAN, HOLED, SKIPPED]}
    assert audit.python_holes(report) == ["pillow 1.0: PYSEC-1, mended in 1.1"]
    report = {"vulnerabilities": {"htmx.org": {"range": "<2.0.3", "severity": "high"}}}
    assert audit.browser_holes(report) == ["htmx.org <2.0.3: high"]


def test_no_answer_is_not_a_clean_answer() -> None:
    with pytest.raises(audit.Unreached):
        audit.python_holes({"dependencies": [SKIPPED]})
    with pytest.raises(audit.Unreached):
        audit.browser_holes({"error": {"code": "ENOAUDIT"}})


@pytest.mark.parametrize(
    ("answers", "required", "status"),
    [
        ([[], []], True, 0),
        ([[], ["pillow 1.0: PYSEC-1"]], False, audit.HOLE),
        ([audit.Unreached("x"), ["pillow 1.0: PYSEC-1"]], True, audit.HOLE),
        ([audit.Unreached("x"), []], False, 0),
        ([audit.Unreached("x"), []], True, audit.NOBODY_ASKED),
    ],
)
def test_the_status_is_for_a_build_server(
    monkeypatch: pytest.MonkeyPatch, answers: list[object], required: bool, status: int
) -> None:
    monkeypatch.setattr(audit, "_asked", lambda: answers)
    assert audit.main(required=required) == status
