"""Hashes of what was issued before there were any, and the authors of drafts."""

import hashlib
import json

from django.db import migrations


def fill(apps, editor):
    reports = apps.get_model("reporting", "IssuedReport").objects
    rows = reports.only("page", "figures", "texts", "remarks", "change", "answer")
    for row in rows.order_by("pk").iterator(chunk_size=20):
        typed = [row.texts, row.remarks, row.change, row.answer]
        reports.filter(pk=row.pk).update(
            page_sha256=sha256(row.page),
            figures_sha256=sha256(row.figures),
            texts_sha256=sha256(json.dumps(typed, ensure_ascii=False)),
        )
    for draft in apps.get_model("reporting", "ReportDraft").objects.all():
        draft.authors.add(draft.written_by_id)


def sha256(text):
    return hashlib.sha256(text.encode()).hexdigest()


class Migration(migrations.Migration):
    dependencies = [("reporting", "0005_texts_that_leave")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
