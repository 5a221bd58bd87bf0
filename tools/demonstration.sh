#!/bin/sh
# demonstration.sh DIRECTORY RELEASES: makes the synthetic city, evaluates it under each of its rulebooks, oldest
# first, and publishes every release.
set -eu
. "$(dirname "$0")/system.sh"

records=$1
releases=$2
python=.venv/bin/python

# Rows the contracts refuse (10) are part of a year's work: the result is written all the same.
evaluate() {
    "$python" -m jipyo evaluate "$records" --rulebook "$1" --out "$releases" || [ $? -eq 10 ]
}

say "Making the demonstration: a synthetic city (합성 예시)."
rm -rf "$records"
"$python" -m jipyo demo "$records" >&2

for rulebook in data/rulebooks/demo-*.toml; do
    say "Evaluating it under $rulebook."
    release=$(evaluate "$rulebook")
    "$python" -m jipyo publish "$releases/$release" >&2
done
