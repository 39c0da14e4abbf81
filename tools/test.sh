#!/usr/bin/env bash
# Static checks; the rules under coverage (every line and branch); then everything else. The runner's closing line is last.
set -euo pipefail
cd "$(dirname "$0")/.."
bash tools/check.sh

coverage=$(mktemp -d)
trap 'rm -rf "$coverage"' EXIT
export COVERAGE_FILE=$coverage/rules
.venv/bin/python -m coverage run --source=hall/rules -m pytest -q tests/rules
.venv/bin/python -m coverage combine --quiet
.venv/bin/python -m coverage report --fail-under=100

.venv/bin/python -m pytest -q --ignore=tests/rules
