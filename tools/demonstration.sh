#!/bin/sh
# demonstration.sh DIRECTORY RELEASES: makes the synthetic city, evaluates it under each of its rulebooks, oldest
# first, and publishes every release.
set -eu
. "$(dirname "$0")/system.sh"

records=$1
releases=$2
python=.venv/bin/python

# The last line says the release's id, in full or as the name of its folder.
folder_of() {
    if [ -d "$releases/$1" ]; then
        printf '%s\n' "$releases/$1"
    else
        find "$releases" -mindepth 1 -maxdepth 1 -type d -name "*-$(printf '%.12s' "$1")"
    fi
}

# Rows the contracts refuse (10) are part of a year's work: the result is written all the same.
evaluate() {
    "$python" -m jipyo evaluate "$records" --rulebook "$1" --out "$releases" || [ $? -eq 10 ]
}

say "Making the demonstration: a synthetic city (합성 예시)."
rm -rf "$records"
"$python" -m jipyo demo "$records" >&2

for rulebook in data/rulebooks/demo-*.toml; do
    say "Evaluating it under $rulebook."
    printed=$(evaluate "$rulebook")
    release=$(folder_of "$(printf '%s\n' "$printed" | tail -n 1)")
    [ -n "$release" ] || stop "No release in $releases is the one just evaluated: $printed"
    "$python" -m jipyo publish "$release" >&2
done
