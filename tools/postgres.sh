#!/bin/sh
# Sees to it that the tests find PostgreSQL's programs, from the system's packages where they are missing.
# The tests start a server of their own. Without the programs what runs on PostgreSQL is skipped, saying so; in continuous
# integration it fails instead.
set -eu
. "$(dirname "$0")/system.sh"

postgres() {
    command -v initdb >/dev/null 2>&1 || ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1
}

postgres || install_packages postgresql || true
postgres || say "No PostgreSQL: the tests that need it cannot run. Install it (apt-get install postgresql), or put its initdb on the PATH"
