#!/bin/sh
# Installs what tests/integration/test_nominatim.py needs: PostgreSQL, PostGIS and osm2pgsql from Debian,
# Nominatim in an environment of its own. Run as root; takes about two minutes, once.
#
#   sh tests/integration/install_nominatim.sh
#
# Nominatim is licensed GPL-3.0-or-later: it runs here as a server beside the tests and is no part of mapper.
set -eu

here=$(cd "$(dirname "$0")/../.." && pwd)
target=${MAPPER_NOMINATIM:-$here/.ci/cache/nominatim}

if ! command -v apt-get >/dev/null 2>&1 || [ "$(id -u)" -ne 0 ]; then
    echo "install_nominatim: needs apt-get and root; install PostgreSQL, PostGIS and osm2pgsql yourself" >&2
    exit 1
fi

export DEBIAN_FRONTEND=noninteractive
if ! command -v osm2pgsql >/dev/null 2>&1 || ! command -v psql >/dev/null 2>&1; then
    apt-get update -q
    # PyICU comes as source: it is compiled here.
    apt-get install -q -y --no-install-recommends \
        postgresql postgresql-postgis postgresql-postgis-scripts osm2pgsql libicu-dev pkg-config g++ \
        python3-venv python3-dev
fi

if [ ! -x "$target/bin/nominatim" ]; then
    # Debian's own Python: others may lack what Nominatim's database layer needs.
    /usr/bin/python3 -m venv "$target"
    "$target/bin/python" -m pip install -q --disable-pip-version-check \
        'nominatim-db==5.3.*' 'nominatim-api==5.3.*' 'psycopg[binary]' falcon uvicorn
fi

pg_lsclusters -h | while read -r version cluster _ status _; do
    # A server that is left running must hold nothing of whoever started it: no pipe, no lock.
    [ "$status" = online ] || pg_ctlcluster "$version" "$cluster" start </dev/null >/dev/null 2>&1 3>&- 4>&- 5>&- 6>&-
done
for try in 1 2 3 4 5 6 7 8 9 10; do
    if su postgres -c "psql -qc 'SELECT 1'" >/dev/null 2>&1; then break; fi
    sleep 1
done
# One role makes the databases, the other is the one Nominatim reads as.
su postgres -c "createuser -s $(id -un)" 2>/dev/null || true
su postgres -c "createuser www-data" 2>/dev/null || true
"$target/bin/nominatim" --version
