#!/usr/bin/env bash
# Installs the Debian packages of a list (system-packages.txt if none is named) that are missing; elsewhere only says so.
set -euo pipefail
cd "$(dirname "$0")"
list=${1:-system-packages.txt}

command -v dpkg-query >/dev/null || { echo "Not a Debian system: see README for the packages to install." >&2; exit 0; }
missing=()
while read -r package; do
    case "$package" in ''|'#'*) continue ;; esac
    state=$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null || true)
    [ "$state" = installed ] || missing+=("$package")
done < "$list"
[ ${#missing[@]} -eq 0 ] && exit 0

as_root=()
if [ "$(id -u)" != 0 ]; then
    command -v sudo >/dev/null || {
        echo "These packages are missing, and there is no sudo. As root: apt-get install --no-install-recommends ${missing[*]}" >&2
        exit 3
    }
    as_root=(sudo)
fi
echo "Installing system packages: ${missing[*]}" >&2
export DEBIAN_FRONTEND=noninteractive
install=("${as_root[@]}" apt-get install -y -qq --no-install-recommends "${missing[@]}")
# With the lists that are there; only where there are none, or old ones, they are fetched.
"${install[@]}" >/dev/null 2>&1 || { "${as_root[@]}" apt-get update -qq >/dev/null; "${install[@]}" >/dev/null; }
