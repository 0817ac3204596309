"""System checks: a wrong setting or a careless SQLite is reported."""

import pytest
from django.db.utils import ConnectionHandler

from mentorship import checks


@pytest.mark.parametrize(
    ("debug", "local", "errors"), [(True, False, 1), (False, False, 0), (True, True, 0)]
)
def test_debug_is_an_error_on_a_real_site_only(settings, debug, local, errors):
    settings.DEBUG, settings.LOCAL = debug, local

    assert len(checks.debug_is_off(None)) == errors


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
        connection = ConnectionHandler({"default": database})["default"]
        opened.append(connection)
        monkeypatch.setattr(checks, "connection", connection)
        return [error.msg for error in checks.sqlite_keeps_what_it_says(None)]

    yield on_sqlite
    for connection in opened:
        connection.close()


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
