"""The code that the demo's logins are asked for."""

from allauth.mfa.models import Authenticator
from django.core.management import call_command

from demo import code_app, logins


def test_each_login_can_use_the_printed_code_once(db, settings, tmp_path, capsys):
    settings.VAR_DIR = tmp_path
    (tmp_path / "demo").mkdir()
    logins.create("en lang adgangskode")
    code_app.give()
    code_app.give()

    call_command("demo_code")
    code = capsys.readouterr().out.strip()

    apps = [row.wrap() for row in Authenticator.objects.all()]
    assert len(apps) == len(logins.ALL)
    assert all(app.validate_code(code) for app in apps)
    assert not any(app.validate_code(code) for app in apps)
