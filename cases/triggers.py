"""The database holds what is append-only and counts versions, whoever writes.

Triggers are made from the models (append_only_triggers.py, version_triggers.py). `migrate` makes
them anew each time and takes them away while it works: SQLite loses the triggers of a table it
rebuilds, and can neither drop a column nor rename a table that one names.
"""

from django.db import connections, transaction

from cases import append_only_triggers, version_triggers

KINDS = (append_only_triggers, version_triggers)

EXISTING = {
    "sqlite": "SELECT tbl_name, name, sql FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": "SELECT relname, tgname, pg_get_triggerdef(pg_trigger.oid, true) || "
    "CASE WHEN tgenabled IN ('O', 'A') THEN prosrc ELSE 'disabled' END "
    "FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid "
    "JOIN pg_proc ON pg_proc.oid = tgfoid WHERE NOT tgisinternal AND pg_table_is_visible(tgrelid)",
}


def install(connection):
    """Make what is missing or different; tables that do not exist are left out."""
    made, found = wanted(connection), existing(connection)
    if {key: printed for key, (printed, _) in made.items()} == found:
        return
    with transaction.atomic(connection.alias), connection.cursor() as cursor:
        old = [key for key, printed in found.items() if key not in made or made[key][0] != printed]
        drop(connection, old)
        for key, (printed, statements) in made.items():
            if found.get(key) != printed:
                for statement in statements:
                    cursor.execute(statement)


def remove(connection):
    """For a migration that changes rows, or a deletion the law asks for."""
    drop(connection, existing(connection))


def tables_not_held(connection):
    """Tables with a trigger missing, changed or disabled."""
    found = existing(connection)
    made = wanted(connection).items()
    return sorted({key[0] for key, (printed, _) in made if found.get(key) != printed})


def wanted(connection):
    """{(table, name): (as the database would print it, the statements that make it)}.

    PostgreSQL's print is followed by the body of the trigger's function.
    """
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
        return {
            (table, name): made
            for kind in KINDS
            for table, name, made in kind.triggers(connection.vendor, tables, cursor)
        }


def existing(connection):
    """{(table, name): as the database prints it}"""
    with connection.cursor() as cursor:
        cursor.execute(EXISTING[connection.vendor])
        return {(table, name): printed for table, name, printed in cursor.fetchall()}


def drop(connection, found):
    quote = connection.ops.quote_name
    with transaction.atomic(connection.alias), connection.cursor() as cursor:
        for table, name in found:
            on = f" ON {quote(table)}" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER {quote(name)}{on}")


def before_migrating(using, plan, **kwargs):
    if plan:
        remove(connections[using])


def after_migrating(using, **kwargs):
    install(connections[using])
