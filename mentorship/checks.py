"""System checks; what is unsafe keeps a real site from starting."""

import sys
from pathlib import Path

from django.conf import settings
from django.core.checks import ERROR, Error, Tags, register, run_checks
from django.db import DEFAULT_DB_ALIAS, OperationalError, connection
from django.db.migrations.executor import MigrationExecutor

from accounts.encryption import key_id
from cases import triggers
from mentorship import single_sign_on

SAFETY = "safety"
NO_ANSWER = "mentorship.E011"
BOOT_ERROR = 3  # gunicorn stops instead of trying again

# PRAGMA: (answer, why)
SQLITE_PROMISES = {
    "synchronous": (3, "EXTRA: without it the last saved meeting can be lost at power loss"),
    "foreign_keys": (1, "on: without it a row can point at nobody"),
    "journal_mode": ("delete", "DELETE: the only one EXTRA was tried with"),
}
# Without one of them what was saved can be lost when the server stops. The other values of
# synchronous_commit all wait for this server's disk.
POSTGRESQL_PROMISES = ("synchronous_commit", "fsync", "full_page_writes")
CERTIFIED = {"verify-ca", "verify-full"}  # sslmode; the others take any server for ours
HERE = {"", "localhost", "127.0.0.1", "::1"}
NOT_SENT = ("console", "dummy", "filebased", "locmem")  # Django's backends that send no mail


def of_a_real_site(check):
    def only_if_real(app_configs=None, databases=None, **kwargs):
        return [] if settings.LOCAL else list(check(databases))

    register(SAFETY, deploy=True)(only_if_real)
    return only_if_real


def stop_if_unsafe():
    """Exit with the errors of a real site as plain sentences.

    A database that does not answer is no reason: a worker may be started while it is away.
    """
    if settings.LOCAL:
        return
    found = run_checks(tags=[SAFETY], include_deployment_checks=True, databases=[DEFAULT_DB_ALIAS])
    connection.close()  # gunicorn may fork afterwards
    errors = [one for one in found if one.is_serious(ERROR) and one.id != NO_ANSWER]
    errors.sort(key=lambda error: error.id)
    if errors:
        lines = [f"- {error.msg} {error.hint or ''} ({error.id})" for error in errors]
        print("The site does not start:", *lines, sep="\n", file=sys.stderr)
        sys.exit(BOOT_ERROR)


@of_a_real_site
def debug_is_off(databases):
    """E001: Django only warns, but a debug page shows names and notes."""
    if settings.DEBUG:
        yield Error(
            "DEBUG is on at a real site.",
            hint="Remove DEBUG from the environment.",
            id="mentorship.E001",
        )


@register(Tags.security, SAFETY)
def sqlite_keeps_what_it_says(app_configs, **kwargs):
    """E002: durability depends on them."""
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


@register(Tags.security, SAFETY)
def saml_is_installed(app_configs, **kwargs):
    """E013: its packages are not installed with the others."""
    if single_sign_on.saml_is_installed() or "saml" not in {
        app["provider"] for app in settings.SINGLE_SIGN_ON
    }:
        return []
    return [
        Error(
            "SAML_METADATA is set, but SAML's packages are not installed.",
            hint="pip install --require-hashes -r requirements-saml.txt",
            id="mentorship.E013",
        )
    ]


@of_a_real_site
def secret_key_is_random(databases):
    """E003: Django only warns about a short one, and takes a repeated word for random."""
    key = settings.SECRET_KEY
    pieces = {key[start : start + 3] for start in range(len(key) - 2)}
    if len(key) < 50 or len(pieces) < 40:
        yield Error(
            "SECRET_KEY is short or repeats itself: sessions and password links can be forged.",
            hint="Make one: python3 -c 'import secrets; print(secrets.token_urlsafe(64))'",
            id="mentorship.E003",
        )


@of_a_real_site
def hosts_are_named(databases):
    """E004: mails take their addresses from the Host header."""
    hosts = settings.ALLOWED_HOSTS
    if not hosts or any("*" in host or host.startswith(".") for host in hosts):
        yield Error(
            "ALLOWED_HOSTS does not name each host: a password link can lead to a stranger's.",
            hint="Write the names out, without * and without a dot in front.",
            id="mentorship.E004",
        )


@of_a_real_site
def mail_is_sent(databases):
    """E005, E006: a link to a new password opens an account, whoever reads it."""
    if any(f".{backend}." in settings.EMAIL_BACKEND for backend in NOT_SENT):
        yield Error(
            "No mail is sent: links to a new password would be written to the log or to a file.",
            hint="Set EMAIL_URL, smtp+tls://user:password@host:587.",
            id="mentorship.E005",
        )
    elif settings.EMAIL_HOST not in HERE and not (settings.EMAIL_USE_TLS or settings.EMAIL_USE_SSL):
        yield Error(
            "Mails are sent over the network unencrypted, with links to a new password.",
            hint="Write smtp+tls:// or smtp+ssl:// in EMAIL_URL.",
            id="mentorship.E006",
        )


@of_a_real_site
def second_factors_are_encrypted(databases):
    """E014: with a key of their own, so that a copy of the database or SECRET_KEY is not enough."""
    hint = (
        "Make one: python3 -c 'import base64, secrets; "
        "print(base64.urlsafe_b64encode(secrets.token_bytes(32)).decode())'"
    )
    keys = settings.MFA_KEYS
    try:
        ids = {key_id(key) for key in keys}
    except ValueError:
        ids = set()
    if not ids or len(ids) != len(keys) or any(key in settings.SECRET_KEY for key in keys):
        yield Error(
            "MFA_KEYS is missing, has a key that is not 32 random bytes, or has one twice.",
            hint=hint,
            id="mentorship.E014",
        )


@of_a_real_site
def files_are_the_owners(databases):
    """E007: database, journals and keys are read by no other account."""
    keys = (settings.VAR_DIR / name for name in ("secret-key", "mfa-key"))
    files = [settings.BASE_DIR / ".env", *keys]
    if connection.vendor == "sqlite" and not connection.is_in_memory_db():
        database = connection.settings_dict["NAME"]
        files += [Path(f"{database}{end}") for end in ("", "-journal", "-wal", "-shm")]
    for file in files:
        if file.exists() and file.stat().st_mode & 0o077:
            yield Error(
                f"{file} can be read or written by other accounts of the machine.",
                hint=f"chmod 600 {file}",
                id="mentorship.E007",
            )


@of_a_real_site
def database_is_safe(databases):
    """E008 to E012: `check --database default`."""
    if not databases:
        return
    try:
        connection.ensure_connection()
        if connection.vendor == "postgresql":
            yield from server_is_certain(connection.connection.info.get_parameters())
            yield from postgresql_keeps_what_it_says()
        yield from migrations_are_applied()
        yield from triggers_are_there()
    except OperationalError as error:
        yield Error(f"The database does not answer: {error}", id=NO_ANSWER)


def server_is_certain(parameters):
    """E008; `parameters`: those that libpq connected with, wherever they were set."""
    hosts = f"{parameters.get('host', '')},{parameters.get('hostaddr', '')}".split(",")
    far = [host for host in hosts if host not in HERE and not host.startswith(("/", "@"))]
    if far and parameters.get("sslmode") not in CERTIFIED:
        yield Error(
            "PostgreSQL is asked over the network, and need not show its certificate.",
            hint="Add ?sslmode=verify-full&sslrootcert=FILE to DATABASE_URL.",
            id="mentorship.E008",
        )


def postgresql_keeps_what_it_says():
    """E009: as E002."""
    with connection.cursor() as cursor:
        for name in POSTGRESQL_PROMISES:
            cursor.execute("SELECT current_setting(%s)", [name])
            if cursor.fetchone() == ("off",):
                yield Error(
                    f"PostgreSQL's {name} is off: what was saved can be lost.",
                    hint="Set it to on for this database and this user.",
                    id="mentorship.E009",
                )


def migrations_are_applied():
    """E010."""
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        yield Error(
            "The database is of another version: migrations are missing.",
            hint="manage.py migrate",
            id="mentorship.E010",
        )


def triggers_are_there():
    """E012: without them rows that never change can be changed, and pages grow old."""
    if tables := triggers.tables_not_held(connection):
        yield Error(
            f"Triggers are missing or changed: {', '.join(tables)}.",
            hint="manage.py migrate makes the triggers anew.",
            id="mentorship.E012",
        )
