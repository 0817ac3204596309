#!/bin/sh
# Install missing system packages with apt if allowed; otherwise print the command.
#   sh scripts/system_packages.sh report    for the PDF
#   sh scripts/system_packages.sh tests     for the PDF and the whole test suite
# Allowed: as root or with sudo without a password, unless APT=no. In a terminal it asks first; where
# nobody can answer (a container, CI) it says what it installs. It never fails: whatever needs a
# missing package reports it.
set -eu
cd "$(dirname "$0")/.."

has() {
    command -v "$1" >/dev/null
}

# WeasyPrint knows its libraries on every system; HarfBuzz's subsetter is only a warning there.
pdf_libraries() {
    .venv/bin/python -W error:HarfBuzz-Subset:DeprecationWarning -c 'import weasyprint' >/dev/null 2>&1
}

browser() {
    [ -n "${E2E_BROWSER:-}" ] || has chromium || has chromium-browser || has google-chrome ||
        ls -d "${PLAYWRIGHT_BROWSERS_PATH:-$HOME/.cache/ms-playwright}"/chromium* >/dev/null 2>&1
}

# Playwright brings Node, but not a library that Node needs.
driver() {
    .venv/bin/python -m playwright --version >/dev/null 2>&1
}

postgresql() {
    .venv/bin/python scripts/with_postgres.py --where >/dev/null 2>&1
}

# Debian's names.
missing=""
pdf_libraries || missing="libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
if [ "${1:-}" = tests ]; then
    browser || missing="$missing chromium"
    driver || missing="$missing libatomic1"
    postgresql || missing="$missing postgresql"
    has pdftotext || missing="$missing poppler-utils"
    has qpdf || missing="$missing qpdf"
fi
missing=${missing# }
[ -n "$missing" ] || exit 0

if ! has apt-get; then
    echo "==> Missing on this machine (by Debian's names): $missing"
    exit 0
fi

as_root=no
[ "$(id -u)" != 0 ] || as_root=""
[ -z "$as_root" ] || ! sudo -n true 2>/dev/null || as_root="sudo -n"
install_it() {
    [ "$as_root" != no ] && [ "${APT:-}" != no ] || return 1
    if [ -t 0 ] && [ -t 1 ] && [ "${APT:-}" != yes ]; then
        printf '==> Missing on this machine: %s\n    Install it now with apt? [Y/n] ' "$missing"
        read -r answer || return 1
        case $answer in [Nn]*) return 1 ;; esac
    fi
}
if ! install_it; then
    echo "==> Missing on this machine. To install it:   sudo apt-get install $missing"
    exit 0
fi

echo "==> Installing with apt (APT=no prevents it): $missing"
apt_get() {
    $as_root env DEBIAN_FRONTEND=noninteractive apt-get --quiet "$@"
}
apt_get update || true # one of several sources may be unreachable
# shellcheck disable=SC2086 # a list of words
apt_get install --yes --no-install-recommends $missing ||
    echo "==> apt could not install all of it. To try by hand:   sudo apt-get install $missing"
