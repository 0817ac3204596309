"""What is written raises the version of the programme and of the mentee it is about.

Triggers do it, so that nothing can forget it: a form, an import, a shell, SQL by hand. They are
dropped before migrations and made after them, because SQLite loses the triggers of a table that
is rebuilt and cannot rename one that a trigger mentions.

The programme is raised before the mentee: everybody who writes waits at the programme's row, so
nobody waits for somebody who waits for them.
"""

from django.apps import apps
from django.db import connections
from django.db.models.signals import post_migrate, pre_migrate

PREFIX = "version_"
# Models that have not both: {label: (mentees, programmes)}, what selects the keys of those that
# the changed rows are about. `{column}` stands for the column in these rows.
ABOUT = {
    "cases.Meeting": (
        "SELECT mentee_id FROM cases_attendance WHERE meeting_id IN ({id})",
        "{programme_id}",
    ),
    "cases.Attendance_topics": (
        "SELECT mentee_id FROM cases_attendance WHERE id IN ({attendance_id})",
        "SELECT programme_id FROM cases_meeting WHERE id IN "
        "(SELECT meeting_id FROM cases_attendance WHERE id IN ({attendance_id}))",
    ),
    "reporting.Decision": (
        None,
        "SELECT programme_id FROM reporting_issuedreport WHERE id IN ({report_id})",
    ),
    "accounts.User": (
        None,
        "SELECT programme_id FROM cases_membership WHERE user_id IN ({id}) UNION "
        "SELECT programme_id FROM cases_mentee WHERE id IN "
        "(SELECT mentee_id FROM cases_match WHERE mentor_id IN ({id}))",
    ),
}
# Signing in writes the user's row too: only what pages show of a user counts.
COLUMNS = {"accounts.User": "name, is_active"}
# Models that raise nothing, each with its reason.
UNVERSIONED = {
    "cases.Submission": "a form's key, written together with what the form writes",
    "accounts.User_groups": "groups are not used",
    "accounts.User_user_permissions": "permissions of single users are not used",
}
OWN = {"cases.Programme": (None, None), "cases.Mentee": (None, "{programme_id}")}


class Columns(dict):
    """Fills `{column}` of ABOUT."""

    def __init__(self, pattern):
        super().__init__()
        self.pattern = pattern

    def __missing__(self, column):
        return self.pattern.format(column)


def models():
    """Yield (model, mentees, programmes) of each model whose rows raise a version."""
    for app in ("cases", "reporting", "accounts"):
        for model in apps.get_app_config(app).get_models(include_auto_created=True):
            label = model._meta.label
            if label not in UNVERSIONED:
                yield model, *(OWN.get(label) or ABOUT.get(label) or path_of(model))


def path_of(model):
    """Return (mentees, programmes) of a model with a foreign key to one of them.

    Raise LookupError for one without.
    """
    names = {field.name for field in model._meta.fields}
    mentees = "{mentee_id}" if "mentee" in names else None
    if "programme" in names:
        return mentees, "{programme_id}"
    if mentees:
        return mentees, "SELECT programme_id FROM cases_mentee WHERE id IN ({mentee_id})"
    raise LookupError(f"{model._meta.label} stands neither in ABOUT nor in UNVERSIONED.")


def raising(mentees, programmes, columns):
    """Return the statements that raise the versions."""
    keys = (("cases_programme", programmes), ("cases_mentee", mentees))
    return "".join(
        f"UPDATE {table} SET version = version + 1 WHERE id IN ({sql.format_map(columns)}); "  # noqa: S608 (constants)
        for table, sql in keys
        if sql
    )


def triggers(vendor):
    """Return {name: statements that make the trigger}."""
    maker = SQLite if vendor == "sqlite" else PostgreSQL
    made = {}
    for model, mentees, programmes in models():
        table, label = model._meta.db_table, model._meta.label
        if label in OWN:
            made[f"{PREFIX}{table}"] = maker.own_version(f"{PREFIX}{table}", table)
        columns = COLUMNS.get(label)
        for event in ("UPDATE",) if columns else ("INSERT", "UPDATE", "DELETE"):
            name = f"{PREFIX}{table}_{event.lower()}"
            if programmes:
                made[name] = maker.trigger(name, table, event, columns, mentees, programmes)
    return made


class SQLite:
    @staticmethod
    def trigger(name, table, event, columns, mentees, programmes):
        row = "OLD.{}" if event == "DELETE" else "NEW.{}"
        of = f" OF {columns}" if columns else ""
        body = raising(mentees, programmes, Columns(row))
        return [f"CREATE TRIGGER {name} AFTER {event}{of} ON {table} BEGIN {body}END"]

    @staticmethod
    def own_version(name, table):
        """The row's version rises whatever is written, a stale version too."""
        body = f"UPDATE {table} SET version = OLD.version + 1 WHERE id = NEW.id;"  # noqa: S608
        return [
            f"CREATE TRIGGER {name} AFTER UPDATE ON {table} "
            f"WHEN NEW.version <= OLD.version BEGIN {body} END"
        ]


class PostgreSQL:
    @staticmethod
    def trigger(name, table, event, columns, mentees, programmes):
        """Once for a statement, however many rows; for each row if it is about some columns."""
        rows = "OLD" if event == "DELETE" else "NEW"
        if columns:
            of, each, pattern = f" OF {columns}", "FOR EACH ROW", f"{rows}.{{}}"
        else:
            of, pattern = "", "SELECT {} FROM changed"
            each = f"REFERENCING {rows} TABLE AS changed FOR EACH STATEMENT"
        body = raising(mentees, programmes, Columns(pattern))
        return [
            PostgreSQL.function(name, f"{body}RETURN NULL;"),
            f"CREATE TRIGGER {name} AFTER {event}{of} ON {table} {each} EXECUTE FUNCTION {name}()",
        ]

    @staticmethod
    def own_version(name, table):
        """As on SQLite."""
        body = (
            "IF NEW.version <= OLD.version THEN NEW.version := OLD.version + 1; END IF; RETURN NEW;"
        )
        return [
            PostgreSQL.function(name, body),
            f"CREATE TRIGGER {name} BEFORE UPDATE ON {table} "
            f"FOR EACH ROW EXECUTE FUNCTION {name}()",
        ]

    @staticmethod
    def function(name, body):
        return (
            f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN {body} END $$"
        )


ALL = {
    "sqlite": "SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": "SELECT tgname, tgrelid::regclass::text FROM pg_trigger WHERE NOT tgisinternal",
}


def existing(connection):
    """Return {name: table} of the triggers in the database."""
    with connection.cursor() as cursor:
        cursor.execute(ALL[connection.vendor])
        return {name: table for name, table in cursor.fetchall() if name.startswith(PREFIX)}


def missing(connection):
    """Return {name: statements} of the triggers that the database has not."""
    there = existing(connection)
    return {name: sql for name, sql in triggers(connection.vendor).items() if name not in there}


def drop(using, **kwargs):
    connection = connections[using]
    with connection.cursor() as cursor:
        for name, table in existing(connection).items():
            on = f" ON {table}" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER {name}{on}")


def create(using, **kwargs):
    """Make the triggers, unless migrations stopped before the tables were as the models are."""
    connection = connections[using]
    if not is_up_to_date(connection):
        return
    with connection.cursor() as cursor:
        for statements in missing(connection).values():
            for statement in statements:
                cursor.execute(statement)


def is_up_to_date(connection):
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
        if not {model._meta.db_table for model, *_ in models()} <= tables:
            return False
        return all(
            "version"
            in {c.name for c in connection.introspection.get_table_description(cursor, table)}
            for table in ("cases_programme", "cases_mentee")
        )


def connect():
    cases = apps.get_app_config("cases")
    pre_migrate.connect(drop, sender=cases, dispatch_uid="versions.drop")
    post_migrate.connect(create, sender=cases, dispatch_uid="versions.create")
