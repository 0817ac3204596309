"""Database triggers that hold what is append-only, whoever writes: no change, no delete.

They are made from the models: one with `set_once` (a tuple of field names) is held, and the named
fields may be written a single time. `migrate` makes them anew each time and takes them away while
it works: SQLite loses the triggers of a table it rebuilds, and cannot drop a column one names.
"""

import json

from django.apps import apps
from django.db import connections, models, transaction

FUNCTION = """
DECLARE
    once jsonb := TG_ARGV[0];
BEGIN
    IF TG_OP = 'UPDATE' AND once <> '{}' AND NOT EXISTS (
        SELECT FROM jsonb_each(to_jsonb(OLD)) AS before JOIN jsonb_each(to_jsonb(NEW)) AS after
        USING (key)
        WHERE before.value <> after.value AND (once -> key) IS DISTINCT FROM before.value
    ) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME
        USING ERRCODE = 'integrity_constraint_violation';
END
"""


def held_models():
    """Return the models whose rows never change, with the tables of their many-to-many fields."""
    held = [model for model in apps.get_models() if getattr(model, "set_once", None) is not None]
    fields = [field for model in held for field in model._meta.local_many_to_many]
    return held + [field.remote_field.through for field in fields]


def set_once(model):
    """Return {column: what it holds before it is written} of the fields that are written once."""
    fields = [model._meta.get_field(name) for name in getattr(model, "set_once", ())]
    return {field.column: field.get_default() for field in fields}


def install(connection):
    """Make the triggers that are missing or different; tables that do not exist are left out."""
    wanted, found = triggers(connection), existing(connection)
    if wanted == found:
        return
    with transaction.atomic(connection.alias), connection.cursor() as cursor:
        drop(connection, [trigger for trigger in found if found[trigger] != wanted.get(trigger)])
        if connection.vendor == "postgresql":
            cursor.execute(
                "CREATE OR REPLACE FUNCTION append_only() RETURNS trigger LANGUAGE plpgsql "
                f"AS $${FUNCTION}$$"
            )
        for trigger, sql in wanted.items():
            if found.get(trigger) != sql:
                cursor.execute(sql)


def remove(connection):
    """Drop all of them, for a migration that changes rows, or a deletion the law asks for."""
    drop(connection, existing(connection))


def tables_not_held(connection):
    """Return the names of the tables that exist with a trigger missing, changed or disabled."""
    wanted, found = triggers(connection), existing(connection)
    return sorted(
        {table for (table, name), sql in wanted.items() if found.get((table, name)) != sql}
    )


def triggers(connection):
    """Return {(table, name): SQL} of what there should be, as the database would print it."""
    make = {"sqlite": on_sqlite, "postgresql": on_postgresql}[connection.vendor]
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
        return {
            (model._meta.db_table, name): sql
            for model in held_models()
            if model._meta.db_table in tables
            for name, sql in make(model, cursor)
        }


def existing(connection):
    """Return {(table, name): SQL} of what there is."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(
                "SELECT tbl_name, name, sql FROM sqlite_master "
                r"WHERE type = 'trigger' AND name LIKE '%\_append\_only\_%' ESCAPE '\'"
            )
        else:
            cursor.execute(
                "SELECT relname, tgname, CASE WHEN tgenabled IN ('O', 'A') AND prosrc = %s "
                "THEN pg_get_triggerdef(pg_trigger.oid, true) ELSE 'another' END "
                "FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid "
                "JOIN pg_proc ON pg_proc.oid = tgfoid "
                "WHERE proname = 'append_only' AND pg_table_is_visible(tgrelid)",
                [FUNCTION],
            )
        return {(table, name): sql for table, name, sql in cursor.fetchall()}


def drop(connection, found):
    quote = connection.ops.quote_name
    with transaction.atomic(connection.alias), connection.cursor() as cursor:
        for table, name in found:
            on = f" ON {quote(table)}" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER {quote(name)}{on}")


def on_postgresql(model, cursor):
    """One function compares the rows as JSON, so that it needs no names of columns."""
    table, once = model._meta.db_table, json.dumps(set_once(model))
    yield (
        f"{table}_append_only",
        f"CREATE TRIGGER {table}_append_only BEFORE DELETE OR UPDATE ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION append_only('{once}')",
    )
    yield (
        f"{table}_append_only_truncate",
        f"CREATE TRIGGER {table}_append_only_truncate BEFORE TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION append_only()",
    )


def on_sqlite(model, cursor):
    """INSERT OR REPLACE deletes without a DELETE trigger: a row with a key in use is refused."""
    table, once = model._meta.db_table, set_once(model)
    cursor.execute("SELECT name FROM pragma_table_info(%s)", [table])
    changes = [
        f'OLD."{name}" IS NOT NEW."{name}"'
        + (f' AND OLD."{name}" IS NOT {literal(once[name])}' if name in once else "")
        for (name,) in cursor.fetchall()
    ]
    if not once:
        changes = ["true"]
    in_use = [
        " AND ".join(f'"{name}" = NEW."{name}"' for name in columns) for columns in keys(model)
    ]
    conditions = {
        "delete": "true",
        "update": either(changes),
        "insert": f'EXISTS (SELECT 1 FROM "{table}" WHERE {either(in_use)})',  # noqa: S608
    }
    for event, condition in conditions.items():
        name = f"{table}_append_only_{event}"
        yield (
            name,
            f'CREATE TRIGGER "{name}" BEFORE {event.upper()} ON "{table}" WHEN {condition} '
            f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END",
        )


def keys(model):
    """Return the sets of columns that are unique without a condition."""
    fields = [[field.name] for field in model._meta.local_concrete_fields if field.unique]
    together = [*model._meta.unique_together]
    for constraint in model._meta.constraints:
        if isinstance(constraint, models.UniqueConstraint) and not constraint.condition:
            together.append(constraint.fields)
    return [
        [model._meta.get_field(name).column for name in names] for names in [*fields, *together]
    ]


def either(conditions):
    return " OR ".join(f"({condition})" for condition in conditions)


def literal(value):
    return "NULL" if value is None else f"'{value}'"


def before_migrating(using, plan, **kwargs):
    if plan:
        remove(connections[using])


def after_migrating(using, **kwargs):
    install(connections[using])
