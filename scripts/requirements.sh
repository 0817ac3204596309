#!/bin/sh
# Write requirements.txt and requirements-dev.txt from pyproject.toml: pinned, hashed, for every
# system and Python from 3.11 on. Pinned versions stay unless pyproject.toml excludes them;
# UPGRADE=yes takes the newest allowed.
set -eu
cd "$(dirname "$0")/.."

python=.venv/bin/python

# --no-header: the files name no machine and no mirror.
compile() {
    $python -m uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
        --no-emit-index-url --no-emit-find-links ${UPGRADE:+--upgrade} "$@"
}

compile pyproject.toml --output-file requirements.txt
# For a site with single sign-on by SAML, instead of requirements.txt.
compile pyproject.toml --extra saml --constraints requirements.txt --output-file requirements-saml.txt
# The tests run on the versions that the site runs on.
compile pyproject.toml --extra saml --group dev --constraints requirements-saml.txt --output-file requirements-dev.txt
