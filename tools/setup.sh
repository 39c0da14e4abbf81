#!/usr/bin/env bash
# Prepares .venv from requirements.lock; a stamp makes the second call immediate.
set -euo pipefail
cd "$(dirname "$0")/.."

stamp=.venv/.stamp
wanted=$(cat requirements.lock pyproject.toml tools/setup.sh tools/system-packages.txt | sha256sum | cut -d' ' -f1)
if [ -x .venv/bin/hall ] && [ "$(cat $stamp 2>/dev/null)" = "$wanted" ]; then
    exit 0
fi

bash tools/system-packages.sh

python=$(command -v python3.11 || command -v python3)
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || {
    echo "hall needs Python 3.11 or newer; found $("$python" --version)" >&2
    exit 3
}
[ -x .venv/bin/python ] || "$python" -m venv .venv
.venv/bin/pip install -qq --disable-pip-version-check --require-hashes -r requirements.lock
.venv/bin/pip install -qq --disable-pip-version-check --no-deps --no-build-isolation --editable .
echo "$wanted" > $stamp
