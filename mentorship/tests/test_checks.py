"""System checks: what is unsafe is named, and keeps a real site from starting."""

import os
import secrets
import subprocess
import sys

import pytest
from django.core.checks import run_checks
from django.db import OperationalError, connection
from django.db.utils import ConnectionHandler

from accounts.encryption import new_key
from cases import triggers
from mentorship import checks
from mentorship.settings import BASE_DIR

KEY = secrets.token_urlsafe(64)
MFA_KEY = new_key()
DURABLE = "mentorship.E009"  # the tests' PostgreSQL keeps nothing, to be fast


@pytest.fixture
def real_site(settings, tmp_path):
    """The settings of a safe real site; change one, and the checks name it."""
    settings.LOCAL = False
    settings.SECRET_KEY, settings.MFA_KEYS = KEY, [MFA_KEY]
    settings.ALLOWED_HOSTS = ["mentor.example.dk"]
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_USE_TLS = "mail.example.dk", True
    settings.BASE_DIR = settings.VAR_DIR = tmp_path
    return settings


def found(databases=None):
    errors = run_checks(tags=[checks.SAFETY], include_deployment_checks=True, databases=databases)
    return sorted(error.id for error in errors if error.id != DURABLE)


def test_a_safe_site_is_safe(real_site, db):
    assert found(databases=["default"]) == []


@pytest.mark.parametrize(
    ("setting", "value", "error"),
    [
        ("DEBUG", True, "E001"),
        ("SECRET_KEY", "x", "E003"),
        ("SECRET_KEY", "hemmelig-nøgle-" * 10, "E003"),
        ("SECRET_KEY", "0123456789abcdef" * 5, "E003"),
        ("MFA_KEYS", [], "E014"),
        ("MFA_KEYS", ["kort"], "E014"),
        ("MFA_KEYS", [MFA_KEY, MFA_KEY], "E014"),
        ("MFA_KEYS", [MFA_KEY, "æ" * 44], "E014"),
        ("ALLOWED_HOSTS", ["*"], "E004"),
        ("ALLOWED_HOSTS", ["mentor.example.dk", ".dk"], "E004"),
        ("ALLOWED_HOSTS", ["*.example.dk"], "E004"),
        ("ALLOWED_HOSTS", [], "E004"),
        ("EMAIL_BACKEND", "django.core.mail.backends.console.EmailBackend", "E005"),
        ("EMAIL_BACKEND", "django.core.mail.backends.filebased.EmailBackend", "E005"),
        ("EMAIL_USE_TLS", False, "E006"),
    ],
)
def test_an_unsafe_setting_is_an_error_on_a_real_site_only(real_site, db, setting, value, error):
    setattr(real_site, setting, value)
    assert found() == [f"mentorship.{error}"]

    real_site.LOCAL = True
    assert found() == []


@pytest.mark.parametrize("make", [secrets.token_urlsafe, secrets.token_hex])
def test_a_random_key_is_random(real_site, db, make):
    for _ in range(200):
        real_site.SECRET_KEY = make(50)
        assert list(checks.secret_key_is_random()) == []


def test_mail_over_the_machine_itself_needs_no_encryption(real_site, db):
    real_site.EMAIL_HOST, real_site.EMAIL_USE_TLS = "localhost", False

    assert found() == []


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660])
@pytest.mark.parametrize("name", [".env", "secret-key"])
def test_a_key_others_can_read_is_named(real_site, db, tmp_path, name, mode):
    (tmp_path / name).touch(mode=0o600)
    assert found() == []
    (tmp_path / name).chmod(mode)

    (error,) = checks.files_are_the_owners()
    assert error.hint == f"chmod 600 {tmp_path / name}"


@pytest.mark.parametrize("ending", ["", "-journal", "-wal"])
def test_a_database_others_can_read_is_named(real_site, db, on_sqlite, tmp_path, ending):
    on_sqlite("")
    file = tmp_path / f"register.sqlite3{ending}"
    file.touch()
    file.chmod(0o644)

    (error,) = checks.files_are_the_owners()
    assert error.hint == f"chmod 600 {file}"


def test_a_missing_migration_is_named(real_site, db):
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'reporting'")

    assert found(databases=["default"]) == ["mentorship.E010"]
    assert found() == []


def test_an_empty_database_is_named_and_no_crash(real_site, db, on_sqlite):
    on_sqlite("PRAGMA synchronous=EXTRA")

    assert found(databases=["default"]) == ["mentorship.E010"]


def test_a_missing_trigger_is_named(real_site, db):
    triggers.remove(connection)

    assert found(databases=["default"]) == ["mentorship.E012"]


def test_a_database_that_does_not_answer_is_named_but_stops_nothing(real_site, db, monkeypatch):
    def gone():
        raise OperationalError("connection refused")

    monkeypatch.setattr(checks, "migrations_are_applied", gone)
    monkeypatch.setattr(checks, "postgresql_keeps_what_it_says", list)

    assert found(databases=["default"]) == ["mentorship.E011"]
    checks.stop_if_unsafe()


@pytest.mark.parametrize(
    ("parameters", "safe"),
    [
        ({}, True),
        ({"host": "/run/postgresql"}, True),
        ({"host": "localhost"}, True),
        ({"host": "db.example.dk"}, False),
        ({"host": "db.example.dk", "sslmode": "prefer"}, False),
        ({"host": "db.example.dk", "sslmode": "require"}, False),
        ({"host": "db.example.dk", "sslmode": "verify-full"}, True),
        ({"host": "localhost,db.example.dk"}, False),
        ({"host": "localhost", "hostaddr": "10.0.0.1"}, False),
    ],
)
def test_postgresql_over_the_network_must_show_its_certificate(parameters, safe):
    assert (list(checks.server_is_certain(parameters)) == []) is safe


@pytest.mark.skipif(connection.vendor != "postgresql", reason="settings of PostgreSQL")
@pytest.mark.parametrize(
    ("value", "safe"),
    [("off", False), ("on", True), ("local", True), ("remote_write", True), ("remote_apply", True)],
)
def test_a_careless_postgresql_is_named(db, value, safe):
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('synchronous_commit', %s, true)", [value])
    messages = [error.msg for error in checks.postgresql_keeps_what_it_says()]

    assert any("synchronous_commit" in message for message in messages) is not safe
    assert any("fsync" in message for message in messages)


def test_an_unsafe_site_exits_with_sentences(real_site, db, capsys):
    real_site.SECRET_KEY, real_site.ALLOWED_HOSTS = "x", ["*"]
    with pytest.raises(SystemExit) as stopped:
        checks.stop_if_unsafe()

    assert stopped.value.code == checks.BOOT_ERROR
    said = capsys.readouterr().err
    assert "SECRET_KEY is short" in said and "ALLOWED_HOSTS does not name" in said


@pytest.mark.slow
@pytest.mark.one_database
@pytest.mark.parametrize("umask", [0o000, 0o022])
def test_a_program_makes_files_for_its_owner_and_an_unsafe_site_does_not_start(tmp_path, umask):
    env = os.environ | {
        "SECRET_KEY": "x",
        "ALLOWED_HOSTS": "*",
        "DATABASE_URL": f"sqlite:///{tmp_path}/register.sqlite3",
    }

    def run(*command):
        return subprocess.run(  # noqa: S603
            [sys.executable, *command],
            cwd=BASE_DIR,
            env=env,
            umask=umask,
            capture_output=True,
            text=True,
            timeout=60,
        )

    run("manage.py", "migrate", "contenttypes")
    served = run("-m", "gunicorn", "mentorship.wsgi", "--bind", f"unix:{tmp_path}/socket")

    assert (tmp_path / "register.sqlite3").stat().st_mode & 0o777 == 0o600
    assert served.returncode == checks.BOOT_ERROR
    assert "The site does not start:\n- SECRET_KEY is short" in served.stderr


@pytest.fixture
def on_sqlite(tmp_path, monkeypatch):
    """on_sqlite("PRAGMA ..."): what the check says about a file opened with these."""
    opened = []

    def on_sqlite(pragmas, name=tmp_path / "register.sqlite3"):
        database = {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": name,
            "OPTIONS": {"init_command": pragmas},
        }
        other = ConnectionHandler({"default": database})["default"]
        opened.append(other)
        monkeypatch.setattr(checks, "connection", other)
        return [error.msg for error in checks.sqlite_keeps_what_it_says(None)]

    yield on_sqlite
    for each in opened:
        each.close()


@pytest.mark.django_db
def test_our_own_options_keep_what_they_promise(on_sqlite):
    assert on_sqlite("PRAGMA synchronous=EXTRA") == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("pragmas", "expected"),
    [
        ("", "PRAGMA synchronous with 2 and not 3"),
        (
            "PRAGMA synchronous=EXTRA; PRAGMA foreign_keys=OFF",
            "PRAGMA foreign_keys with 0 and not 1",
        ),
        (
            "PRAGMA synchronous=EXTRA; PRAGMA journal_mode=WAL",
            "PRAGMA journal_mode with 'wal' and not 'delete'",
        ),
    ],
)
def test_a_careless_sqlite_is_named(on_sqlite, pragmas, expected):
    (message,) = on_sqlite(pragmas)

    assert expected in message


@pytest.mark.django_db
def test_a_database_in_memory_is_not_asked(on_sqlite):
    assert on_sqlite("", name=":memory:") == []
