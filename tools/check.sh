#!/usr/bin/env bash
# Everything that can be said about the code without running the platform. All steps are made even if
# one fails. Called by `make check`.
set -uo pipefail
cd "$(dirname "$0")/.."

# Type checking loads the settings, and the settings make the keys of a platform where there are none.
XINQIAO_HOME="$(mktemp -d)"
export XINQIAO_HOME
trap 'rm -rf "$XINQIAO_HOME"' EXIT

failed=()
step() {
    local name="$1"
    shift
    echo "== $name"
    "$@" || failed+=("$name")
}

typed() { # what is held to mypy --strict: the pure packages, and the doors between folders
    printf '%s\n' src/xinqiao/law src/xinqiao/rules src/xinqiao/text
    git ls-files 'src/xinqiao/*actions.py' 'src/xinqiao/*queries.py' \
        ':!src/xinqiao/law' ':!src/xinqiao/rules' ':!src/xinqiao/text'
}
mapfile -t typed < <(typed)

step "ruff check" .venv/bin/ruff check --quiet --output-format concise .
step "ruff format" .venv/bin/ruff format --check .
step "mypy" .venv/bin/mypy --cache-dir=/dev/null --strict --follow-imports=silent "${typed[@]}"
step "known holes" .venv/bin/python tools/audit.py
step "contracts" .venv/bin/python -m pytest --quiet tests/contracts
for draw in tools/draw_*.py; do
    [ -e "$draw" ] && step "$draw --check" .venv/bin/python "$draw" --check
done

if [ "${#failed[@]}" -gt 0 ]; then
    echo "make check: failed: ${failed[*]}" >&2
    exit 1
fi
