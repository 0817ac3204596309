"""A site over TCP: gunicorn with two workers and a database of its own, removed afterwards.

    with running_site("few") as site:
        site.port, site.told["mentor"], site.rows("SELECT id FROM cases_meeting")

SQLite in a temporary folder or, if DATABASE_URL names PostgreSQL, a new database on that server.
"""

import json
import os
import secrets
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import uuid
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import psycopg

BENCH = Path(__file__).resolve().parent
TREE = BENCH.parent
sys.path.append(str(TREE / "scripts"))

from site_variables import environment_without_site, has_key  # noqa: E402

WORKERS = 2


class NotStarted(Exception):
    """The message holds the site's output."""


@dataclass
class Site:
    port: int
    told: dict  # printed by bench/fill.py
    database: str  # DATABASE_URL
    log: Path

    def rows(self, sql, *values):
        """`?` is a placeholder, also for UUIDs."""
        if is_postgres(self.database):
            with psycopg.connect(self.database, autocommit=True) as connection:
                return connection.execute(sql.replace("?", "%s"), values).fetchall()
        path = self.database.removeprefix("sqlite:///")
        plain = [value.hex if isinstance(value, uuid.UUID) else value for value in values]
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=20)) as connection:
            return connection.execute(sql, plain).fetchall()

    def errors(self):
        _, found, rest = self.log.read_text().partition("Traceback")
        return found + rest[:2000]


def is_postgres(url):
    return url.startswith(("postgres://", "postgresql://"))


def database_name(url):
    return "PostgreSQL" if is_postgres(url) else "SQLite"


@contextmanager
def empty_database(folder, server=None):
    """Yield a new database's DATABASE_URL, on `server` (None: DATABASE_URL's) or in a file."""
    server = os.environ.get("DATABASE_URL", "") if server is None else server
    if not is_postgres(server):
        yield f"sqlite:///{folder}/bench.sqlite3"
        return
    name = f"bench_{secrets.token_hex(6)}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(
            f"CREATE DATABASE {name} TEMPLATE template0"
        )  # always there, never connected to
    try:
        yield urlsplit(server)._replace(path=f"/{name}").geturl()
    finally:
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def environment(database, tree=TREE, **more):
    """Variables of a real site are left out unless given."""
    if has_key(tree):
        raise NotStarted(
            "SECRET_KEY stands in .env: this clone is a real site. Measure in a clone of its own."
        )
    env = environment_without_site() | {
        "DATABASE_URL": database,
        "DJANGO_SETTINGS_MODULE": "mentorship.settings",
        "PYTHONPATH": str(tree),
    }
    return env | {"PYTHONDONTWRITEBYTECODE": "1"} | more


def run(*command, env, tree=TREE):
    """The output of a Python program; raise NotStarted if it fails."""
    program = [sys.executable, *command]
    done = subprocess.run(program, cwd=tree, env=env, capture_output=True, text=True)  # noqa: S603
    if done.returncode:
        raise NotStarted(
            f"{' '.join(map(str, command))} failed:\n{done.stdout[-2000:]}{done.stderr[-4000:]}"
        )
    return done.stdout


def fill(what, *, env, tree=TREE):
    return json.loads(run(BENCH / "fill.py", *what.split(), env=env, tree=tree).splitlines()[-1])


@contextmanager
def gunicorn(env, log, tree=TREE, workers=WORKERS):
    """Yield a free port, opened here so that nobody else takes it."""
    with socket.create_server(("127.0.0.1", 0), backlog=64) as listening, log.open("w") as written:
        port = listening.getsockname()[1]
        command = [
            sys.executable,
            "-m",
            "gunicorn",
            "mentorship.wsgi",
            "--bind",
            f"fd://{listening.fileno()}",
        ]
        command += ["--workers", str(workers), "--no-control-socket", "--log-level", "warning"]
        server = subprocess.Popen(  # noqa: S603
            command,
            cwd=tree,
            env=env,
            stdout=written,
            stderr=subprocess.STDOUT,
            pass_fds=[listening.fileno()],
            start_new_session=True,
        )
    try:
        yield port
    finally:
        stop(server)


def stop(server):
    server.terminate()
    try:
        server.wait(timeout=10)
    except subprocess.TimeoutExpired:
        with suppress(ProcessLookupError):
            os.killpg(server.pid, signal.SIGKILL)
        server.wait()


@contextmanager
def running_site(what="few", tree=TREE, **variables):
    with (
        leaving_tidily(),
        tempfile.TemporaryDirectory(prefix="bench-") as folder,
        empty_database(folder) as database,
    ):
        env = environment(database, tree, **variables)
        told = fill(what, env=env, tree=tree)
        log = Path(folder) / "log"
        with gunicorn(env, log, tree) as port:
            yield Site(port, told, database, log)


@contextmanager
def leaving_tidily():
    def leave(number, frame):
        raise KeyboardInterrupt

    before = {number: signal.signal(number, leave) for number in (signal.SIGTERM, signal.SIGHUP)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
