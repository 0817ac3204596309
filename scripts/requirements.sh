#!/bin/sh
# Writes requirements.txt and requirements-dev.txt from the .in files: pinned, hashed, the same for every system and
# Python from 3.11 on. What is pinned stays unless the .in file says otherwise; UPGRADE=yes takes the newest allowed.
set -eu
cd "$(dirname "$0")/.."

python=.venv/bin/python
$python -m uv --version >/dev/null 2>&1 || $python -m pip install --quiet --disable-pip-version-check uv

# --no-header and the relative names: the files say nothing of the machine, nor of a mirror, that made them.
compile() {
    $python -m uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
        --no-emit-index-url --no-emit-find-links ${UPGRADE:+--upgrade} "$@"
}

compile requirements.in --output-file requirements.txt
# The tests run on the very versions that the site runs on.
compile requirements-dev.in --constraints requirements.txt --output-file requirements-dev.txt
