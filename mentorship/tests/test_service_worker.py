"""What the phone caches: pages without user data, under a name that changes with the contents."""

import json
import re

import pytest
from django.contrib.staticfiles import finders
from django.core.management import call_command

from mentorship import views

# From the server's side; in a browser: e2e/test_offline.py.


def digest(client):
    return re.search(r'const DIGEST = "(\w+)"', client.get("/sw.js").text)[1]


def kept(client):
    """The addresses the worker puts into its cache."""
    script = client.get("/sw.js").text
    static_files = json.loads(re.search(r"const STATIC = (\[.*?\]);", script)[1])
    offline = re.search(r'OFFLINE = "(.*?)"', script)[1]
    return [*static_files, offline, f"{offline}?sendt"]


def test_the_script_is_asked_for_at_the_root_by_anybody_and_anew_each_time(client):
    answer = client.get("/sw.js")
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "text/javascript; charset=utf-8"
    assert answer.headers["Cache-Control"] == "no-cache"
    assert not answer.cookies
    assert "{{" not in answer.text and "{%" not in answer.text


def test_neither_needs_the_database(client):
    """No `db` here: a query would fail. With the register down the phone still gets its way out."""
    for path in ("/sw.js", "/offline/", "/offline/?sendt"):
        assert client.get(path).status_code == 200


@pytest.mark.parametrize("path", ["/offline/", "/offline/?sendt"])
def test_the_offline_page_is_the_same_for_everybody_and_says_no_name(client, sign_in, mette, path):
    for_nobody = client.get(path)
    for_mette = sign_in(mette).get(path)
    assert for_mette.text == for_nobody.text
    assert (
        mette.name not in for_mette.text
        and "data-user" not in for_mette.text
        and "csrf" not in for_mette.text
    )
    assert for_mette.headers["Cache-Control"] == "no-cache"
    assert "sessionid" not in for_nobody.cookies
    assert (
        "<h1" in for_nobody.text
        and "<title>Ingen forbindelse – Mentorindsats</title>" in for_nobody.text
    )


def test_everything_it_keeps_can_be_kept(client):
    assert len(kept(client)) == len(views.SHELL) + 2
    for address in kept(client):
        if address.startswith("/static/"):
            assert finders.find(address.removeprefix("/static/")), address
        else:
            assert "no-store" not in client.get(address).headers["Cache-Control"]


def test_every_script_and_style_of_the_offline_page_is_in_the_shell(client):
    page = client.get("/offline/").text
    for address in re.findall(r'(?:src|href)="(/static/[^"]*)"', page):
        assert address in kept(client)


def test_the_name_of_the_cache_changes_with_a_file(client, settings, tmp_path, monkeypatch):
    settings.STATICFILES_DIRS = [*settings.STATICFILES_DIRS, str(tmp_path)]
    monkeypatch.setattr(views, "SHELL", (*views.SHELL, "probe.css"))
    (tmp_path / "probe.css").write_text("a {}")
    before = digest(client)
    assert digest(client) == before
    (tmp_path / "probe.css").write_text("b {}")
    assert digest(client) != before


def test_the_name_of_the_cache_changes_with_the_offline_page_and_with_the_list(client, monkeypatch):
    before = digest(client)
    with monkeypatch.context() as patch:
        patch.setattr(views, "offline_page", lambda sent: f"Nye ord {sent}")
        assert digest(client) != before
    with monkeypatch.context() as patch:
        patch.setattr(views, "SHELL", views.SHELL[:-1])
        assert digest(client) != before
    assert digest(client) == before


def test_on_a_real_site_every_static_name_is_hashed_as_the_script_understands_it(
    client, settings, tmp_path
):
    settings.STATIC_ROOT = tmp_path
    storage = "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": storage}}
    call_command("collectstatic", interactive=False, verbosity=0)
    hashed = re.search(r"const HASHED = /(.*)/;", client.get("/sw.js").text)[1]
    for name, address in zip(views.SHELL, kept(client), strict=False):
        assert address != f"/static/{name}"
        assert re.search(hashed, address), address
        assert (tmp_path / address.removeprefix("/static/")).exists()
    for name in views.SHELL:
        assert not re.search(hashed, name)


def test_every_page_brings_the_scripts_and_none_is_written_into_it(client, sign_in, mette):
    for page in (client.get("/tilgaengelighed/"), sign_in(mette).get("/min-uge/")):
        for name in ("drafts", "connection"):
            assert f"/static/js/{name}.js" in page.text
        assert not re.search(r"<script(?! src=)| on\w+=", page.text)
