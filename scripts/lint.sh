#!/bin/sh
# Run all checks but the tests, all of them before it fails. `make lint` calls it.
set -eu
cd "$(dirname "$0")/.."

python=.venv/bin/python
failed=""

check() { # check "name" command...
    name=$1
    shift
    echo "==> $name"
    "$@" || failed="$failed, $name"
}

# A real site's settings with a random key; a database in memory leaves var/ alone.
as_in_production() {
    SECRET_KEY=$($python -c 'import secrets; print(secrets.token_urlsafe(64))') ALLOWED_HOSTS=mentorindsats.example \
        DATABASE_URL=sqlite://:memory: EMAIL_URL=smtp://localhost DEBUG=false \
        MFA_KEYS=$($python -c 'from accounts.encryption import new_key; print(new_key())') $python "$@"
}

check "ruff check" $python -m ruff check .
check "ruff format" $python -m ruff format --check .
check "djlint" $python -m djlint --quiet --lint .
check "manage.py check --deploy" as_in_production -W error manage.py check --deploy --fail-level WARNING
check "pip-audit and SBOM" $python scripts/audit.py
check "makemigrations --check" as_in_production manage.py makemigrations --check --dry-run

if [ -n "$failed" ]; then
    printf '\nFAILED: %s\n' "${failed#, }" >&2
    exit 1
fi
