#!/bin/sh
# Make .venv and install the pinned requirements, unless they are installed already.
#   sh scripts/venv.sh         for the site
#   sh scripts/venv.sh dev     for the site, tests and linters
# PYTHON=/path/to/python3.12 chooses the Python.
set -eu
cd "$(dirname "$0")/.."

case ${1:-} in
    dev) wanted=requirements-dev.txt ;;
    *)   wanted=requirements.txt ;;
esac

stop() {
    echo >&2
    printf '%s\n' "$@" >&2
    exit 1
}

new_enough() {
    "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null
}

# python3 first; if it is too old, a newer one often exists under its own name.
find_python() {
    for name in ${PYTHON:-python3 python3.14 python3.13 python3.12 python3.11}; do
        if new_enough "$name"; then
            command -v "$name"
            return
        fi
    done
    found=$("${PYTHON:-python3}" --version 2>&1) || found="no ${PYTHON:-python3}"
    stop "Python 3.11 or later is needed; here is: $found" \
        "Debian 12 and later:   sudo apt-get install python3 python3-venv" \
        "or name another one:   PYTHON=/usr/local/bin/python3.12 after the make command"
}

make_venv() {
    python=$(find_python)
    # Debian's `venv` without ensurepip imports, but cannot make an environment.
    command -v uv >/dev/null || "$python" -c 'import venv, ensurepip' 2>/dev/null ||
        stop "$python cannot make a virtual environment: its venv module is not installed." \
            "Debian, Ubuntu:   sudo apt-get install $(venv_package)"
    echo "==> .venv with $("$python" --version) ($python)"
    if command -v uv >/dev/null; then
        uv venv --quiet --seed --python "$python" .venv
    else
        "$python" -m venv .venv
    fi
}

# Debian: python3-venv for its own Python, python3.12-venv for another.
venv_package() {
    case $python in
        */python3.*) echo "${python##*/}-venv" ;;
        *)           echo python3-venv ;;
    esac
}

# Print each package, as this takes half a minute; errors are printed in full. The folder for the
# stamps is made on success, because a pipe's status is that of its last command.
install() {
    if command -v uv >/dev/null; then
        uv pip install --python .venv/bin/python --require-hashes --only-binary :all: -r "$1" && mkdir .venv/installed
        return
    fi
    {
        .venv/bin/python -m pip install --disable-pip-version-check --progress-bar off \
            --require-hashes --only-binary :all: -r "$1" && mkdir .venv/installed
    } | sed -n -e 's/^Collecting \([^ ]*\).*/    \1/p' -e 's/^Installing collected.*/    unpacking .../p'
}

# The stamp is a copy of the installed file; without an equal stamp it is installed again.
holds() {
    cmp -s "$1" ".venv/installed/$1"
}

if ! new_enough .venv/bin/python; then
    trap 'rm -rf .venv; exit 1' EXIT INT TERM # no half-made one
    rm -rf .venv                              # none yet, or its Python is gone
    make_venv
    trap - EXIT INT TERM
fi

if holds requirements.txt && holds "$wanted"; then
    exit 0
fi

echo "==> Installing $(grep -c '^[a-z0-9].*==' "$wanted") packages from $wanted into .venv (the first time about half a minute)"
rm -rf .venv/installed
install "$wanted" || true
[ -d .venv/installed ] ||
    stop "$wanted could not be installed into .venv; the reason stands above. This once a network is needed."
cp requirements.txt .venv/installed/ # requirements-dev.txt includes it
cp "$wanted" ".venv/installed/$wanted"
