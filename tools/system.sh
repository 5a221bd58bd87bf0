# Sourced by the other scripts: how to speak, and how to install a package of the system.

say() { printf '%s\n' "$*" >&2; }

stop() {
    say "$*"
    exit 1
}

as_root() {
    if [ "$(id -u)" -eq 0 ]; then
        "$@"
    elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then
        sudo "$@"
    else
        return 1
    fi
}

# Installs packages of Debian or Ubuntu; fails, having said nothing, where that cannot be done.
install_packages() {
    command -v apt-get >/dev/null 2>&1 || return 1
    as_root true || return 1
    say "Installing from the system's packages: $*"
    as_root apt-get update -qq >/dev/null || say "The list of packages could not be renewed; trying with the one that is there."
    as_root env DEBIAN_FRONTEND=noninteractive \
        apt-get install -y -qq --no-install-recommends "$@" >/dev/null
}
