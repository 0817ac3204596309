"""The database refuses to change or delete what is append-only, whoever asks and however."""

from datetime import date

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, models, transaction
from django.utils import timezone

from cases import append_only_triggers, triggers
from cases.models import (
    Agreement,
    Appointment,
    AreaSpell,
    Attendance,
    Expectation,
    FieldChange,
    GoalDefinition,
    KeyFigure,
    Match,
    Meeting,
    Membership,
    PartnerContact,
    Pause,
    Residence,
    StatusChange,
    Strike,
    Substitution,
    Transfer,
)
from cases.tests.builders import a_contact, a_strike, a_transfer, log
from reporting.models import Decision, IssuedReport, ReportWithdrawal, SingleIssuerProposal
from reporting.tests.examples import an_issued_report
from setup.models import FactorReset, Invitation
from setup.tests.builders import an_invitation
from web.dates import today

TOPICS = Attendance.topics.through
# A column to forge in each table.
HELD = {
    Agreement: ("what", "noget andet"),
    AreaSpell: ("name", "Et andet navn"),
    Appointment: ("place", "et andet sted"),
    Attendance: ("note", "en anden note"),
    TOPICS: ("topic_id", None),
    Decision: ("text", "Noget andet."),
    Expectation: ("youngest", 3),
    FactorReset: ("recorded_at", timezone.now()),
    FieldChange: ("after", "noget andet"),
    GoalDefinition: ("goal", 3),
    Invitation: ("email", "en-anden@example.dk"),
    IssuedReport: ("answer", "30 af 40"),
    KeyFigure: ("value", "1"),
    Match: ("effective_on", date(2020, 1, 1)),
    Meeting: ("place", "et andet sted"),
    PartnerContact: ("phone", "11 22 33 44"),
    Membership: ("role", "operator"),
    Pause: ("reason", "holiday"),
    ReportWithdrawal: ("reason", "Noget andet"),
    Residence: ("effective_on", date(2020, 1, 1)),
    SingleIssuerProposal: ("recorded_at", timezone.now()),
    StatusChange: ("status", "work"),
    Strike: ("reason", "en anden grund"),
    Substitution: ("ends_on", date(2099, 1, 1)),
    Transfer: ("recorded_at", timezone.now()),
}


@pytest.fixture
def rows(programme, other_programme, yusuf, mette, rashid, torben):
    """A row of each held model."""
    meeting = log(yusuf, mette)
    meeting.attendances.get().topics.add(programme.topics.first())
    a_strike(yusuf, by=mette)
    a_contact(programme, by=torben)
    area = programme.areas.create(name="Parken")
    area.rename("Nyparken", on=today(), by=torben)
    KeyFigure.objects.create(programme=programme, area=area, what="Beboere", value="9", source="x")
    a_transfer(yusuf, other_programme, by=torben)
    yusuf.pause("other", on=yusuf.enrolled_on, by=mette)
    agreement = {"what": "Ring", "agreed_on": yusuf.enrolled_on, "due_on": today()}
    Agreement(mentee=yusuf, **agreement).make(by=mette)
    Appointment(mentee=yusuf, on=today()).make(by=mette)
    days = {"starts_on": today(), "ends_on": today()}
    Substitution.objects.create(
        programme=programme, mentor=mette, substitute=rashid, recorded_by=torben, **days
    )
    FieldChange.objects.record(programme, {"committee": ("Skoleudvalget", "Udvalget")}, by=torben)
    report = an_issued_report(programme, by=torben)
    Decision.objects.create(
        report=report, decided_on=today(), text="Taget til efterretning.", recorded_by=torben
    )
    an_invitation(programme, torben)
    ReportWithdrawal.objects.create(report=report, reason="Et navn", recorded_by=torben)
    SingleIssuerProposal.objects.create(programme=programme, recorded_by=torben)
    FactorReset.objects.create(programme=programme, user=mette, recorded_by=torben)
    return {model: model._base_manager.latest("pk") for model in HELD}


@pytest.fixture
def refused():
    """refused(function): the database refuses, and the row stands as before."""

    def refused(change, row):
        before = snapshot(row)
        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
            change()
        assert snapshot(row) == before

    return refused


def snapshot(row):
    return type(row)._base_manager.filter(pk=row.pk).values().get()


def execute(sql, *values):
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def test_every_append_only_model_is_tried_here():
    assert set(append_only_triggers.held_models()) == set(HELD)


@pytest.mark.parametrize("model", HELD)
class TestNothingGoesThrough:
    def forged(self, rows, model):
        """Return (row, column, another value)."""
        row, (column, value) = rows[model], HELD[model]
        if model is TOPICS:
            value = row.attendance.meeting.programme.topics.last().pk
        return row, column, value

    def test_a_change_in_sql(self, rows, model, refused):
        row, column, value = self.forged(rows, model)
        sql = f"UPDATE {model._meta.db_table} SET {column} = %s WHERE id = %s"  # noqa: S608
        refused(lambda: execute(sql, value, row.pk), row)

    def test_a_change_of_many(self, rows, model, refused):
        row, column, value = self.forged(rows, model)
        setattr(row, column, value)
        refused(lambda: models.QuerySet(model).bulk_update([row], [column]), row)

    def test_a_delete_in_sql(self, rows, model, refused):
        row = rows[model]
        sql = f"DELETE FROM {model._meta.db_table} WHERE id = %s"  # noqa: S608
        refused(lambda: execute(sql, row.pk), row)

    def test_a_delete_past_the_model(self, rows, model, refused):
        row = rows[model]
        raw = models.QuerySet(model).filter(pk=row.pk)
        refused(lambda: raw._raw_delete(raw.db), row)

    def test_an_insert_in_its_place(self, rows, model, refused):
        row, column, value = self.forged(rows, model)
        setattr(row, column, value)
        fields = model._meta.local_concrete_fields
        values = [
            field.get_db_prep_save(getattr(row, field.attname), connection) for field in fields
        ]
        names = ", ".join(f'"{field.column}"' for field in fields)
        places = ", ".join(["%s"] * len(fields))
        sql = f"INTO {model._meta.db_table} ({names}) VALUES ({places})"
        if connection.vendor == "sqlite":
            sql = f"INSERT OR REPLACE {sql}"
        else:
            sql = f"INSERT {sql} ON CONFLICT (id) DO UPDATE SET {column} = excluded.{column}"
        refused(lambda: execute(sql, *values), row)

    def test_emptying_the_table(self, rows, model, refused):
        sql = "TRUNCATE {} CASCADE" if connection.vendor == "postgresql" else "DELETE FROM {}"
        connection.check_constraints()  # PostgreSQL: else it refuses for another reason
        refused(lambda: execute(sql.format(model._meta.db_table)), rows[model])


def test_a_fact_is_withdrawn_once(rows, mette, refused):
    fact = rows[StatusChange]
    mine = {"withdrawn_by": mette, "withdrawn_reason": "Tastefejl"}
    StatusChange.objects.filter(pk=fact.pk).update(withdrawn_at=timezone.now(), **mine)
    stored = StatusChange.objects.filter(pk=fact.pk)

    refused(lambda: stored.update(withdrawn_reason="Noget andet"), fact)
    refused(lambda: stored.update(withdrawn_at=timezone.now()), fact)
    nobody = {"withdrawn_at": None, "withdrawn_by": None, "withdrawn_reason": ""}
    refused(lambda: stored.update(**nobody), fact)


def test_an_agreement_is_closed_once(rows, mette, rashid, refused):
    agreement = rows[Agreement]
    agreement.close("kept", on=today(), by=mette)
    stored = Agreement.objects.filter(pk=agreement.pk)

    refused(lambda: stored.update(outcome="dropped"), agreement)
    refused(lambda: stored.update(closed_by=rashid), agreement)
    refused(lambda: stored.update(outcome="open", closed_on=None, closed_by=None), agreement)
    agreement.withdraw(by=mette, reason="Forkert ung")


def test_a_role_ends_once(rows, mette, torben, refused):
    membership = rows[Membership]
    membership.end(on=today(), by=torben, reason="Nyt job")
    stored = Membership.objects.filter(pk=membership.pk)

    refused(lambda: stored.update(ended_on=date(2099, 1, 1)), membership)
    refused(lambda: stored.update(ended_reason="Noget andet"), membership)
    nobody = {"ended_on": None, "ended_at": None, "ended_by": None, "ended_reason": ""}
    refused(lambda: stored.update(**nobody), membership)


def test_a_proposal_is_answered_once(rows, mette, torben, refused):
    withdrawal = rows[ReportWithdrawal]
    withdrawal.confirm(by=mette)
    stored = ReportWithdrawal.objects.filter(pk=withdrawal.pk)

    refused(lambda: stored.update(answer="dropped"), withdrawal)
    refused(lambda: stored.update(answered_by=torben), withdrawal)
    refused(lambda: stored.update(answer="", answered_at=None, answered_by=None), withdrawal)


def test_a_table_without_its_triggers_is_named(db):
    assert triggers.tables_not_held(connection) == []
    on = " ON cases_meeting" if connection.vendor == "postgresql" else ""
    ending = "" if connection.vendor == "postgresql" else "_delete"
    execute(f"DROP TRIGGER cases_meeting_append_only{ending}{on}")

    assert triggers.tables_not_held(connection) == ["cases_meeting"]
    triggers.install(connection)
    assert triggers.tables_not_held(connection) == []


@pytest.mark.skipif(connection.vendor != "postgresql", reason="PostgreSQL can switch one off")
@pytest.mark.parametrize(
    "sql",
    [
        "ALTER TABLE cases_meeting DISABLE TRIGGER cases_meeting_append_only",
        "CREATE OR REPLACE FUNCTION append_only() RETURNS trigger LANGUAGE plpgsql AS "
        "'BEGIN RETURN NEW; END'",
    ],
)
def test_a_trigger_that_does_nothing_is_named_and_mended(db, sql):
    execute(sql)

    assert "cases_meeting" in triggers.tables_not_held(connection)
    triggers.install(connection)
    assert triggers.tables_not_held(connection) == []


@pytest.mark.django_db(transaction=True)
def test_migrating_back_and_forth_leaves_every_table_held():
    for steps in (["cases", "0006"], ["reporting", "zero"], ["reporting"], []):
        call_command("migrate", *steps, verbosity=0)
        assert triggers.tables_not_held(connection) == []
    assert {table for table, _ in triggers.existing(connection)} >= {
        model._meta.db_table for model in HELD
    }


@pytest.mark.django_db(transaction=True)
def test_migrate_makes_what_was_lost_also_when_nothing_is_to_be_migrated():
    triggers.remove(connection)
    assert set(triggers.tables_not_held(connection)) >= {model._meta.db_table for model in HELD}

    call_command("migrate", verbosity=0)

    assert triggers.tables_not_held(connection) == []


def test_a_migration_may_change_rows(rows):
    connection.check_constraints()
    triggers.before_migrating(using="default", plan=["a migration"])
    StatusChange.objects.update(detail="10. klasse")
    triggers.before_migrating(using="default", plan=[])
    triggers.after_migrating(using="default")

    assert triggers.tables_not_held(connection) == []
