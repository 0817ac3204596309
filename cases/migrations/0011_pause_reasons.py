"""Reasons that tell of health or of an offence become "andet".

The triggers that hold the rows are away while migrations run (cases/triggers.py).
"""

from django.db import migrations, models


def forget_reasons(apps, schema_editor):
    pauses = apps.get_model("cases", "Pause").objects.filter(reason__in=["hospital", "detention"])
    pauses.update(reason="other")


class Migration(migrations.Migration):
    dependencies = [("cases", "0010_what_people_type")]

    operations = [
        migrations.RunPython(forget_reasons, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="pause",
            name="reason",
            field=models.CharField(
                blank=True,
                choices=[("holiday", "ferie"), ("other", "andet")],
                max_length=10,
                verbose_name="grund",
            ),
        ),
        migrations.AddConstraint(
            model_name="pause",
            constraint=models.CheckConstraint(
                condition=models.Q(reason__in=["", "holiday", "other"]),
                name="pause_reason_tells_of_no_health_or_offence",
                violation_error_message="Vælg ferie eller andet.",
            ),
        ),
    ]
