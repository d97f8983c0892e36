#!/usr/bin/env bash
# From a fresh clone to the running window: installs what is missing, builds, starts. Asks nothing.
set -euo pipefail
kv_root=$(cd "$(dirname "$0")/.." && pwd)
# shellcheck source=app/packages.sh
. "$kv_root/app/packages.sh"

kv_install "${kv_build_packages[@]}" "${kv_window_packages[@]}"
kv_install_optional "${kv_optional_packages[@]}"
# Tests that were configured there before stay configured; only the program is built.
[ -f "$kv_root/build/build.ninja" ] || kv_configure "$kv_root/build" -DCMAKE_BUILD_TYPE=Release -DKVSCOPE_TESTS=OFF
cmake --build "$kv_root/build" --target kvscope >&2

# A verb and a platform of one's own need no display; the window does.
needs_display() {
  [ -z "${DISPLAY:-}${WAYLAND_DISPLAY:-}${QT_QPA_PLATFORM:-}" ] || return 1
  case "${1:-}" in "" | --connect | --read-only | --page | --open | --scenario | --theme | --lang | --size | --screenshot | --after) ;; *) return 1 ;; esac
}
if needs_display "$@"; then
  echo "kvscope: no display here; starting under Xvfb" >&2
  exec xvfb-run -a -s "-screen 0 1440x900x24" "$kv_root/build/kvscope" "$@"
fi
exec "$kv_root/build/kvscope" "$@"
