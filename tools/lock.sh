#!/usr/bin/env bash
# Writes requirements/*.lock anew from pyproject.toml: every version pinned, with the hashes of all
# files the package index knows, and no address of an index. Run it after changing a dependency;
# `tools/lock.sh --upgrade` also takes newer versions.
set -euo pipefail
cd "$(dirname "$0")/.."

# Only the index, whatever this machine is configured with: a lock is for every machine.
unset PIP_FIND_LINKS PIP_EXTRA_INDEX_URL
export PIP_CONFIG_FILE=/dev/null CUSTOM_COMPILE_COMMAND="tools/lock.sh"

compile() {
    .venv/bin/pip-compile --quiet --generate-hashes --strip-extras --allow-unsafe \
        --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --no-emit-options \
        --output-file "$1" "${@:2}" pyproject.toml
}

compile requirements/run.lock "$@"
compile requirements/analytics.lock --extra analytics --constraint requirements/run.lock "$@"
compile requirements/spark.lock --extra spark --constraint requirements/run.lock --constraint requirements/analytics.lock "$@"
compile requirements/dev.lock --extra dev --constraint requirements/run.lock --constraint requirements/analytics.lock "$@"
compile requirements/build.lock --only-build-deps --build-deps-for editable "$@"

if grep -nE '://|find-links|index-url' requirements/*.lock; then
    echo "tools/lock.sh: a lock file names an address (above)" >&2
    exit 1
fi
wc -l requirements/*.lock >&2
