#!/usr/bin/env bash
# From a fresh clone to a verdict: installs what is missing, builds, runs every test. Arguments go to ctest.
# KVSCOPE_SANITIZE=address|thread builds into build-<name>/ and runs what that sanitizer can.
set -euo pipefail
kv_root=$(cd "$(dirname "$0")/.." && pwd)
# shellcheck source=app/packages.sh
. "$kv_root/app/packages.sh"

kv_install "${kv_build_packages[@]}" "${kv_window_packages[@]}" "${kv_test_packages[@]}"

sanitize=${KVSCOPE_SANITIZE:-}
case "$sanitize" in
  "") folder=$kv_root/build ;;
  address | thread) folder=$kv_root/build-$sanitize ;;
  *)
    echo "KVSCOPE_SANITIZE is address, thread or empty, not '$sanitize'" >&2
    exit 2
    ;;
esac
kv_configure "$folder" -DCMAKE_BUILD_TYPE=Release -DKVSCOPE_TESTS=ON "-DKVSCOPE_SANITIZE=$sanitize"
# TSan runs the Qt-free rooms alone: nothing else is built for it.
targets=()
[ "$sanitize" != thread ] || targets=(--target tests_all)
cmake --build "$folder" "${targets[@]}" >&2

# A sanitizer's own exit status: 1 says something else of the programs that the tests start.
export ASAN_OPTIONS=${ASAN_OPTIONS:-exitcode=99}
export UBSAN_OPTIONS=${UBSAN_OPTIONS:-print_stacktrace=1}
cd "$folder"
exec ctest --output-on-failure --no-tests=error "$@"
