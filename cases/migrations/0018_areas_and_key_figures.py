import django.db.models.deletion
import django.utils.timezone
import uuid
import web.validators
from django.conf import settings
from django.db import migrations, models


def give_uuids(apps, schema_editor):
    """A default would give all the rows there are the same one."""
    for name in ("HousingArea", "KeyFigure"):
        rows = apps.get_model("cases", name).objects
        for key in rows.values_list("pk", flat=True):
            rows.filter(pk=key).update(uuid=uuid.uuid4())


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0017_definitions'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='AreaSpell',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('recorded_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='skrevet')),
                ('name', models.CharField(editable=False, max_length=80, validators=[web.validators.valid_label])),
                ('in_use', models.BooleanField(editable=False)),
                ('until', models.DateField(editable=False)),
            ],
            options={
                'verbose_name': 'boligområde før',
                'verbose_name_plural': 'boligområder før',
                'ordering': ['until', 'recorded_at', 'pk'],
            },
        ),
        migrations.AlterModelOptions(
            name='keyfigure',
            options={'ordering': ['position', 'pk'], 'verbose_name': 'nøgletal', 'verbose_name_plural': 'nøgletal'},
        ),
        migrations.AddField(
            model_name='housingarea',
            name='in_use',
            field=models.BooleanField(default=True, verbose_name='i brug'),
        ),
        migrations.AddField(
            model_name='housingarea',
            name='uuid',
            field=models.UUIDField(default=uuid.uuid4, editable=False, null=True),
        ),
        migrations.AddField(
            model_name='keyfigure',
            name='period',
            field=models.CharField(blank=True, max_length=40, validators=[web.validators.valid_line], verbose_name='periode'),
        ),
        migrations.AddField(
            model_name='keyfigure',
            name='published_on',
            field=models.DateField(blank=True, null=True, validators=[web.validators.not_in_the_future], verbose_name='offentliggjort'),
        ),
        migrations.AddField(
            model_name='keyfigure',
            name='recorded_at',
            field=models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='skrevet'),
        ),
        migrations.AddField(
            model_name='keyfigure',
            name='recorded_by',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='keyfigure',
            name='source_url',
            field=models.CharField(blank=True, max_length=300, validators=[web.validators.valid_address], verbose_name='kildens adresse'),
        ),
        migrations.AddField(
            model_name='keyfigure',
            name='uuid',
            field=models.UUIDField(default=uuid.uuid4, editable=False, null=True),
        ),
        migrations.AddField(
            model_name='keyfigure',
            name='withdrawn_at',
            field=models.DateTimeField(editable=False, null=True, verbose_name='trukket tilbage'),
        ),
        migrations.AddField(
            model_name='keyfigure',
            name='withdrawn_by',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='keyfigure',
            name='withdrawn_reason',
            field=models.CharField(blank=True, editable=False, max_length=300, validators=[web.validators.valid_text], verbose_name='hvorfor'),
        ),
        migrations.RunPython(give_uuids, migrations.RunPython.noop),
        migrations.AlterField(
            model_name='housingarea',
            name='uuid',
            field=models.UUIDField(default=uuid.uuid4, editable=False, unique=True),
        ),
        migrations.AlterField(
            model_name='keyfigure',
            name='uuid',
            field=models.UUIDField(default=uuid.uuid4, editable=False, unique=True),
        ),
        migrations.AlterField(
            model_name='keyfigure',
            name='area',
            field=models.ForeignKey(blank=True, help_text='Tomt: alle områderne under ét.', null=True, on_delete=django.db.models.deletion.PROTECT, to='cases.housingarea', verbose_name='boligområde'),
        ),
        migrations.AlterField(
            model_name='keyfigure',
            name='programme',
            field=models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='key_figures', to='cases.programme'),
        ),
        migrations.AddConstraint(
            model_name='keyfigure',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('withdrawn_at', None), ('withdrawn_by', None), ('withdrawn_reason', '')), models.Q(('withdrawn_at__isnull', False), ('withdrawn_by__isnull', False), models.Q(('withdrawn_reason', ''), _negated=True)), _connector='OR'), name='keyfigure_withdrawal_says_who_when_and_why', violation_error_message='Skriv, hvorfor det trækkes tilbage.'),
        ),
        migrations.AddField(
            model_name='areaspell',
            name='area',
            field=models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='spells', to='cases.housingarea'),
        ),
        migrations.AddField(
            model_name='areaspell',
            name='recorded_by',
            field=models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
    ]
