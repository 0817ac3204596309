#!/bin/sh
# Migrate var/mentorship.sqlite3, load the demo programmes, write the 2019 report, serve. Running it
# again keeps what was entered. `make demo` calls it.
set -eu
cd "$(dirname "$0")/.."
umask 077 # what is entered is for the user who runs it

port=${PORT:-8000}
report=var/demo/statusrapport-2019-03-01.pdf
python=.venv/bin/python

say() {
    printf '\n==> %s\n' "$@"
}

stop() {
    echo >&2
    printf '%s\n' "$@" >&2
    exit 1
}

# Never on a real site: the passwords of the demo's users are public.
for name in SECRET_KEY DATABASE_URL; do
    if printenv "$name" >/dev/null; then
        stop "$name is set: this is a real site's environment, and the demo brings users with public passwords." \
            "Without it:   env -u SECRET_KEY -u DATABASE_URL make demo"
    elif grep -Eqs "^[[:space:]]*(export[[:space:]]+)?$name[[:space:]]*=" .env; then
        stop "$name stands in .env: this clone is a real site, and the demo brings users with public passwords." \
            "Make the demo in a clone of its own, without .env."
    fi
done

$python - "$port" <<'PYTHON' || exit 1
import socket
import sys

try:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind(("127.0.0.1", int(sys.argv[1])))
except (OSError, OverflowError, ValueError) as error:
    sys.exit(f"\nPort {sys.argv[1]} cannot be used ({error}). Another:   make demo PORT=8001")
PYTHON

mkdir -p var/demo var/static # WhiteNoise warns if the folder of static files is missing
chmod go= var

say "The database: var/mentorship.sqlite3"
$python manage.py migrate --skip-checks # the site checks itself when it starts
$python manage.py createcachetable

say "The demo programmes"
$python manage.py load_demo

# Without WeasyPrint's banner about a missing Pango: our own message is better.
write_report() {
    $python manage.py status_report --skip-checks koege-2018 --on 2019-03-01 --format pdf --output "$report" >/dev/null &&
        $python manage.py demo_reports >/dev/null
}

# Look for missing packages only if it fails. The site works without Pango.
say "The status report of 1 March 2019"
if write_report 2>/dev/null || { sh scripts/system_packages.sh report && write_report; }; then
    echo "Written to $PWD/$report"
else
    echo "NOT WRITTEN: the reason stands above, with what to type if Pango is what is missing. Then make demo again."
    echo "The site itself works without."
fi

say "http://localhost:$port   (Ctrl-C stops it; make demo again goes on where you left it)"
# No control socket: all demos of a user would share it.
exec $python -m gunicorn mentorship.wsgi --bind "localhost:$port" --workers 2 --threads 4 --log-level warning --no-control-socket
