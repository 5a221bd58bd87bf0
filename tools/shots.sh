#!/bin/sh
# Serves the demonstration for as long as its pages are photographed: RELEASES RECORDS STATE PORT FOLDER.
set -eu
python=.venv/bin/python
releases=$1 records=$2 state=$3 port=$4 folder=$5

"$python" -m jipyo serve --demonstration --releases "$releases" --records "$records" --state "$state" --port "$port" &
server=$!
trap 'kill "$server"' EXIT
trap 'exit 1' INT TERM
until "$python" -c "from urllib.request import urlopen; urlopen('http://127.0.0.1:$port/health', timeout=2)" 2>/dev/null; do
    kill -0 "$server"
    sleep 1
done
"$python" -m tools.shots "http://127.0.0.1:$port" "$folder"
