"""The trigger of 0002 goes: cases/triggers.py holds issued reports and all else append-only."""

from importlib import import_module

from django.db import migrations

earlier = import_module("reporting.migrations.0002_issued_reports_never_change")


class Migration(migrations.Migration):
    dependencies = [("reporting", "0002_issued_reports_never_change")]
    operations = [migrations.RunPython(earlier.run(earlier.DROP), migrations.RunPython.noop)]
