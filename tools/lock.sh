#!/bin/sh
# Renews requirements.txt and requirements-dev.txt from their .in files: the newest versions that fit together on
# Python 3.11 and later, on every platform, each with its digests and without the address of any registry.
set -eu
. "$(dirname "$0")/system.sh"

command -v uv >/dev/null 2>&1 || stop "make lock needs uv. Install it (pip install uv), then run this again."

for name in requirements requirements-dev; do
    uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes \
        --no-annotate --no-header \
        --output-file "$name.txt" "$name.in"
done
