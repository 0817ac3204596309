#!/bin/sh
# What pip cannot install. Looks at what is missing, installs it with apt when it may, otherwise says what to type.
#   sh scripts/system_packages.sh report    what the PDF needs
#   sh scripts/system_packages.sh tests     and what the whole test suite needs besides
# It may when it runs as root, or when sudo asks for no password; APT=no forbids it. It never fails: whoever needs what
# is still missing says so, and what that means.
set -eu
cd "$(dirname "$0")/.."

has() {
    command -v "$1" >/dev/null
}

# Asked of WeasyPrint itself, which knows the libraries' names on every system; it only warns about HarfBuzz's subsetter.
pdf_libraries() {
    .venv/bin/python -W error:HarfBuzz-Subset:DeprecationWarning -c 'import weasyprint' >/dev/null 2>&1
}

browser() {
    [ -n "${E2E_BROWSER:-}" ] || has chromium || has chromium-browser || has google-chrome ||
        ls -d "${PLAYWRIGHT_BROWSERS_PATH:-$HOME/.cache/ms-playwright}"/chromium* >/dev/null 2>&1
}

# Playwright brings the Node that drives the browser, but not this library of it.
driver() {
    .venv/bin/python -m playwright --version >/dev/null 2>&1
}

postgresql() {
    .venv/bin/python scripts/with_postgres.py --where >/dev/null 2>&1
}

# The names are Debian's.
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
if [ "$as_root" = no ] || [ "${APT:-}" = no ]; then
    echo "==> Missing on this machine. To install it:   sudo apt-get install $missing"
    exit 0
fi

echo "==> Installing with apt: $missing"
apt_get() {
    $as_root env DEBIAN_FRONTEND=noninteractive apt-get --quiet "$@"
}
apt_get update || true # one unreachable source of several need not stop us
# shellcheck disable=SC2086 # a list of words
apt_get install --yes --no-install-recommends $missing ||
    echo "==> apt could not install all of it. To try by hand:   sudo apt-get install $missing"
