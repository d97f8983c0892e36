# Which Debian packages KV Scope needs, and how they come in. Sourced by app/run.sh and tests/run.sh.

kv_build_packages=(
  build-essential cmake ninja-build pkg-config ccache git
  qt6-base-dev libqt6svg6-dev qt6-tools-dev qt6-tools-dev-tools qt6-l10n-tools libqt6sql6-sqlite
  libhiredis-dev libsqlite3-dev libqcustomplot-dev libqscintilla2-qt6-dev libexpected-dev libhwy-dev libzstd-dev
)
kv_window_packages=(fonts-inter fonts-jetbrains-mono fonts-noto-cjk xvfb xauth)
kv_test_packages=(
  redis-server redis-tools openssl libgtest-dev
  postgresql mariadb-server mariadb-client libsqliteodbc unixodbc odbcinst
  libqt6sql6-psql libqt6sql6-mysql libqt6sql6-odbc libpq-dev
  etcd-server
)
# Nice to have: the window works without them.
kv_optional_packages=(qt6-wayland qt6-translations-l10n libpq-dev)

kv_installed() { dpkg-query -W -f='${Status}' "$1" 2>/dev/null | grep -q 'ok installed'; }

kv_as_root() {
  if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo "$@"; fi
}

# kv_install PACKAGE...: installs what is missing and asks nothing.
kv_install() {
  local missing=() package
  for package in "$@"; do kv_installed "$package" || missing+=("$package"); done
  [ ${#missing[@]} -eq 0 ] && return 0
  if ! command -v apt-get >/dev/null; then
    echo "kvscope: this script knows apt only; install by hand: ${missing[*]}" >&2
    return 0
  fi
  echo "kvscope: installing ${missing[*]}" >&2
  # A package that starts a service on installation shall not start one here: 101 forbids it, to
  # init scripts and to systemd alike.
  local policy=/usr/sbin/policy-rc.d ours='' status=0
  if [ ! -e "$policy" ]; then
    ours=yes
    printf '#!/bin/sh\nexit 101\n' | kv_as_root tee "$policy" >/dev/null
    kv_as_root chmod 755 "$policy"
  fi
  { kv_as_root apt-get update -qq &&
    kv_as_root env DEBIAN_FRONTEND=noninteractive RUNLEVEL=1 \
      apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null; } || status=$?
  [ -z "$ours" ] || kv_as_root rm -f "$policy"
  return "$status"
}

# kv_install_optional PACKAGE...: says which features are off where a package can't be had.
kv_install_optional() {
  local package
  for package in "$@"; do
    kv_installed "$package" && continue
    kv_install "$package" 2>/dev/null || echo "kvscope: optional package $package is not available; going on without it" >&2
  done
}

# kv_configure FOLDER CMAKE ARGS...: only where the folder is new or was configured otherwise.
kv_configure() {
  local folder=$1 wanted
  shift
  wanted="$*"
  if [ ! -f "$folder/build.ninja" ] || [ "$(cat "$folder/kv-arguments" 2>/dev/null)" != "$wanted" ]; then
    cmake -S "$kv_root" -B "$folder" -G Ninja "$@" >&2
    echo "$wanted" >"$folder/kv-arguments"
  fi
}
