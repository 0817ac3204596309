"""What is append-only cannot be changed or deleted, whoever writes.

A model with `set_once` (a tuple of field names) is held; these fields may be written a single time.
The texts of `strikable` may be emptied, and the rows of many-to-many fields go, when a Strike that
two have agreed to names the row.
"""

import json

from django.apps import apps
from django.db import models

BODY = """
DECLARE
    once jsonb := TG_ARGV[0];
    texts jsonb := TG_ARGV[1];
    is_struck boolean := false;
BEGIN
    IF TG_OP <> 'TRUNCATE' AND texts IS NOT NULL THEN
        is_struck := EXISTS (
            SELECT FROM cases_strike
            WHERE agreed_at IS NOT NULL AND struck -> TG_TABLE_NAME @> to_jsonb(OLD.id)
        );
    END IF;
    IF TG_OP = 'DELETE' AND is_struck AND texts = '[]' THEN
        RETURN OLD;
    END IF;
    IF TG_OP = 'UPDATE' AND (once <> '{}' OR is_struck) AND NOT EXISTS (
        SELECT FROM jsonb_each(to_jsonb(OLD)) AS before JOIN jsonb_each(to_jsonb(NEW)) AS after
        USING (key)
        WHERE before.value <> after.value AND (once -> key) IS DISTINCT FROM before.value
        AND NOT (is_struck AND texts ? key AND after.value = '""')
    ) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME
        USING ERRCODE = 'integrity_constraint_violation';
END
"""
FUNCTION = (
    "CREATE OR REPLACE FUNCTION append_only() RETURNS trigger LANGUAGE plpgsql "
    f"AS $body${BODY}$body$"
)


def triggers(vendor, tables, cursor):
    make = {"sqlite": on_sqlite, "postgresql": on_postgresql}[vendor]
    for model in held_models():
        table = model._meta.db_table
        if table in tables:
            for name, made in make(model, cursor):
                yield table, name, made


def held_models():
    """With the tables of their many-to-many fields."""
    held = [model for model in apps.get_models() if getattr(model, "set_once", None) is not None]
    fields = [field for model in held for field in model._meta.local_many_to_many]
    return held + [field.remote_field.through for field in fields]


def set_once(model):
    """{column: what it holds before it is written}"""
    fields = [model._meta.get_field(name) for name in getattr(model, "set_once", ())]
    return {field.column: field.get_default() for field in fields}


def strikable(model):
    """Columns that a Strike may empty; () if it takes the rows, None if nothing."""
    if model._meta.auto_created:
        return () if strikable(model._meta.auto_created) else None
    return tuple(getattr(model, "strikable", ())) or None


def on_postgresql(model, cursor):
    """Rows are compared as JSON: one function needs no names of columns."""
    table, arguments = model._meta.db_table, f"'{json.dumps(set_once(model))}'"
    if (texts := strikable(model)) is not None:
        arguments += f", '{json.dumps(texts)}'"
    definitions = {
        f"{table}_append_only": f"BEFORE DELETE OR UPDATE ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION append_only({arguments})",
        f"{table}_append_only_truncate": f"BEFORE TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION append_only()",
    }
    for name, definition in definitions.items():
        sql = f"CREATE TRIGGER {name} {definition}"
        yield name, (sql + BODY, [FUNCTION, sql])


IS_STRUCK = (
    "EXISTS (SELECT 1 FROM cases_strike, json_each(cases_strike.struck, '$.{}') AS struck "
    "WHERE cases_strike.agreed_at IS NOT NULL AND struck.value = OLD.id)"
)


def on_sqlite(model, cursor):
    """INSERT OR REPLACE deletes without a DELETE trigger: a row with a key in use is refused."""
    table, once, texts = model._meta.db_table, set_once(model), strikable(model)
    is_struck = IS_STRUCK.format(table)
    cursor.execute("SELECT name FROM pragma_table_info(%s)", [table])
    changes = [
        f'OLD."{name}" IS NOT NEW."{name}"'
        + (f' AND OLD."{name}" IS NOT {literal(once[name])}' if name in once else "")
        + (f" AND NOT (NEW.\"{name}\" = '' AND {is_struck})" if name in (texts or ()) else "")
        for (name,) in cursor.fetchall()
    ]
    if not once:
        changes = [f"NOT {is_struck}", *changes] if texts else ["true"]
    in_use = [
        " AND ".join(f'"{name}" = NEW."{name}"' for name in columns) for columns in keys(model)
    ]
    conditions = {
        "delete": f"NOT {is_struck}" if texts == () else "true",
        "update": either(changes),
        "insert": f'EXISTS (SELECT 1 FROM "{table}" WHERE {either(in_use)})',  # noqa: S608
    }
    for event, condition in conditions.items():
        name = f"{table}_append_only_{event}"
        sql = (
            f'CREATE TRIGGER "{name}" BEFORE {event.upper()} ON "{table}" WHEN {condition} '
            f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        )
        yield name, (sql, [sql])


def keys(model):
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
