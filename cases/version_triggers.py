"""What is written raises the version of the programme and of the mentee it is about.

Nothing can forget it: a form, an import, a shell, SQL by hand. A row's way to its mentee or
programme is its foreign keys', else ABOUT's.

The programme is raised first: everybody who writes waits at its row, so nobody waits for somebody
who waits for them.
"""

from django.apps import apps

# {label: (mentees, programmes)}: what selects their keys. `{column}` stands for the column in the
# changed rows.
ABOUT = {
    "cases.Programme": (None, None),  # raises its own
    "cases.Mentee": (None, "{programme_id}"),  # the same
    "cases.Meeting": (
        "SELECT mentee_id FROM cases_attendance WHERE meeting_id IN ({id})",
        "{programme_id}",
    ),
    # The same person's rows in two programmes.
    "cases.Transfer": (
        "SELECT id FROM cases_mentee WHERE id IN ({mentee_id}) OR id IN ({entered_id})",
        "SELECT programme_id FROM cases_mentee WHERE id IN ({mentee_id}) OR id IN ({entered_id})",
    ),
    "accounts.User": (
        None,
        "SELECT programme_id FROM cases_membership WHERE user_id IN ({id}) UNION "
        "SELECT programme_id FROM cases_mentee WHERE id IN "
        "(SELECT mentee_id FROM cases_match WHERE mentor_id IN ({id}))",
    ),
    "cases.Submission": (None, None),  # a form's key, written together with what the form writes
    "imports.ImportRun": (None, None),  # that an import runs; what it writes raises by itself
}
OWN = ("cases.Programme", "cases.Mentee")
# Signing in writes the user's row too.
COLUMNS = {"accounts.User": "name, is_active"}


class Columns(dict):
    """Fills `{column}` of ABOUT."""

    def __init__(self, pattern):
        super().__init__()
        self.pattern = pattern

    def __missing__(self, column):
        return self.pattern.format(column)


def triggers(vendor, tables, cursor):
    """Yield (table, name, (as printed, statements)) for cases/triggers.py."""
    maker = {"sqlite": SQLite, "postgresql": PostgreSQL}[vendor]
    if not has_versions(cursor, tables):
        return
    for model in apps.get_models(include_auto_created=True):
        table, label = model._meta.db_table, model._meta.label
        if table not in tables:
            continue
        if label in OWN:
            yield table, f"version_{table}", maker.own_version(f"version_{table}", table)
        mentees, programmes = about(model)
        columns = COLUMNS.get(label)
        for event in ("UPDATE",) if columns else ("INSERT", "UPDATE", "DELETE"):
            name = f"version_{table}_{event.lower()}"
            if programmes:
                made = maker.trigger(name, table, event, columns, mentees, programmes)
                yield table, name, made


def has_versions(cursor, tables):
    """Whether migrations have come so far."""
    return all(
        table in tables
        and "version"
        in {c.name for c in cursor.db.introspection.get_table_description(cursor, table)}
        for table in ("cases_programme", "cases_mentee")
    )


def about(model):
    """As in ABOUT; (None, None) of a model that is about neither."""
    if model._meta.label in ABOUT:
        return ABOUT[model._meta.label]
    fields = {field.name: field for field in model._meta.local_concrete_fields if field.is_relation}
    mentees = "{mentee_id}" if "mentee" in fields else None
    if "programme" in fields:
        return mentees, "{programme_id}"
    if mentees:
        return mentees, "SELECT programme_id FROM cases_mentee WHERE id IN ({mentee_id})"
    for field in fields.values():
        other = field.related_model
        if other is model or other._meta.label in ABOUT:
            continue
        if about(other) != (None, None):
            return tuple(sql and through(field, sql) for sql in about(other))
    return None, None


def through(field, sql):
    """Return `sql` about the rows that `field` refers to, as about the rows that have it."""
    table = field.related_model._meta.db_table
    columns = Columns(f"SELECT {{}} FROM {table} WHERE id IN ({{{{{field.column}}}}})")  # noqa: S608
    return sql.format_map(columns)


def raising(mentees, programmes, columns):
    """Return the statements that raise the versions."""
    keys = (("cases_programme", programmes), ("cases_mentee", mentees))
    return "".join(
        f"UPDATE {table} SET version = version + 1 WHERE id IN ({sql.format_map(columns)}); "  # noqa: S608
        for table, sql in keys
        if sql
    )


class SQLite:
    @staticmethod
    def trigger(name, table, event, columns, mentees, programmes):
        row = "OLD.{}" if event == "DELETE" else "NEW.{}"
        of = f" OF {columns}" if columns else ""
        body = raising(mentees, programmes, Columns(row))
        sql = f"CREATE TRIGGER {name} AFTER {event}{of} ON {table} BEGIN {body}END"
        return sql, [sql]

    @staticmethod
    def own_version(name, table):
        """The row's version rises whatever is written, a stale version too."""
        body = f"UPDATE {table} SET version = OLD.version + 1 WHERE id = NEW.id;"  # noqa: S608
        sql = (
            f"CREATE TRIGGER {name} AFTER UPDATE ON {table} "
            f"WHEN NEW.version <= OLD.version BEGIN {body} END"
        )
        return sql, [sql]


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
        when = f"AFTER {event}{of} ON {table} {each}"
        return PostgreSQL.made(name, when, f" BEGIN {body}RETURN NULL; END ")

    @staticmethod
    def own_version(name, table):
        """As on SQLite."""
        body = (
            " BEGIN IF NEW.version <= OLD.version THEN NEW.version := OLD.version + 1; END IF; "
            "RETURN NEW; END "
        )
        return PostgreSQL.made(name, f"BEFORE UPDATE ON {table} FOR EACH ROW", body)

    @staticmethod
    def made(name, when, body):
        sql = f"CREATE TRIGGER {name} {when} EXECUTE FUNCTION {name}()"
        function = (
            f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql "
            f"AS $body${body}$body$"
        )
        return sql + body, [function, sql]
