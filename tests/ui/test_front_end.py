"""The browser libraries: pinned, and from nowhere in particular."""

import json
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def test_versions_are_exact() -> None:
    package = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))
    versions = package["dependencies"] | package["devDependencies"]
    assert all(version[0].isdigit() for version in versions.values())
    assert versions["htmx.org"].startswith("2.0.")


def test_the_lock_file_names_no_address() -> None:
    lock = (ROOT / "package-lock.json").read_text(encoding="utf-8")
    assert "://" not in lock and "resolved" not in lock
    entries = json.loads(lock)["packages"]
    assert all("integrity" in entry for name, entry in entries.items() if name)


def test_the_bundle_asks_for_nothing_outside_and_needs_no_eval() -> None:
    vendor = ROOT / "src/xinqiao/ui/static/ui/vendor"
    if not vendor.exists():
        pytest.skip("the front end is not built: run npm ci && npm run build")
    css = (vendor / "tabler.css").read_text(encoding="utf-8")
    assert "@import" not in css and "url(http" not in css and "url(//" not in css
    assert "new Function(" not in (vendor / "theme.js").read_text(encoding="utf-8")


def test_of_the_kit_only_what_is_named_goes_to_a_phone() -> None:
    kit = ROOT / "node_modules/@tabler/core/dist/css/tabler.css"
    built = ROOT / "src/xinqiao/ui/static/ui/vendor/tabler.css"
    if not (kit.exists() and built.exists()):
        pytest.skip("the front end is not built: run npm ci && npm run build")
    whole, kept = kit.read_text(encoding="utf-8"), built.read_text(encoding="utf-8")
    for used in (".btn-primary", ".form-control", ".visually-hidden", "[data-bs-theme=dark]"):
        assert used in kept
    for unused in (".carousel-item", ".offcanvas-backdrop"):
        assert unused in whole
        assert unused not in kept
