#!/usr/bin/env bash
# Runs every bench case once on small data: each must measure, print its result and end in 0 or 1
# (1: a goal was missed, which small data and a busy machine may well do). No time is judged here.
set -euo pipefail
kvscope=$1
export QT_QPA_PLATFORM=offscreen
KVSCOPE_STATE=$(mktemp -d)
export KVSCOPE_STATE
trap 'rm -rf "$KVSCOPE_STATE"' EXIT

mapfile -t cases < <("$kvscope" bench list | awk '{print $1}')
[ ${#cases[@]} -ge 6 ] || { echo "only ${#cases[@]} cases: ${cases[*]}"; exit 1; }

# The other figures of the cases that have several. PostgreSQL may be missing: then nothing is measured.
cases+=("warm --guarded" "check --same-bytes" "check --orphans" "check --huge")
if compgen -G '/usr/lib/postgresql/*/bin/postgres' >/dev/null; then
  cases+=("warm --source postgresql" "check --source postgresql")
fi

failed=0
for case in "${cases[@]}"; do
  code=0
  # shellcheck disable=SC2086 # words of their own
  last=$("$kvscope" bench $case --keys 20000 --pairs 1 --json 2>"$KVSCOPE_STATE/errors" | tail -n 1) || code=$?
  if [ "$code" -gt 1 ] || ! grep -q '"done":true' <<<"$last" || ! grep -q '"goal":' <<<"$last"; then
    echo "bench $case ended with $code and printed: $last"
    cat "$KVSCOPE_STATE/errors"
    failed=$((failed + 1))
  else
    echo "bench $case measured"
  fi
done
echo "$((${#cases[@]} - failed)) passed, $failed failed"
[ "$failed" -eq 0 ]
