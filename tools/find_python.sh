#!/bin/sh
# Prints the first Python 3.11 or later that runs; PYTHON, when set, is the only one looked at.
set -eu
. "$(dirname "$0")/system.sh"

for candidate in ${PYTHON:-python3 python3.13 python3.12 python3.11}; do
    if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
        command -v "$candidate"
        exit 0
    fi
done
stop "Jipyo needs Python 3.11 or later, and ${PYTHON:-python3} is not. Install one (Debian 12, Ubuntu 24.04: apt-get install python3) or name it: make run PYTHON=/path/to/python3.12"
