#!/usr/bin/env bash
# Writes requirements.lock: versions and hashes of everything, no registry's address.
set -euo pipefail
cd "$(dirname "$0")/.."
.venv/bin/python -m venv .venv-lock
.venv-lock/bin/pip install --quiet uv
{ printf 'hatchling\neditables\n'; } > .venv-lock/build.in
.venv-lock/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
    --no-emit-index-url --extra dev pyproject.toml .venv-lock/build.in -o requirements.lock
rm -rf .venv-lock
