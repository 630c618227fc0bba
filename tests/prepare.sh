#!/bin/sh
# Install what the tests need beside Python and Node: Chromium for the browser tests,
# and ogrinfo, which reads the exports back as another program would.
# Where they may not be installed, say so; the summary of the tests names what was not run.
set -eu
browser=
for name in chromium chromium-browser google-chrome; do
  if command -v "$name" >/dev/null 2>&1; then browser=$name; fi
done
if [ -n "$browser" ] && command -v ogrinfo >/dev/null 2>&1; then exit 0; fi
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium fonts-noto-core gdal-bin >/dev/null
  exit 0
fi
if [ -n "$browser" ]; then exit 0; fi
echo "Chromium is not here and cannot be installed without root: the browser tests will not run." >&2
echo "Install the package 'chromium', then run 'make test' again." >&2
if [ "${MAPPER_REQUIRE_BROWSER:-}" = 1 ]; then exit 1; fi
