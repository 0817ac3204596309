"""What is written raises the versions, and a page from what is kept is a fresh process's page."""

import re

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client
from django.urls import reverse

from accounts.models import User
from accounts.tests.builders import sign_in as enter
from cases import version_triggers
from cases.append_only_triggers import held_models, set_once
from cases.models import Appointment, FieldChange, Meeting, Mentee, Partner, Programme
from web.dates import today
from web.versioned_cache import VersionedCache

from .forms import FORMS, a_stage, hidden

OURS = [
    model
    for app in ("accounts", "cases", "imports", "reporting", "setup")
    for model in apps.get_app_config(app).get_models(include_auto_created=True)
]
# Models of our own that raise nothing, each with its reason.
UNVERSIONED = {
    "cases.Submission": "a form's key, written together with what the form writes",
    "imports.ImportRun": "that an import runs; what it writes raises by itself",
    "accounts.Session": "a device that is signed in",
    "accounts.User_groups": "groups are not used",
    "accounts.User_user_permissions": "permissions of single users are not used",
}
ABOUT = {model._meta.label: version_triggers.about(model) for model in OURS}
VERSIONED = {label for label, (_, programmes) in ABOUT.items() if programmes} | {"cases.Programme"}
# Models of which the stage has no row, or whose rows the database lets nobody change.
UNSTAGED = {"cases.AreaSpell", "cases.Pause", "reporting.Decision"}
UNCHANGED = {model._meta.label for model in held_models() if not set_once(model)}
OF_PAGE = re.compile(r'(name="(form_key|csrfmiddlewaretoken|submit_key|author)" value=)"[^"]*"')


@pytest.fixture
def stage(yusuf, bilal, mette, rashid, torben, programme, areas):
    Partner.objects.create(programme=programme, name="UUV")
    Appointment(mentee=yusuf, on=today()).make(by=mette)
    FieldChange.objects.record(programme, {"phone": ("", "11223344")}, by=mette, mentee=yusuf)
    return a_stage(
        yusuf=yusuf, bilal=bilal, mette=mette, rashid=rashid, torben=torben, programme=programme
    )


def numbers(model):
    return dict(model.objects.values_list("pk", "version"))


def raised(model, before):
    """The keys of those whose version is higher than before; new ones are left out."""
    return {pk for pk, version in numbers(model).items() if version > before.get(pk, version)}


def test_every_model_raises_a_version_or_says_why_not():
    assert {model._meta.label for model in OURS} - VERSIONED == set(UNVERSIONED)


@pytest.mark.parametrize("label", sorted(VERSIONED - UNSTAGED - UNCHANGED))
def test_writing_by_hand_raises_the_version(stage, other_programme, sofus, label):
    model = apps.get_model(label)
    row = model.objects.order_by("pk").first()
    programmes, mentees = numbers(Programme), numbers(Mentee)
    changed = "name = name" if label == "accounts.User" else "id = id"
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {model._meta.db_table} SET {changed} WHERE id = %s", [row.pk])  # noqa: S608
    own = row.pk if model is Programme else Programme.objects.get(slug="unge").pk
    assert raised(Programme, programmes) == {own}
    about = row.pk if model is Mentee else getattr(row, "mentee_id", None)
    if model is Meeting:
        about = row.attendances.get().mentee_id
    assert raised(Mentee, mentees) == ({about} if about else set())


def test_a_row_written_with_a_version_of_before_gets_a_higher_one(programme, yusuf):
    stale_programme, stale_mentee = (type(o).objects.get(pk=o.pk) for o in (programme, yusuf))
    programmes, mentees = numbers(Programme), numbers(Mentee)
    Partner.objects.create(programme=programme, name="UUV")
    yusuf.change_status("work", on=today(), by=yusuf.recorded_by)
    stale_programme.save()
    stale_mentee.save()
    assert Programme.objects.get().version > programmes[programme.pk] + 1
    assert Mentee.objects.get().version > mentees[yusuf.pk] + 1


def test_signing_in_raises_nothing(programme, mette):
    before = numbers(Programme)
    User.objects.filter(pk=mette.pk).update(last_login="2026-01-01T00:00Z")
    assert not raised(Programme, before)
    User.objects.filter(pk=mette.pk).update(name="Mette Holm")
    assert raised(Programme, before)


@pytest.mark.parametrize("name", FORMS)
def test_every_form_raises_the_version_of_its_programme(request, stage, programme, name):
    address, data = stage(name)
    before = numbers(Programme)
    client = Client()
    enter(client, request.getfixturevalue(FORMS[name].who))
    assert client.post(address, data | hidden(programme)).status_code == 302
    is_about_another = name == "new_programme"
    assert raised(Programme, before) == (set() if is_about_another else {programme.pk})


@pytest.fixture
def pages(mette, torben, yusuf):
    """pages(): {(who, address): the page}, as a worker shows them."""
    clients = {}
    for name, user in (("mette", mette), ("torben", torben)):
        clients[name] = Client()
        enter(clients[name], user)
    addresses = {
        "mette": ["/min-uge/", "/unge/", f"/moeder/ny/?ung={yusuf.uuid}"],
        "torben": [
            "/unge/?status=alle",
            "/overblik/",
            "/mangler/",
            yusuf.get_absolute_url(),
            reverse("overview_table", args=["mentorer", "csv"]),
        ],
    }

    def pages():
        return {
            (name, address): OF_PAGE.sub("", client.get(address).text)
            for name, client in clients.items()
            for address in addresses[name]
        }

    return pages


@pytest.mark.slow
@pytest.mark.one_database
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("name", FORMS)
def test_pages_after_a_form_are_those_of_a_fresh_process(request, stage, programme, pages, name):
    """The request that writes runs in this process, but nothing of it is told to the caches."""
    address, data = stage(name)
    pages()
    client = Client()
    enter(client, request.getfixturevalue(FORMS[name].who))
    assert client.post(address, data | hidden(programme)).status_code == 302
    client.get("/")  # shows the message
    kept = pages()
    VersionedCache.clear_all()
    assert kept == pages()


@pytest.mark.django_db(transaction=True)
def test_a_new_name_of_an_area_or_a_mentor_is_shown_at_once(stage, pages, areas, mette, yusuf):
    yusuf.move(areas[0], on=today(), by=mette)
    assert "Karlemoseparken" in pages()["mette", "/unge/"]
    type(areas[0]).objects.filter(pk=areas[0].pk).update(name="Karlemosen")
    User.objects.filter(pk=mette.pk).update(name="Mette Holm")
    assert "Karlemosen<" in pages()["mette", "/unge/"]
    assert "Mette Holm" in pages()["torben", "/unge/?status=alle"]
    page = pages()["torben", yusuf.get_absolute_url()]
    assert "Karlemosen ·" in page and "mentor Mette Holm" in page


@pytest.mark.django_db(transaction=True)
def test_a_page_is_kept_for_those_who_see_the_same(stage, pages, torben, mette, programme, bilal):
    """A mentor who becomes tovholder too, and whose match ended, sees other rows at once."""
    assert "Bilal" not in pages()["mette", "/unge/"]
    bilal.match(mette, on=today(), by=torben)
    assert "Bilal" in pages()["mette", "/unge/"]
    bilal.match(None, on=today(), by=torben)
    assert "Bilal" not in pages()["mette", "/unge/"]
