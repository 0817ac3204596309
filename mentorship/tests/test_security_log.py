"""Each security event is logged, by whom and in which request, and never with a name or an e-mail.

One long day of the cast, in which every event happens once or more.
"""

import json
import logging
from datetime import date, datetime, timedelta
from io import StringIO
from time import time
from uuid import UUID

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core.management import call_command
from django.test import Client
from django.urls import include, path, reverse

from accounts.models import Session, User
from accounts.tests.builders import next_recovery_code, with_app
from accounts.tests.builders import sign_in as enter
from accounts.tests.oidc_server import OIDCServer
from accounts.tests.test_oidc import set_up
from accounts.tests.test_oidc import sign_in as by_single_sign_on
from cases.models import Membership
from cases.tests.builders import end_roles, log
from conftest import member
from imports.importing import import_files
from imports.tests import sheets
from mentorship import settings as site
from reporting.issuing import issue, propose
from reporting.models import ReportDraft, ReportWithdrawal, SingleIssuerProposal
from reporting.tests.examples import an_issued_report
from setup.models import FactorReset
from setup.tests.builders import an_invitation
from web import security_log
from web.dates import today

PASSWORD, NEW = "en lang adgangskode", "lampe skov tirsdag kaffe"
LOG_IN = "/konto/log-ind/"


@pytest.fixture(autouse=True)
def at_once(monkeypatch):
    """What waits for the commit does not wait in a test, which never commits."""
    monkeypatch.setattr("django.db.transaction.on_commit", lambda act: act())


def log_in(user, password=PASSWORD, client=None):
    client = client or Client()
    answer = client.post(LOG_IN, {"login": getattr(user, "email", user), "password": password})
    if answer.status_code == 302:
        client.post(reverse("mfa_authenticate"), {"code": next_recovery_code(user)})
    return client


def at_the_door(mette, mailoutbox):
    """Signing in and out, tries, devices, and a new password in both ways."""
    with_app(mette)
    here, phone = log_in(mette), log_in(mette)
    key = Session.objects.get(session_key=phone.session.session_key).public_key
    here.post("/konto/enheder/", {"enhed": key})
    log_in(mette, client=phone)
    here.post("/konto/enheder/", {"alle": "1"})
    here.post("/konto/adgangskode/", {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW})
    here.post("/konto/log-ud/")
    here.post("/konto/glemt/", {"email": mette.email})
    here.post("/konto/glemt/", {"email": "ukendt@example.dk"})
    for _ in range(6):
        log_in(mette, "forkert")
        log_in("ukendt@example.dk", "forkert")
    for _ in range(30):
        Client().post(LOG_IN, {})


def second_factors(torbens, torben, mette, programme, sign_in):
    """A code app set up, removed for a passkey, new codes, a wrong one, and a lost telephone."""
    page = torbens.get(reverse("mfa_activate_totp"))
    code = format_hotp_value(hotp_value(page.context["form"].secret, int(time()) // 30))
    torbens.post(reverse("mfa_activate_totp"), {"code": code})
    key = {"name": "iPhone, Safari", "credential": {}}
    Authenticator.objects.create(user=torben, type="webauthn", data=key)
    app = Authenticator.objects.get(user=torben, type="totp")
    torbens.post(reverse("mfa_remove_factor"), {"faktor": app.pk})
    torbens.post(reverse("mfa_generate_recovery_codes"))
    stranger = Client(REMOTE_ADDR="192.0.2.2")
    stranger.post(LOG_IN, {"login": mette.email, "password": NEW})
    stranger.post(reverse("mfa_authenticate"), {"code": "000000"})
    reset = FactorReset.objects.create(programme=programme, user=mette, recorded_by=torben)
    olga = sign_in(member(programme, "Olga Lund", "operator"))
    olga.post(reverse("answer_factor_reset", args=[reset.uuid]), {"ja": "1"})
    sign_in(torben)


def without_a_mail_server(mette, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    Client(REMOTE_ADDR="192.0.2.1").post("/konto/glemt/", {"email": mette.email})


def roles(rashid, programme):
    given = Membership.objects.create(
        programme=programme,
        user=rashid,
        role="operator",
        starts_on=today(),
        ends_on=today() + timedelta(days=2),
    )
    given.is_last_operator = lambda after: False
    given.end(on=today() + timedelta(days=1), by=None, reason="Stopper")
    User.objects.filter(pk=rashid.pk).update(is_active=False)
    rashid.refresh_from_db()
    rashid.is_active = True
    rashid.save()


def at_the_providers_door(settings):
    """Mette by single sign-on, and strangers: with an e-mail, and with a made-up address."""
    server = OIDCServer()
    settings.SINGLE_SIGN_ON = set_up(server)
    by_single_sign_on(Client())
    server.claims = {"email": "ukendt@example.dk", "sub": "ukendt"}
    by_single_sign_on(Client())
    Client().get(reverse("openid_connect_callback"))
    server.close()


def an_invitation_is_accepted(programme, torben):
    invitation, _ = an_invitation(programme, torben)
    invitation.accept(User.objects.create_user(invitation.email, PASSWORD, name="Sofie Lund"))


def a_coordinators_day(torbens, torben, programme, bilal, rashid, tmp_path):
    """Downloads, settings, an import and export, and a report."""
    log(bilal, rashid, note="En note om Bilal")
    torbens.get(reverse("overview_table", args=["mentorer", "xlsx"]))
    torbens.get(reverse("draft_report_pdf"), {"pr": today().isoformat()})
    issued = an_issued_report(programme, by=torben)
    for name in ("issued_report_pdf", "issued_report_json", "agenda_text", "agenda_document"):
        torbens.get(f"{reverse(name, args=[issued.uuid])}?lukket=ja")
    torbens.post(reverse("set_two_to_issue"), {"til": "1"})
    torbens.post(reverse("set_two_to_issue"), {"fra": "1"})
    SingleIssuerProposal.objects.get().confirm(by=rashid)
    withdrawal = {"report": issued, "reason": "Et navn", "recorded_by": torben}
    ReportWithdrawal.objects.create(**withdrawal).confirm(by=rashid)
    programme.refresh_from_db()
    draft = ReportDraft.objects.create(programme=programme, on=today(), written_by=torben)
    issue(draft, by=torben, fingerprint=propose(draft).fingerprint, ticked=True)
    assert import_files(programme, [("unge.xlsx", sheets.right())], by=torben).written
    call_command("export_register", programme.slug, tmp_path / "ud.xlsx", stdout=StringIO())


@pytest.fixture
def day(events, request, settings, mailoutbox, tmp_path, areas, sign_in):
    """The events of the day."""
    cast = {
        name: request.getfixturevalue(name)
        for name in ("mette", "torben", "rashid", "bilal", "programme")
    }
    torbens = sign_in(cast["torben"])
    at_the_door(cast["mette"], mailoutbox)
    second_factors(torbens, cast["torben"], cast["mette"], cast["programme"], sign_in)
    without_a_mail_server(cast["mette"], settings)
    at_the_providers_door(settings)
    roles(cast["rashid"], cast["programme"])
    an_invitation_is_accepted(cast["programme"], cast["torben"])
    a_coordinators_day(
        torbens, cast["torben"], cast["programme"], cast["bilal"], cast["rashid"], tmp_path
    )
    end_roles(cast["torben"].memberships.all())
    torbens.get("/konto/")
    return events()


def test_every_event_is_logged_with_all_its_facts(day):
    seen = {}
    for event in day:
        seen.setdefault(event["event"], set()).update(event)
    common = {"time", "event", "request", "user", "by"}

    assert seen.keys() == security_log.EVENTS.keys()
    for name, facts in security_log.EVENTS.items():
        assert seen[name] - common == facts, name


def test_no_event_has_a_name_or_an_email_or_a_password(day):
    lines = json.dumps(day, ensure_ascii=False).casefold()
    people = [name for user in User.objects.all() for name in (*user.name.split(), user.email)]
    people += ["bilal", "karim", "yusuf", "hamdan", "ukendt@example.dk", "@"]
    texts = [PASSWORD, NEW, "lampe", "forkert", "en note", "karlemoseparken"]

    assert len(people) > 10
    assert not [text for text in [*people, *texts] if text.casefold() in lines]


def test_a_time_has_a_zone_and_a_request_its_own_id(day):
    assert all(datetime.fromisoformat(event["time"]).tzinfo for event in day)
    of_downloads = [e["request"] for e in day if e["event"] == "report_downloaded"]
    assert len(set(of_downloads)) == len(of_downloads) == 5 and "-" not in of_downloads


def test_who_did_it_and_whom_it_is_about(events, sign_in, torben, rashid, yusuf):
    client = sign_in(torben)
    client.get(reverse("overview_table", args=["mentorer", "csv"]))
    end_roles(rashid.memberships.all(), today())
    download, ended = events()[-2:]

    assert download["event"] == "table_downloaded" and download["user"] == torben.pk
    assert (download["table"], download["file_type"]) == ("mentorer", "csv")
    assert (ended["user"], ended["role"], ended["ends_on"]) == (
        rashid.pk,
        "mentor",
        today().isoformat(),
    )
    assert "by" not in ended and ended["request"] == "-"  # in the shell


@pytest.mark.parametrize(
    ("event", "facts"),
    [
        ("signed_in", {"name": "Mette"}),
        ("signed_in", {"programme": "unge"}),
        ("role_given", {"role": "Mette Sørensen"}),
        ("role_given", {"role": "mette@example.dk"}),
        ("role_given", {"role": ["mentor"]}),
        ("role_given", {"role": "a" * 65}),
        ("role_given", {"role": "mentor\n{}"}),
        ("mail_failed", {"mail": {"to": "mette"}}),
        ("mail_failed", {"user": "mette@example.dk"}),
    ],
)
def test_what_may_be_a_text_is_refused(event, facts):
    with pytest.raises(ValueError):
        security_log.record(event, **facts)


def test_an_event_without_a_line_in_the_list_is_refused():
    with pytest.raises(KeyError):
        security_log.record("something_else")


def test_facts_are_keys_days_and_words():
    key = UUID(int=7)
    assert security_log.plain(date(2026, 3, 1)) == "2026-03-01"
    assert security_log.plain(key) == str(key)
    assert security_log.plain(True) is True and security_log.plain(7) == 7


def test_an_email_nobody_has_is_the_same_word_each_time_and_not_the_email():
    one, again, other = map(
        security_log.fingerprint, ("X@example.dk", "x@example.dk", "y@example.dk")
    )
    assert one == again != other and "x" not in one


def test_a_real_site_logs_events_and_a_trial_none():
    handlers = site.LOGGING["handlers"]
    assert handlers["events"]["level"] == "WARNING" and site.LOCAL
    assert site.LOGGING["loggers"]["security"]["level"] == "INFO"


# The id of a request


def fails(request):
    raise ZeroDivisionError("Yusuf Hamdan")


urlpatterns = [path("", include("mentorship.urls")), path("fejl/", fails)]
handler500 = "mentorship.views.server_error"


@pytest.mark.urls(__name__)
def test_an_errors_number_is_on_the_page_in_the_answer_and_in_the_log(mette, capture_stderr):
    client = Client(raise_request_exception=False)
    enter(client, mette)
    answer = client.get("/fejl/")
    number = answer.headers["X-Request-ID"]

    assert answer.status_code == 500
    assert f"Fejlnummer:\n  <strong>{number}</strong>" in answer.text
    (line,) = [line for line in capture_stderr() if "/fejl/" in line and "ERROR" in line]
    assert f"django.request {number} user={mette.pk} Internal Server Error: /fejl/" in line
    assert datetime.strptime(line.split()[0], "%Y-%m-%dT%H:%M:%S%z")
    number = client.get("/nej/").headers["X-Request-ID"]
    assert f"{number} user={mette.pk} Not Found: /nej/" in capture_stderr()[-1]


@pytest.fixture
def capture_stderr():
    """capture_stderr() returns the lines that the handler of the settings writes."""
    lines = []
    handler = next(h for h in logging.getLogger("django").handlers if h.formatter)

    class Keep(logging.Handler):
        def emit(self, record):
            lines.extend(self.format(record).splitlines())

    keep = Keep()
    keep.setFormatter(handler.formatter)
    for each in handler.filters:
        keep.addFilter(each)
    logging.getLogger("django").addHandler(keep)
    yield lambda: lines
    logging.getLogger("django").removeHandler(keep)


def test_each_request_has_its_own_id(client, db):
    ids = [client.get(address).headers["X-Request-ID"] for address in (LOG_IN, LOG_IN, "/nej/")]

    assert len(set(ids)) == 3 and all(len(number) == 8 for number in ids)


def test_an_id_is_not_taken_from_the_visitor(client, db):
    answer = client.get(LOG_IN, headers={"x-request-id": "deadbeef"})
    assert answer.headers["X-Request-ID"] != "deadbeef"
