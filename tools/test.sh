#!/usr/bin/env bash
# The whole suite on SQLite, then what uses the database once more on a private PostgreSQL.
# Arguments go to pytest. Both runs are made even if the first fails.
# A file is one process's, from the long ones to the short (tests/conftest.py): what its stories share is made once.
set -uo pipefail
cd "$(dirname "$0")/.."
# Hundreds of programs are started: what one of them has compiled, the next finds.
unset PYTHONDONTWRITEBYTECODE

pytest() {
    .venv/bin/python -m pytest --quiet --numprocesses "${PROCESSES:-3}" --dist loadfile --no-loadscope-reorder "$@"
}

NO_TESTS=5 # what was asked for may have nothing to do with the database
failed=0

XINQIAO_TEST_DATABASE=sqlite pytest "$@" || failed=$?
XINQIAO_TEST_DATABASE=postgresql pytest "$@" || {
    status=$?
    [ $# -gt 0 ] && [ "$status" = "$NO_TESTS" ] || failed=$status
}
exit "$failed"
