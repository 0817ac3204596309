"""Run a command with an empty PostgreSQL server in a temporary folder.

    python scripts/with_postgres.py pytest -x      DATABASE_URL points to the server
    python scripts/with_postgres.py --where        print which PostgreSQL would be used

No fixture: settings.py reads DATABASE_URL earlier. Standard library only.
"""

import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
from contextlib import contextmanager, suppress
from pathlib import Path

NO_POSTGRESQL = "no PostgreSQL server on this machine: sudo apt-get install postgresql"


def find_programs():
    """Return the folder or None. PATH is last: Debian keeps them elsewhere."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=version, reverse=True)
    on_path = [Path(program).resolve().parent] if (program := shutil.which("pg_ctl")) else []
    for folder in debian + on_path:
        if all((folder / name).exists() for name in ("initdb", "pg_ctl", "postgres")):
            return folder
    return None


def version(folder):
    name = folder.parent.name
    return int(name) if name.isdigit() else 0


def server_user():
    """None for the current one. PostgreSQL refuses root."""
    if os.getuid() != 0:
        return None
    try:
        return pwd.getpwnam("postgres")
    except KeyError:
        return pwd.getpwnam("nobody")


@contextmanager
def running_server(programs):
    user = server_user()
    # TMPDIR may be unreadable or too long for a socket.
    parent = "/tmp" if os.access("/tmp", os.W_OK) else None  # noqa: S108
    folder = Path(tempfile.mkdtemp(prefix="postgres-", dir=parent))
    data, log = folder / "data", folder / "log"

    becomes = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []} if user else {}

    def run(program, *options):
        command = [programs / program, "-D", data, *options]
        done = subprocess.run(
            command,
            cwd=folder,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            **becomes,
        )
        if done.returncode:
            server_log = log.read_text() if log.exists() else ""
            raise SystemExit(f"{program} failed:\n{done.stdout}{server_log}")

    try:
        if user:
            os.chown(folder, user.pw_uid, user.pw_gid)
        # On every Debian; knows æ, ø, å.
        run(
            "initdb",
            "--username=postgres",
            "--auth=trust",
            "--encoding=UTF8",
            "--locale=C.UTF-8",
            "--no-sync",
        )
        # No durability needed; half the time.
        settings = f"-c listen_addresses='' -c unix_socket_directories='{folder}'"
        settings += " -c fsync=off -c synchronous_commit=off -c full_page_writes=off"
        try:
            run("pg_ctl", "start", "--wait", "--log", log, "-o", settings)
            yield f"postgres://postgres@/postgres?host={folder}"
        finally:
            # A second Ctrl-C must not leave it running.
            signal.signal(signal.SIGINT, signal.SIG_IGN)
            signal.signal(signal.SIGTERM, signal.SIG_IGN)
            if (data / "postmaster.pid").exists():
                run("pg_ctl", "stop", "--wait", "--mode=immediate")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def call(command, **options):
    """On a signal wait: servers need time to stop."""
    process = subprocess.Popen(command, **options)
    try:
        return process.wait()
    except KeyboardInterrupt:
        with suppress(subprocess.TimeoutExpired):
            process.wait(timeout=10)
        raise
    finally:
        if process.poll() is None:
            process.terminate()
            process.wait()


def stop_tidily():
    def leave(number, frame):
        raise SystemExit(128 + number)

    signal.signal(signal.SIGTERM, leave)
    signal.signal(signal.SIGHUP, leave)


def main(command):
    programs = find_programs()
    if not command:
        return __doc__
    if not programs:
        return NO_POSTGRESQL
    if command == ["--where"]:
        print(programs)
        return 0
    stop_tidily()
    with running_server(programs) as address:
        return call(command, env={**os.environ, "DATABASE_URL": address})


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
