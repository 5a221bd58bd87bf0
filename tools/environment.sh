#!/bin/sh
# environment.sh REQUIREMENTS: makes .venv where it is missing and installs the pinned packages into it.
#
# pip alone does it: it checks every digest, is there wherever Python is, and obeys the settings of a closed network
# (PIP_INDEX_URL, PIP_NO_INDEX with PIP_FIND_LINKS, pip.conf), which a faster installer would not read.
set -eu
. "$(dirname "$0")/system.sh"

requirements=$1
venv=.venv

make_environment() {
    python=$(sh "$(dirname "$0")/find_python.sh")
    if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
        version=$("$python" -c 'import sys; print("python%d.%d" % sys.version_info[:2])')
        install_packages "$version-venv" ||
            stop "Python's venv module is missing. Install it as root, then run this again: apt-get install $version-venv"
    fi
    "$python" -m venv --clear "$venv"
}

if ! "$venv/bin/python" -c 'import sys' 2>/dev/null; then
    make_environment
elif ! "$venv/bin/python" -m pip --version >/dev/null 2>&1; then
    "$venv/bin/python" -m ensurepip >/dev/null
fi

say "Installing the packages of $requirements (two to three minutes the first time)."
"$venv/bin/python" -m pip install --quiet --no-input --disable-pip-version-check --progress-bar off \
    --only-binary :all: --require-hashes -r "$requirements"
