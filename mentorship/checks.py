"""System checks of settings and database."""

from django.conf import settings
from django.core.checks import Error, Tags, register
from django.db import connection

# PRAGMA: (answer, why)
SQLITE_PROMISES = {
    "synchronous": (3, "EXTRA: without it the last saved meeting can be lost at power loss"),
    "foreign_keys": (1, "on: without it a row can point at nobody"),
    "journal_mode": ("delete", "DELETE: the only one EXTRA was tried with"),
}


@register(Tags.security, deploy=True)
def debug_is_off(app_configs, **kwargs):
    """E001: Django only warns, but a debug page shows names and notes."""
    if settings.DEBUG and not settings.LOCAL:
        return [
            Error(
                "DEBUG is on at a real site.",
                hint="Remove DEBUG from the environment.",
                id="mentorship.E001",
            )
        ]
    return []


@register(Tags.security)
def sqlite_keeps_what_it_says(app_configs, **kwargs):
    """E002: SQLite options that durability depends on."""
    if connection.vendor != "sqlite" or connection.is_in_memory_db():
        return []
    return [
        Error(
            f"SQLite answers PRAGMA {name} with {answer!r} and not {promised!r}.",
            hint=f"It must be {why}. See DATABASES in settings.py.",
            id="mentorship.E002",
        )
        for name, (promised, why) in SQLITE_PROMISES.items()
        if (answer := pragma(name)) != promised
    ]


def pragma(name):
    with connection.cursor() as cursor:
        return cursor.execute(f"PRAGMA {name}").fetchone()[0]
