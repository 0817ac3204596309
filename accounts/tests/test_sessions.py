"""How long a session lasts, on which device, and how it ends."""

from datetime import timedelta
from importlib import import_module

import pytest
import time_machine
from django.apps import apps
from django.core.management import call_command
from django.db import OperationalError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts import sessions
from accounts.devices import device_words, is_phone
from accounts.models import Session, User
from accounts.tests.builders import next_recovery_code
from accounts.tests.builders import sign_in as enter
from cases.tests.builders import end_roles, log_url, meeting_form
from web import expired_session
from web.dates import today

IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 "
    "(KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1"
)
ANDROID = (
    "Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/131.0.0.0 Mobile Safari/537.36"
)
EDGE = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/131.0.0.0 Safari/537.36 Edg/131.0.0.0"
)
MAC = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:132.0) Gecko/20100101 Firefox/132.0"
PASSWORD = "en lang adgangskode"
ACCOUNT = "/konto/"
SECURITY = "/konto/sikkerhed/"
LOG_IN = "/konto/log-ind/"
CODE = "/konto/log-ind/kode/"
END_SESSIONS = "/konto/enheder/"


@pytest.fixture
def clock():
    """A clock that stands still until it is moved."""
    with time_machine.travel(timezone.now(), tick=False) as clock:
        yield clock


def signed_in(user, user_agent=EDGE):
    """A browser of its own, signed in through the pages."""
    client = Client(headers={"user-agent": user_agent})
    assert log_in(client, user).status_code == 200
    return client


def log_in(client, user, address=LOG_IN):
    """With password and code; return the page that follows."""
    code = next_recovery_code(user)
    client.post(address, {"login": user.email, "password": PASSWORD})
    return client.post(CODE, {"code": code}, follow=True)


def is_in(client):
    return client.get(ACCOUNT).status_code == 200


def test_a_session_ends_eight_hours_after_signing_in_however_much_it_is_used(mette, yusuf, clock):
    client = signed_in(mette)
    for _ in range(8 * 3):
        assert is_in(client)
        client.get(f"/?indsats={yusuf.programme.slug}")  # writes the session
        clock.shift(timedelta(minutes=20))

    assert client.get(ACCOUNT).url == f"{LOG_IN}?next={ACCOUNT}"


def test_saving_does_not_extend_the_eight_hours(mette, yusuf, clock):
    client = signed_in(mette)
    for _ in range(8 * 3 - 1):
        clock.shift(timedelta(minutes=20))
        client.post(f"/unge/{yusuf.uuid}/aftale/", {"what": "Skrive ansøgning"})
        session = client.session
        session["noget"] = "andet"
        session.save()
    assert is_in(client)
    clock.shift(timedelta(minutes=21))

    assert not is_in(client)


@pytest.mark.parametrize("user_agent", [EDGE, IPHONE])
def test_a_session_that_is_not_used_for_half_an_hour_has_ended(mette, clock, user_agent):
    client = signed_in(mette, user_agent)
    clock.shift(timedelta(minutes=29))
    assert is_in(client)
    clock.shift(timedelta(minutes=29))
    assert is_in(client), "a page was read half an hour ago"
    clock.shift(timedelta(minutes=31))

    assert not is_in(client)


def test_a_phone_stays_signed_in_where_the_programme_lets_it(mette, programme, clock):
    programme.phones_stay_signed_in = True
    programme.save()
    phone, computer = signed_in(mette, IPHONE), signed_in(mette, EDGE)
    clock.shift(timedelta(hours=7, minutes=59))

    assert is_in(phone)
    assert not is_in(computer)
    clock.shift(timedelta(minutes=2))
    assert not is_in(phone)


def test_the_strictest_of_somebodys_programmes_decides(mette, programme, other_programme, clock):
    programme.phones_stay_signed_in = True
    programme.save()
    mette.memberships.create(programme=other_programme, role="mentor", starts_on="2025-01-01")
    phone = signed_in(mette, IPHONE)
    clock.shift(timedelta(minutes=31))

    assert not is_in(phone)


def test_reading_writes_the_session_once_a_minute(mette, clock):
    client = signed_in(mette)

    def writes():
        with CaptureQueriesContext(connection) as asked:
            assert is_in(client)
        return [q["sql"] for q in asked if q["sql"].startswith(("UPDATE", "INSERT", "DELETE"))]

    clock.shift(timedelta(seconds=59))
    assert not writes()
    clock.shift(timedelta(seconds=2))
    (update,) = writes()
    assert 'UPDATE "accounts_session"' in update and "session_data" not in update
    assert not writes()


def test_a_page_is_read_when_its_use_cannot_be_noted(mette, clock, monkeypatch):
    client = signed_in(mette)
    clock.shift(timedelta(minutes=2))

    def fail(self, **fields):
        raise OperationalError("database is locked")

    monkeypatch.setattr(type(Session.objects.all()), "update", fail)
    assert is_in(client)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="SQLite has one writer")
def test_noting_use_does_not_wait_for_another_writer(db):
    with connection.cursor() as cursor:
        (patience,) = cursor.execute("PRAGMA busy_timeout").fetchone()
        with sessions.without_waiting():
            assert cursor.execute("PRAGMA busy_timeout").fetchone() == (0,)
        assert cursor.execute("PRAGMA busy_timeout").fetchone() == (patience,)
    assert patience > 0


def test_a_form_sent_after_half_an_hour_is_there_after_signing_in(mette, yusuf, clock):
    client = signed_in(mette)
    form = meeting_form(note="Vi gik en tur.", author=expired_session.author(mette))
    clock.shift(timedelta(minutes=31))
    answer = client.post(log_url(yusuf), form)
    page = log_in(client, mette, answer.url)

    assert "Du var blevet logget ud." in page.text and "Vi gik en tur." in page.text


# The list


def test_the_security_page_lists_ones_devices_and_nobody_elses(mette, torben):
    here, phone = signed_in(mette, EDGE), signed_in(mette, IPHONE)
    signed_in(torben, MAC)
    text = here.get(SECURITY).text

    assert "Windows, Edge <strong>(denne enhed)</strong>" in text
    assert "iPhone, Safari</p>" in text
    assert "Mac, Firefox" not in text
    assert "i brug nu" in text and "sidst brugt i dag kl." in text
    assert phone.session.session_key not in text and here.session.session_key not in text


def public_key(client):
    return Session.objects.get(session_key=client.session.session_key).public_key


def test_one_device_is_logged_out_from_another(mette, yusuf):
    here, phone, tablet = signed_in(mette), signed_in(mette, IPHONE), signed_in(mette, ANDROID)
    answer = here.post(END_SESSIONS, {"enhed": public_key(phone)})

    assert answer.url == SECURITY and "Enheden er logget ud." in here.get(SECURITY).text
    assert not is_in(phone)
    assert is_in(tablet) and is_in(here)


def test_what_is_being_written_on_a_device_that_is_logged_out_is_kept(mette, yusuf):
    here, phone = signed_in(mette), signed_in(mette, IPHONE)
    here.post(END_SESSIONS, {"enhed": public_key(phone)})
    form = meeting_form(note="Fra telefonen", author=expired_session.author(mette))
    answer = phone.post(log_url(yusuf), form)
    page = log_in(phone, mette, answer.url)

    assert "Fra telefonen" in page.text


def test_all_other_devices_are_logged_out(mette, torben):
    here, phone, tablet = signed_in(mette), signed_in(mette, IPHONE), signed_in(mette, ANDROID)
    torbens = signed_in(torben)
    here.post(END_SESSIONS, {"alle": "1"})

    assert is_in(here) and is_in(torbens)
    assert not is_in(phone) and not is_in(tablet)


@pytest.mark.parametrize("data", [{}, {"enhed": ""}, {"enhed": "gættet"}])
def test_an_empty_or_made_up_device_ends_nothing(mette, data):
    here, phone = signed_in(mette), signed_in(mette, IPHONE)
    here.post(END_SESSIONS, data)

    assert is_in(here) and is_in(phone)


def test_the_device_of_somebody_else_is_not_logged_out(mette, torben):
    mettes, torbens = signed_in(mette), signed_in(torben)
    mettes.post(END_SESSIONS, {"enhed": public_key(torbens)})

    assert is_in(torbens)


def test_a_session_that_was_ended_is_not_brought_back_by_its_own_answer(mette):
    """A request that was on its way when its session was ended must not save it again."""
    session = signed_in(mette).session
    assert session[sessions.DEVICE]
    sessions.end(Session.objects.filter(session_key=session.session_key), "elsewhere")
    session["noget"] = "andet"
    with pytest.raises(sessions.db.UpdateError):
        session.save()

    assert not mette.sessions.exists()


def test_a_new_password_logs_out_the_other_devices_at_once(mette):
    here, phone = signed_in(mette), signed_in(mette, IPHONE)
    new = "lampe skov tirsdag kaffe"
    here.post("/konto/adgangskode/", {"oldpassword": PASSWORD, "password1": new, "password2": new})

    assert is_in(here) and not is_in(phone)
    assert [row.session_key for row in mette.sessions.all()] == [here.session.session_key]


# Roles


def test_a_session_ends_with_the_last_role(mette, programme, other_programme):
    mette.memberships.create(programme=other_programme, role="mentor", starts_on="2025-01-01")
    client = signed_in(mette)
    yesterday = today() - timedelta(days=1)
    end_roles(mette.memberships.filter(programme=programme), yesterday)
    assert is_in(client), "there is another one"
    end_roles(mette.memberships.exclude(programme=programme), yesterday)

    assert client.get(ACCOUNT).url == f"{LOG_IN}?next={ACCOUNT}"
    assert not mette.sessions.exists()


def test_what_was_written_when_the_last_role_ended_is_kept(mette, yusuf):
    client = signed_in(mette)
    end_roles(mette.memberships.all())
    form = meeting_form(note="Det sidste møde", author=expired_session.author(mette))
    answer = client.post(log_url(yusuf), form)
    assert answer.url.startswith(LOG_IN)
    page = log_in(client, mette, answer.url)

    assert page.status_code == 404 and "Intet er gemt" in page.text
    assert "Det sidste møde" in page.text


def test_somebody_without_a_role_may_sign_in_and_is_told(mette):
    end_roles(mette.memberships.all())
    client = signed_in(mette)

    assert "Du har ingen rolle i en indsats lige nu" in client.get("/", follow=True).text


def test_a_session_without_the_time_of_signing_in_opens_nothing(mette, sign_in):
    client = sign_in(mette)
    session = client.session
    del session[sessions.SIGNED_IN_AT]
    session.save()

    assert not is_in(client)


# Devices


@pytest.mark.parametrize(
    ("user_agent", "words", "phone"),
    [
        (IPHONE, "iPhone, Safari", True),
        (ANDROID, "Android, Chrome", True),
        (EDGE, "Windows, Edge", False),
        (MAC, "Mac, Firefox", False),
        (IPHONE.replace("Version/18.1", "CriOS/131.0"), "iPhone, Chrome", True),
        (
            ANDROID + " SamsungBrowser/27.0",
            "Android, Samsung Internet",
            True,
        ),
        (ANDROID.replace("Mobile ", ""), "Android, Chrome", False),
        (IPHONE.replace("iPhone", "iPad"), "iPad, Safari", False),
        ("curl/8.5", "Ukendt enhed", False),
        ("", "Ukendt enhed", False),
    ],
)
def test_a_device_in_words(user_agent, words, phone):
    assert device_words(user_agent) == words
    assert is_phone(user_agent) is phone


def test_a_forced_login_has_a_session_of_the_user(client, mette):
    enter(client, mette)

    assert User.objects.get(sessions__session_key=client.session.session_key) == mette


# The table


def test_ended_sessions_are_cleared_by_the_daily_command(mette, clock):
    old = signed_in(mette).session.session_key
    clock.shift(timedelta(minutes=31))
    new = signed_in(mette).session.session_key
    call_command("clearsessions")

    assert list(Session.objects.values_list("pk", flat=True)) == [new] != [old]


def test_sessions_of_before_the_upgrade_are_removed(db):
    migration = import_module("accounts.migrations.0002_session")
    model = apps.get_model("sessions", "Session")
    model.objects.create(session_key="x", session_data="", expire_date=timezone.now())
    migration.forget_old_sessions(apps, None)

    assert not model.objects.exists()
