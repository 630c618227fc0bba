#!/bin/sh
# Give `.venv-second`: mapper's packages under another version of Python, for the suite of identity.
# Looked for are python3.11 to 3.14 on the PATH, among pyenv's versions and among uv's. Where none of another version is
# there, one is got: from the distribution, as root, where it has one (Debian 12 has 3.11 alone); else by uv, which
# comes as a package, pinned with its hashes, and checks what it downloads against hashes that it carries.
# Where that fails too, this says so, and the suite names what it did not show; with MAPPER_REQUIRE_SECOND_PYTHON=1
# that is a failure.
set -eu
cd "$(dirname "$0")/.."
folder=.venv-second
tools=.venv-uv
first=$(.venv/bin/python -c 'import sys; print("%d.%d" % sys.version_info[:2])')

version_of() {
  "$1" -c 'import sys, venv, ensurepip; print("%d.%d" % sys.version_info[:2])' 2>/dev/null || true
}

look() {
  for version in 3.13 3.12 3.14 3.11; do
    for python in "python$version" "$HOME/.pyenv/versions/$version".*/bin/python3 \
        "$HOME/.local/share/uv/python/cpython-$version".*/bin/python3; do
      if [ "$version" != "$first" ] && [ "$(version_of "$python")" = "$version" ]; then
        echo "$python"
        return
      fi
    done
  done
}

from_the_distribution() {
  [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1 || return 0
  for version in 3.13 3.12 3.14; do
    if [ "$version" != "$first" ] && apt-cache show "python$version-venv" >/dev/null 2>&1; then
      DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "python$version-venv" >/dev/null || true
      return 0
    fi
  done
}

from_uv() {
  uv=$(command -v uv || true)
  if [ -z "$uv" ]; then
    .venv/bin/python -m venv "$tools" || return 0
    "$tools/bin/python" -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/uv.txt || return 0
    uv="$tools/bin/uv"
  fi
  # Another version than the first, whichever that is.
  wanted=3.13
  if [ "$first" = 3.13 ]; then wanted=3.12; fi
  UV_HTTP_TIMEOUT=30 timeout 300 "$uv" python install --quiet "$wanted" || true
}

if cmp -s requirements/runtime.txt "$folder/.installed" && [ -n "$(version_of "$folder/bin/python")" ]; then exit 0; fi
found=$(look)
if [ -z "$found" ]; then from_the_distribution; found=$(look); fi
if [ -z "$found" ]; then from_uv; found=$(look); fi
if [ -z "$found" ]; then
  echo "Only Python $first is here, and no other could be got: that two versions build the same bytes is NOT SHOWN." >&2
  echo "Install Python 3.12, 3.13 or 3.14 beside it (the distribution's package, pyenv or uv), then run this again." >&2
  if [ "${MAPPER_REQUIRE_SECOND_PYTHON:-}" = 1 ]; then exit 1; fi
  exit 0
fi
rm -rf "$folder"
"$found" -m venv "$folder"
"$folder/bin/python" -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/runtime.txt
cp requirements/runtime.txt "$folder/.installed"
