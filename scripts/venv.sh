#!/bin/sh
# Makes .venv and installs the pinned requirements into it; done at once when it already holds them.
#   sh scripts/venv.sh         what the site runs on
#   sh scripts/venv.sh dev     and what the tests and the linters need besides
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

# python3 first; where that is too old, a newer one often lies beside it under its own name.
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
    # Debian ships `venv` without its other half: the import works, and making the environment fails.
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

# Debian names the package after the Python: python3-venv for its own, python3.12-venv for one beside it.
venv_package() {
    case $python in
        */python3.*) echo "${python##*/}-venv" ;;
        *)           echo python3-venv ;;
    esac
}

# Names each package as it comes, for this is the half minute in which nothing else is to be seen; errors are passed on
# whole. The folder for the stamps is the sign that all went well: a pipe tells only how its last command ended.
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

# The stamp is a copy of the file that was installed: no stamp, or another file, and it is installed again.
holds() {
    cmp -s "$1" ".venv/installed/$1"
}

if ! new_enough .venv/bin/python; then
    trap 'rm -rf .venv; exit 1' EXIT INT TERM # half made is worse than none
    rm -rf .venv                              # none yet, or its Python has gone
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
cp requirements.txt .venv/installed/ # requirements-dev.txt holds the packages of requirements.txt too
cp "$wanted" ".venv/installed/$wanted"
