#!/bin/sh
# Every bench, the short way: some minutes. ROUNDS=1000 asks bench/exactly_once.py for the full figure. `make bench` calls
# it. Without PostgreSQL on the machine the figures are SQLite's alone.
set -eu
cd "$(dirname "$0")/.."

python=.venv/bin/python
with_postgres="$python scripts/with_postgres.py"
unset SECRET_KEY ALLOWED_HOSTS DATABASE_URL DEBUG BEHIND_PROXY

$python bench/exactly_once.py --rounds "${ROUNDS:-20}"
if $with_postgres --where >/dev/null 2>&1; then
    $with_postgres $python bench/exactly_once.py --rounds "${ROUNDS:-20}"
    $with_postgres $python bench/pages.py
    $with_postgres $python bench/goals.py
    GUNICORN_CMD_ARGS="--threads 4" $with_postgres $python bench/pdf.py
else
    $python bench/pages.py
    $python bench/goals.py
    GUNICORN_CMD_ARGS="--threads 4" $python bench/pdf.py
fi
$python bench/page_weight.py
