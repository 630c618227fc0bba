#!/bin/sh
# Give `.venv-second`: mapper's packages under another version of Python, for the suite of identity.
# Looked for are python3.11 to 3.14 on the PATH, among pyenv's versions and among uv's; where uv is there, it is
# asked for one. Debian 12 itself offers 3.11 alone. Where none is found this says so, and the suite names what
# it did not do; with MAPPER_REQUIRE_SECOND_PYTHON=1 (in CI) that is a failure.
set -eu
cd "$(dirname "$0")/.."
folder=.venv-second
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

if cmp -s requirements/runtime.txt "$folder/.installed" && [ -n "$(version_of "$folder/bin/python")" ]; then exit 0; fi
found=$(look)
if [ -z "$found" ] && command -v uv >/dev/null 2>&1; then
  uv python install --quiet 3.13 || true
  found=$(look)
fi
if [ -z "$found" ]; then
  echo "Only Python $first is here: that two versions build the same bytes is not tested." >&2
  echo "Install Python 3.12, 3.13 or 3.14 beside it (the distribution's package, pyenv or uv), then run this again." >&2
  if [ "${MAPPER_REQUIRE_SECOND_PYTHON:-}" = 1 ]; then exit 1; fi
  exit 0
fi
rm -rf "$folder"
"$found" -m venv "$folder"
"$folder/bin/python" -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/runtime.txt
cp requirements/runtime.txt "$folder/.installed"
