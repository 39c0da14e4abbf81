#!/usr/bin/env bash
# Static checks beside the rules under coverage (every line and branch); everything else; what measures real processes.
# The runner's closing line is last.
set -euo pipefail
cd "$(dirname "$0")/.."

# Neither the checks nor the rules need what is installed meanwhile.
bash tools/system-packages.sh test-packages.txt &
packages=$!

# The program is compiled once for the many processes that the tests start, also where the surroundings forbid to keep it.
export PYTHONDONTWRITEBYTECODE=
.venv/bin/python -m compileall -q hall

# Databases of the tests lie in memory where there is room: a commit to disk takes longer than most tests.
memory=/dev/shm
if [ -w "$memory" ] && [ "$(df --output=avail -m "$memory" | tail -1)" -gt 6000 ]; then
    scratch=$(mktemp -d -p "$memory")
    export TMPDIR=$scratch
    chmod 755 "$scratch"
fi
notes=$(mktemp -d)
checks=
trap 'kill ${checks:-} 2>/dev/null || true; rm -rf "$notes" "${scratch:-}"' EXIT

bash tools/check.sh >"$notes/checks" 2>&1 &
checks=$!
export COVERAGE_FILE=$notes/rules
.venv/bin/python -m coverage run --source=hall/rules -m pytest -q tests/rules
.venv/bin/python -m coverage combine --quiet
.venv/bin/python -m coverage report --fail-under=100
wait "$checks" || { cat "$notes/checks"; exit 1; }
checks=
cat "$notes/checks"
wait "$packages"

# Two at a time, a file whole on one of them, in their order (long files are not left for the end); then what measures how
# soon processes and windows answer, one after the other. A process that has to be ended is not begun anew: it would run
# into the same test again.
measuring=(
    tests/e2e/test_demo_day.py tests/e2e/test_stations.py
    tests/windows/test_devices_storm.py tests/windows/test_slip_station.py tests/workers/test_device_storms.py
)
others=(--ignore=tests/rules "${measuring[@]/#/--ignore=}")
beside() {
    .venv/bin/python -u -m pytest -q -n 2 --max-worker-restart 0 --dist loadfile --no-loadscope-reorder --asked "${others[@]}"
}

# Where a process had to be ended the rest was not asked: all of it is asked once more. A test that fails is red at once.
if ! beside | tee "$notes/beside"; then
    grep -q "crashed while running" "$notes/beside" || exit 1
    beside
fi
.venv/bin/python -m pytest -q "${measuring[@]}"
