#!/usr/bin/env bash
# Static checks; the rules under coverage (every line and branch); everything else; real processes. The runner's closing
# line is last.
set -euo pipefail
cd "$(dirname "$0")/.."
bash tools/system-packages.sh test-packages.txt
bash tools/check.sh

# Databases of the tests lie in memory where there is room: a commit to disk takes longer than most tests.
memory=/dev/shm
if [ -w "$memory" ] && [ "$(df --output=avail -m "$memory" | tail -1)" -gt 6000 ]; then
    scratch=$(mktemp -d -p "$memory")
    export TMPDIR=$scratch
    chmod 755 "$scratch"
fi
coverage=$(mktemp -d)
trap 'rm -rf "$coverage" "${scratch:-}"' EXIT
export COVERAGE_FILE=$coverage/rules
.venv/bin/python -m coverage run --source=hall/rules -m pytest -q tests/rules
.venv/bin/python -m coverage combine --quiet
.venv/bin/python -m coverage report --fail-under=100

# Two at a time, a file whole on one of them; then what has a screen of its own and measures, one after the other.
.venv/bin/python -m pytest -q -n 2 --dist loadfile --ignore=tests/rules --ignore=tests/e2e
.venv/bin/python -m pytest -q tests/e2e
