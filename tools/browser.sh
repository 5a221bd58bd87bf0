#!/bin/sh
# Sees to it that the tests find a browser and a Korean font, from the system's packages where one is missing.
# Without them the tests of the browser are skipped, saying so; in continuous integration they fail instead.
set -eu
. "$(dirname "$0")/system.sh"

browser() {
    for candidate in ${JIPYO_CHROMIUM:-chromium chromium-browser google-chrome google-chrome-stable}; do
        # A name alone proves nothing: Ubuntu's chromium-browser is a stub that only points to a snap.
        if "$candidate" --version >/dev/null 2>&1; then
            return 0
        fi
    done
    return 1
}

korean_font() {
    command -v fc-list >/dev/null 2>&1 && fc-list :lang=ko family | grep -q .
}

if [ -n "${JIPYO_CHROMIUM:-}" ] && ! browser; then
    stop "JIPYO_CHROMIUM names $JIPYO_CHROMIUM, which does not start. Correct it, or unset it to look for one."
fi
if ! browser && ! grep -q '^ID=ubuntu' /etc/os-release 2>/dev/null; then
    install_packages chromium || true
fi
browser || say "No browser: the tests that need one cannot run. Install Chromium (Debian: apt-get install chromium; Ubuntu: snap install chromium) or Google Chrome, or name one: JIPYO_CHROMIUM=/path/to/chromium make test"

if ! korean_font; then
    install_packages fontconfig fonts-nanum || true
fi
korean_font || say "No Korean font: pictures of pages would show empty boxes. Install one: apt-get install fonts-nanum"
