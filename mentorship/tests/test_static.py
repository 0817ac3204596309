"""What a real site's `collectstatic` needs: every file that a style sheet names lies beside it."""

import pytest
from django.core.management import call_command


@pytest.mark.slow
def test_every_file_a_style_sheet_names_is_collected(settings, tmp_path):
    settings.STATIC_ROOT = tmp_path
    manifest = "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"
    settings.STORAGES = settings.STORAGES | {"staticfiles": {"BACKEND": manifest}}
    call_command("collectstatic", interactive=False, verbosity=0)
    assert (tmp_path / "staticfiles.json").exists()
