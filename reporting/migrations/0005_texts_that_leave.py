"""Withdrawals, proposals to let one person issue, authors of drafts, and hashes of each part."""

import django.db.models.deletion
import django.utils.timezone
import uuid
import web.validators
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0013_strike'),
        ('reporting', '0004_what_people_type'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='issuedreport',
            name='figures_sha256',
            field=models.CharField(default='', max_length=64, verbose_name='tal, SHA-256'),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='issuedreport',
            name='page_sha256',
            field=models.CharField(default='', max_length=64, verbose_name='side, SHA-256'),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='issuedreport',
            name='texts_sha256',
            field=models.CharField(default='', max_length=64, verbose_name='tekster, SHA-256'),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='reportdraft',
            name='authors',
            field=models.ManyToManyField(editable=False, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='skrevet af'),
        ),
        migrations.AddField(
            model_name='reportdraft',
            name='withdrawal_reason',
            field=models.CharField(blank=True, max_length=300, validators=[web.validators.valid_line], verbose_name='hvorfor ikke'),
        ),
        migrations.AddField(
            model_name='reportdraft',
            name='withdraws',
            field=models.BooleanField(default=False, verbose_name='den forrige udgave skal ikke kunne læses længere'),
        ),
        migrations.AlterField(
            model_name='reportdraft',
            name='edition',
            field=models.CharField(choices=[('full', 'fuld udgave'), ('open', 'åben udgave')], default='open', max_length=4, verbose_name='udgave'),
        ),
        migrations.CreateModel(
            name='ReportWithdrawal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('recorded_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='skrevet')),
                ('answer', models.CharField(blank=True, choices=[('', 'venter'), ('confirmed', 'bekræftet'), ('dropped', 'taget tilbage')], editable=False, max_length=9, verbose_name='svar')),
                ('answered_at', models.DateTimeField(editable=False, null=True, verbose_name='besvaret')),
                ('reason', models.CharField(max_length=300, validators=[web.validators.valid_text], verbose_name='hvorfor')),
                ('answered_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('correction', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='reporting.issuedreport')),
                ('recorded_by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('report', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='withdrawals', to='reporting.issuedreport')),
            ],
            options={
                'verbose_name': 'tilbagetrækning',
                'verbose_name_plural': 'tilbagetrækninger',
                'ordering': ['-recorded_at', '-pk'],
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('answer', ''), ('answered_at', None), ('answered_by', None)), models.Q(models.Q(('answer', ''), _negated=True), ('answered_at__isnull', False), ('answered_by__isnull', False)), _connector='OR'), name='reportwithdrawal_answer_says_who_and_when'), models.CheckConstraint(condition=models.Q(models.Q(('answer', 'confirmed'), _negated=True), models.Q(('answered_by', models.F('recorded_by')), _negated=True), ('correction__isnull', False), _connector='OR'), name='reportwithdrawal_is_confirmed_by_another'), models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='report_withdrawal_says_why')],
            },
        ),
        migrations.CreateModel(
            name='SingleIssuerProposal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('recorded_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='skrevet')),
                ('answer', models.CharField(blank=True, choices=[('', 'venter'), ('confirmed', 'bekræftet'), ('dropped', 'taget tilbage')], editable=False, max_length=9, verbose_name='svar')),
                ('answered_at', models.DateTimeField(editable=False, null=True, verbose_name='besvaret')),
                ('answered_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('programme', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='single_issuer_proposals', to='cases.programme')),
                ('recorded_by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'forslag om én udsender',
                'verbose_name_plural': 'forslag om én udsender',
                'ordering': ['-recorded_at', '-pk'],
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('answer', ''), ('answered_at', None), ('answered_by', None)), models.Q(models.Q(('answer', ''), _negated=True), ('answered_at__isnull', False), ('answered_by__isnull', False)), _connector='OR'), name='singleissuerproposal_answer_says_who_and_when'), models.CheckConstraint(condition=models.Q(models.Q(('answer', 'confirmed'), _negated=True), models.Q(('answered_by', models.F('recorded_by')), _negated=True), _connector='OR'), name='singleissuerproposal_is_confirmed_by_another')],
            },
        ),
    ]
