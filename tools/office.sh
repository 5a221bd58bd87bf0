#!/bin/sh
# Sees to it that the tests find LibreOffice, which computes exported workbooks again, from the system's packages.
# Without it that comparison is skipped, saying so; in continuous integration it fails instead.
set -eu
. "$(dirname "$0")/system.sh"

office() {
    command -v soffice >/dev/null 2>&1
}

office || install_packages libreoffice-calc-nogui || true
office || say "No LibreOffice: what a spreadsheet computes is not compared. Install it (apt-get install libreoffice-calc-nogui), or put its soffice on the PATH"
