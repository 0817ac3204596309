"""The database itself refuses to change an issued report. cases/triggers.py has taken over since.

Rows can still be deleted by whoever has the database: tests empty their tables, and the law may ask for it one day.
"""

from django.db import migrations

MAKE = {
    "sqlite": [
        """
        CREATE TRIGGER issued_report_never_changes BEFORE UPDATE ON reporting_issuedreport
        BEGIN SELECT RAISE(ABORT, 'An issued report never changes.'); END
        """
    ],
    "postgresql": [
        """
        CREATE FUNCTION issued_report_never_changes() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION 'An issued report never changes.' USING ERRCODE = 'integrity_constraint_violation'; END $$
        """,
        """
        CREATE TRIGGER issued_report_never_changes BEFORE UPDATE ON reporting_issuedreport
        FOR EACH ROW EXECUTE FUNCTION issued_report_never_changes()
        """,
    ],
}
DROP = {
    "sqlite": ["DROP TRIGGER IF EXISTS issued_report_never_changes"],
    "postgresql": [
        "DROP TRIGGER IF EXISTS issued_report_never_changes ON reporting_issuedreport",
        "DROP FUNCTION IF EXISTS issued_report_never_changes",
    ],
}


def run(statements):
    def execute(apps, editor):
        for statement in statements[editor.connection.vendor]:
            editor.execute(statement)

    return execute


class Migration(migrations.Migration):
    dependencies = [("reporting", "0001_initial")]
    operations = [migrations.RunPython(run(MAKE), run(DROP))]
