#!/usr/bin/env bash
# Opens the launcher with demo data where there is a screen; elsewhere plays the demo offscreen into out/.
set -euo pipefail
cd "$(dirname "$0")/.."
if [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
    exec .venv/bin/hall demo
fi
exec .venv/bin/hall demo --out out/
