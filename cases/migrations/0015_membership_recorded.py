import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models
from django.db.models import F, Q

import web.validators


def give_uuids(apps, schema_editor):
    Membership = apps.get_model("cases", "Membership")
    for membership in Membership.objects.all():
        membership.uuid = uuid.uuid4()
        membership.save(update_fields=["uuid"])


class Migration(migrations.Migration):
    """Who gave the roles of before is not known, and neither is when: both stay empty."""

    dependencies = [
        ("cases", "0014_programme_life"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField("membership", "uuid", models.UUIDField(null=True, editable=False)),
        migrations.RunPython(give_uuids, migrations.RunPython.noop),
        migrations.AlterField(
            "membership",
            "uuid",
            models.UUIDField(default=uuid.uuid4, editable=False, unique=True),
        ),
        migrations.AddField(
            "membership",
            "recorded_at",
            models.DateTimeField(null=True, editable=False, verbose_name="skrevet"),
        ),
        migrations.AlterField(
            "membership",
            "recorded_at",
            models.DateTimeField(
                default=django.utils.timezone.now,
                null=True,
                editable=False,
                verbose_name="skrevet",
            ),
        ),
        *(
            migrations.AddField(
                "membership",
                name,
                models.ForeignKey(
                    null=True,
                    editable=False,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                ),
            )
            for name in ("recorded_by", "ended_by")
        ),
        migrations.AddField(
            "membership",
            "ended_on",
            models.DateField(null=True, editable=False, verbose_name="sluttede"),
        ),
        migrations.AddField(
            "membership",
            "ended_at",
            models.DateTimeField(null=True, editable=False, verbose_name="afsluttet"),
        ),
        migrations.AddField(
            "membership",
            "ended_reason",
            models.CharField(
                blank=True,
                default="",
                editable=False,
                max_length=300,
                validators=[web.validators.valid_text],
                verbose_name="hvorfor",
            ),
            preserve_default=False,
        ),
        migrations.AlterField(
            "membership",
            "programme",
            models.ForeignKey(
                editable=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="memberships",
                to="cases.programme",
            ),
        ),
        migrations.RemoveConstraint("membership", "membership_ends_after_it_starts"),
        migrations.RemoveConstraint("membership", "one_running_membership_per_role"),
        migrations.AddConstraint(
            "membership",
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="membership_ends_after_it_starts",
                violation_error_message="Rollen kan ikke slutte, før den begynder.",
            ),
        ),
        migrations.AddConstraint(
            "membership",
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(ends_on=None) | Q(ended_on__lte=F("ends_on")),
                name="membership_is_ended_no_later_than_agreed",
                violation_error_message="Rollen slutter allerede før den dag.",
            ),
        ),
        migrations.AddConstraint(
            "membership",
            models.CheckConstraint(
                condition=Q(ended_on=None, ended_at=None, ended_by=None, ended_reason="")
                | Q(ended_on__isnull=False, ended_at__isnull=False) & ~Q(ended_reason=""),
                name="membership_ending_says_when_and_why",
            ),
        ),
        migrations.AddConstraint(
            "membership",
            models.UniqueConstraint(
                fields=["programme", "user", "role"],
                condition=Q(ends_on=None, ended_on=None),
                name="one_running_membership_per_role",
                violation_error_message="Personen har allerede den rolle i indsatsen.",
            ),
        ),
    ]
