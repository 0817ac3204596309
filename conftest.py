"""The cast of the tests.

Mette mentors Yusuf in Hastrupparken, Rashid mentors Bilal, Torben is tovholder, Kirsten is in the
committee, Farid in the følgegruppe, Olga is administrator. Signe mentors Sofus in another
programme: the stranger.
"""

import json
import logging
from datetime import date, datetime, time
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.contrib.auth import get_user
from django.core.cache import cache
from django.db import connection
from django.test import Client, TransactionTestCase

from accounts.models import User
from accounts.tests.builders import sign_in as enter
from cases.models import Gender, HousingArea, Membership, Mentee, Programme, Role, Status, Topic
from cases.roles import running_roles
from cases.triggers import remove
from web.versioned_cache import VersionedCache

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
STARTED = date(2025, 1, 1)


# Files that take longest, so that no core waits for one of them at the end.
SLOWEST_FIRST = (
    "e2e/test_pages.py",
    "e2e/test_drafts.py",
    "mentorship/tests/test_crawl.py",
    "reporting/tests/test_issued_reports.py",
    "mentorship/tests/test_writing.py",
    "mentorship/tests/test_fuzz.py",
    "reporting/tests/test_open_report_attacker.py",
    "reporting/tests/test_pdf.py",
    "mentorship/tests/test_queries.py",
    "mentorship/tests/test_access.py",
    "demo/tests/test_demo.py",
    "mentorship/tests/test_exactly_once.py",
    "mentorship/tests/test_four_at_once.py",
    "mentorship/tests/test_bad_input.py",
    "reporting/tests/test_issued_open_edition.py",
    "imports/tests/test_import.py",
    "reporting/tests/test_recount.py",
)


def pytest_collection_modifyitems(items):
    rank = {name: number for number, name in enumerate(SLOWEST_FIRST)}
    items.sort(key=lambda item: rank.get(item.nodeid.partition("::")[0], len(rank)))


def at(day, hour=16):
    """Return `hour` o'clock in Køge on the day."""
    return datetime.combine(day, time(hour), COPENHAGEN)


@pytest.fixture(autouse=True, scope="session")
def tables_can_be_emptied():
    """After a test without a transaction: Django empties all tables and makes the triggers anew."""
    empty = TransactionTestCase._fixture_teardown

    def without_triggers(test):
        remove(connection)
        empty(test)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", without_triggers)
        yield


@pytest.fixture(autouse=True)
def fast_passwords(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def static_files_where_they_lie(settings):
    """Else WhiteNoise lists all static files anew for each test client."""
    settings.WHITENOISE_AUTOREFRESH = True


@pytest.fixture(autouse=True)
def no_leftovers_in_the_cache(settings):
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    yield
    cache.clear()
    VersionedCache.clear_all()


@pytest.fixture
def programme(db):
    programme = Programme(
        name="Unge med mål", slug="unge", starts_on=STARTED, sender="Fællessekretariatet"
    )
    programme.save(expectations={"expected_gender": "male"})
    for position, name in enumerate(("Uddannelse", "Job", "Hverdag og søvn")):
        Topic.objects.create(programme=programme, name=name, position=position)
    return programme


@pytest.fixture
def other_programme(db):
    return Programme.objects.create(name="Naboindsatsen", slug="nabo", starts_on=STARTED)


@pytest.fixture
def areas(programme):
    names = ("Karlemoseparken", "Hastrupparken", "Ellemarken", "Søparken")
    return [
        HousingArea.objects.create(programme=programme, name=n, position=i)
        for i, n in enumerate(names)
    ]


@pytest.fixture
def hastrupparken(areas):
    return areas[1]


def member(programme, name, role):
    email = f"{name.split()[0].lower()}@example.dk"
    user = User.objects.create_user(email, "en lang adgangskode", name=name)
    Membership.objects.create(programme=programme, user=user, role=role, starts_on=STARTED)
    return user


@pytest.fixture
def mette(programme):
    return member(programme, "Mette Sørensen", Role.MENTOR)


@pytest.fixture
def rashid(programme):
    return member(programme, "Rashid Noor", Role.MENTOR)


@pytest.fixture
def torben(programme):
    return member(programme, "Torben Kjær", Role.COORDINATOR)


@pytest.fixture
def kirsten(programme):
    return member(programme, "Kirsten Holm", Role.COMMITTEE)


@pytest.fixture
def farid(programme):
    return member(programme, "Farid Aziz", Role.FOLLOW_GROUP)


@pytest.fixture
def olga(programme):
    return member(programme, "Olga Lund", Role.OPERATOR)


@pytest.fixture
def signe(other_programme):
    return member(other_programme, "Signe Krogh", Role.MENTOR)


@pytest.fixture
def enrol(programme, mette):
    """enrol("Yusuf Hamdan", ...) enrols a young person, by Mette unless told otherwise."""

    def enrol(
        name="Ung Mand", *, on=date(2026, 2, 2), status=Status.YOUTH_CENTRE, by=None, **facts
    ):
        person = {
            "programme": programme,
            "name": name,
            "born_on": date(2007, 5, 14),
            "gender": Gender.MALE,
            "enrolled_on": on,
        }
        of_fact = {
            key: facts.pop(key) for key in ("area", "mentor", "detail", "at") if key in facts
        }
        of_fact.setdefault("at", at(on))
        return Mentee.objects.enrol(
            Mentee(**person | facts), status=status, by=by or mette, **of_fact
        )

    return enrol


@pytest.fixture
def yusuf(enrol, mette, hastrupparken):
    return enrol("Yusuf Hamdan", mentor=mette, area=hastrupparken)


@pytest.fixture
def bilal(enrol, rashid, areas):
    return enrol("Bilal Karim", mentor=rashid, area=areas[2], on=date(2026, 3, 9))


@pytest.fixture
def sofus(other_programme, signe):
    person = Mentee(
        programme=other_programme,
        name="Sofus Bang",
        born_on=date(2006, 1, 1),
        gender=Gender.MALE,
        enrolled_on=date(2026, 1, 5),
    )
    return Mentee.objects.enrol(person, status=Status.SCHOOL, by=signe, mentor=signe)


@pytest.fixture
def sign_in(client):
    """sign_in(user) returns the test client signed in as the user."""

    def sign_in(user):
        enter(client, user)
        return client

    return sign_in


@pytest.fixture
def events():
    """events() returns the security events so far, each as a dict."""
    lines = []

    class Keep(logging.Handler):
        def emit(self, record):
            lines.append(json.loads(record.getMessage()))

    logger, keep = logging.getLogger("security"), Keep()
    logger.addHandler(keep)
    yield lambda: list(lines)
    logger.removeHandler(keep)


class FormClient(Client):
    """Posts a form as a page of the site does: with a key of its own and the page's programme."""

    def post(self, path, data=None, *args, **extra):
        if "content_type" not in extra:
            data = self.write_fields() | (data or {})
        return super().post(path, data, *args, **extra)

    def write_fields(self):
        user = get_user(self)
        if not user.is_authenticated:
            return {}
        programmes = {programme.slug: programme for programme in running_roles(user)}
        chosen = self.session.get("indsats")
        slug = chosen if chosen in programmes else next(iter(programmes), "")
        return {"form_key": str(uuid4()), "form_programme": slug}


@pytest.fixture
def client():
    return FormClient()
