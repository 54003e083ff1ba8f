#!/usr/bin/env bash
# Is everything here that cannot come with the packages of Python and Node?
#
#   tools/doctor.sh demo|test|check    names what is missing, with the command that installs it
#   tools/doctor.sh python             prints the interpreter to use
#   tools/doctor.sh java               exit status 0 where Spark can run: Java 17 or 21
#
# As root where apt-get is (a build server, a container) it installs what is missing by itself.
set -euo pipefail

PYTHON_NEEDED=3.11
NODE_NEEDED=20

find_python() {
    local name
    for name in python3 python3.11 python3.12 python3.13 python3.14; do
        if "$name" -c "import sys, venv, ensurepip; sys.exit(sys.version_info < (${PYTHON_NEEDED/./, }))" 2>/dev/null; then
            command -v "$name"
            return
        fi
    done
    return 1
}

has_node() {
    local version
    version="$(node --version 2>/dev/null)" || return 1
    version="${version#v}"
    [ "${version%%.*}" -ge "$NODE_NEEDED" ]
}

has_java() { java -version 2>&1 | grep -qE 'version "(17|21)'; }
has_command() { command -v "$1" >/dev/null; }
has_postgresql() { compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || has_command initdb; }
# Without a screen it is quicker, so that is what is installed; the whole browser does where nothing can be.
has_browser() { has_command chromium-headless-shell || { ! may_install && has_command chromium; }; }
has_chinese_font() { has_command fc-list && [ -n "$(fc-list :lang=zh family)" ]; }

# need WHAT PACKAGES CHECK...: notes what is missing, and the Debian packages that bring it
missing=()
packages=()
need() {
    local what="$1" debian="$2"
    shift 2
    "$@" >/dev/null 2>&1 && return
    missing+=("$what  ->  apt-get install $debian")
    read -ra more <<<"$debian"
    packages+=("${more[@]}")
}

look() {
    missing=()
    packages=()
    need "Python $PYTHON_NEEDED or newer, with venv" "python3 python3-venv" find_python
    [ "$1" = check ] && return
    need "Node $NODE_NEEDED or newer" nodejs has_node
    need "npm" npm has_command npm
    need "msgfmt (compiles translations)" gettext has_command msgfmt
    [ "$1" = demo ] && return
    need "xgettext (collects texts)" gettext has_command xgettext
    need "PostgreSQL's server" postgresql has_postgresql
    need "setpriv" util-linux has_command setpriv
    need "Chromium" chromium-headless-shell has_browser
    need "a Chinese font" "fontconfig fonts-noto-cjk" has_chinese_font
}

tried=no
may_install() { [ "$tried" = no ] && has_command apt-get && [ "$(id -u)" = 0 ]; }

install_packages() {
    echo "Installing Debian packages: ${packages[*]}" >&2
    export DEBIAN_FRONTEND=noninteractive
    {
        apt-get -q update
        apt-get -q install --yes --no-install-recommends "${packages[@]}"
    } >&2
}

case "${1:-}" in
python)
    find_python
    exit
    ;;
java)
    has_java
    exit
    ;;
demo | test | check) ;;
*)
    sed -n '2,9s/^# \{0,1\}//p' "$0" >&2
    exit 2
    ;;
esac

look "$1"
if [ "${#missing[@]}" -gt 0 ] && may_install; then
    install_packages || echo "tools/doctor.sh: apt-get failed (above)" >&2
    tried=yes
    look "$1"
fi
if [ "${#missing[@]}" -gt 0 ]; then
    echo "Missing on this machine:" >&2
    printf '  %s\n' "${missing[@]}" >&2
    has_node || echo "Node of Debian 12 is older: Debian 13 has $NODE_NEEDED, or take it from nodejs.org." >&2
    exit 1
fi
