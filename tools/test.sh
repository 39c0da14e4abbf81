#!/usr/bin/env bash
# Static checks, then the whole test suite under coverage; the runner's closing line is the last thing printed.
set -euo pipefail
cd "$(dirname "$0")/.."
bash tools/check.sh
exec .venv/bin/python -m pytest "$@"
