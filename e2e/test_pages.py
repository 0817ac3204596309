"""audit.py on every page of every role, in every state."""

from datetime import timedelta
from typing import NamedTuple
from uuid import uuid4

import pytest
from django.core import mail
from django.template.loader import render_to_string
from django.test import Client
from django.urls import get_resolver, resolve, reverse
from django.utils.timezone import now

from accounts.models import User
from accounts.tests.builders import recovery_codes, with_app
from cases.models import (
    Agreement,
    Attendance,
    AttendanceOutcome,
    Gender,
    Meeting,
    Membership,
    Mentee,
    Programme,
    Residence,
    Role,
    StatusChange,
    Strike,
)
from cases.tests.in_sql import as_of
from imports.tests import sheets
from imports.workbook import XLSX
from reporting.issue import HEADINGS
from reporting.issuing import issue, propose
from reporting.models import Decision, ReportDraft, ReportWithdrawal
from setup.tests.builders import an_invitation
from web.dates import today

from .audit import PHONE, audit, prepare

pytestmark = pytest.mark.browser


UNG = [["7", "Ung Person", "14.05.2007", "dreng", str(today()), "ingen", "ingen", ""]]
A_FILE = sheets.right(unge=UNG, statusser=[["7", str(today()), "Skole", ""]], moeder=[])


class World:
    """Addresses of the demo by case, and the empty states, which the demo lacks."""

    def __init__(self, users):
        self.users = users
        with_app(users["olga"])
        recovery_codes(users["olga"])
        self.yusuf = Mentee.objects.get(name="Yusuf Hamdan")
        hers = as_of(Mentee.objects.visible_to(users["mette"]), today())
        self.paused = hers.filter(paused=True).first()
        self.newest = hers.order_by("enrolled_on").last()
        meetings = Meeting.objects.known().filter(
            held_by=users["mette"], attendances__mentee=self.paused
        )
        self.meeting = meetings.order_by("-held_on").first()
        wrong = self.yusuf.statuschange_set.exclude(withdrawn_at=None).first()
        wish = Strike(
            mentee=self.yusuf, kind="status", row=wrong.pk, reason="Skrevet om den forkerte"
        ).ask(by=users["mette"])
        self.ask = reverse("ask_to_strike", args=[self.yusuf.uuid, "status", wrong.uuid])
        self.wish = reverse("answer_strike", args=[self.yusuf.uuid, wish.uuid])
        self.key_figure = self.yusuf.programme.key_figures.create(
            what="Beboere",
            value="5.219",
            source="Danmarks Statistik",
            source_url="https://www.dst.dk/",
        )
        _, self.token = an_invitation(self.yusuf.programme, users["torben"])
        self.newcomers()
        self.reports()

    def newcomers(self):
        """A mentor without mentees, a user without a role, and three programmes of Torben's: being
        set up, empty and wrong."""
        day = today() - timedelta(days=30)
        living = self.yusuf.programme
        self.users["ny"] = self.join("Nina Ny", living, Role.MENTOR, day)
        self.users["uden"] = User.objects.create_user(
            "uden@example.dk", "en lang adgangskode", name="Uden Rolle"
        )
        for name, slug, set_up_at in (
            ("Unge på Vej", "paa-vej", None),
            ("Ny indsats", "ny", now()),
            ("Uden status", "skaev", now()),
        ):
            programme = Programme.objects.create(
                name=name, slug=slug, starts_on=day, set_up_at=set_up_at
            )
            Membership.objects.create(
                programme=programme, user=self.users["torben"], role=Role.COORDINATOR, starts_on=day
            )
        Mentee.objects.create(
            programme=programme,
            name="Glemt Person",
            born_on=day - timedelta(days=18 * 366),
            gender=Gender.MALE,
            enrolled_on=day,
            recorded_by=self.users["torben"],
        )

    @staticmethod
    def join(name, programme, role, day):
        user = User.objects.create_user(
            f"{name.split()[0].lower()}@example.dk", "en lang adgangskode", name=name
        )
        Membership.objects.create(programme=programme, user=user, role=role, starts_on=day)
        return user

    def reports(self):
        """A report issued and corrected and a draft of the next one, every field filled in."""
        torben, day = self.users["torben"], today() - timedelta(days=100)
        texts = dict.fromkeys(HEADINGS, "Noget om indsatsen.\n\nOg mere.")
        report = {
            "programme": self.yusuf.programme,
            "written_by": torben,
            "to_follow_group": True,
            "edition": "full",
            **texts,
        }
        first = self.issue(ReportDraft.objects.create(on=day, **report))
        self.issued = self.issue(
            ReportDraft.objects.create(on=day, corrects=first, change="Et tal", **report)
        )
        decision = {"decided_on": day, "text": "Taget til efterretning.", "absent": "Ingen"}
        Decision.objects.create(report=self.issued, recorded_by=torben, **decision)
        self.superseded = first
        self.withdrawn, self.opened = (
            self.issue(ReportDraft.objects.create(on=on, **report | {"edition": "open"}))
            for on in (day, today())
        )
        reason = {"reason": "En ung kunne kendes", "recorded_by": torben}
        ReportWithdrawal.objects.create(report=self.issued, **reason)
        withdrawal = ReportWithdrawal.objects.create(report=self.withdrawn, **reason)
        withdrawal.confirm(by=self.users["olga"])
        self.draft = ReportDraft.objects.create(on=day + timedelta(days=60), **report)

    def issue(self, draft):
        return issue(
            draft, by=self.users["torben"], fingerprint=propose(draft).fingerprint, ticked=True
        )

    def fact(self, model):
        return model.objects.known().filter(mentee=self.paused).first()

    @property
    def addresses(self):
        """The names in braces in LOOKS."""
        agreement = Agreement.objects.open(on=today()).filter(mentee=self.yusuf).first()
        return {
            "yusuf": self.yusuf.get_absolute_url(),
            "with_yusuf": f"{reverse('record_meeting')}?ung={self.yusuf.uuid}",
            "newest": self.newest.get_absolute_url(),
            "paused": self.paused.get_absolute_url(),
            "meeting": reverse("correct_meeting", args=[self.meeting.uuid]),
            "agreement": reverse("close_agreement", args=[agreement.uuid]),
            "status": reverse("withdraw_fact", args=["status", self.fact(StatusChange).uuid]),
            "area": reverse("withdraw_fact", args=["bopael", self.fact(Residence).uuid]),
            "ask": self.ask,
            "wish": self.wish,
            "peter": self.users["peter"].pk,
            "living": self.yusuf.programme.slug,
            "partner": reverse("partner", args=[self.yusuf.programme.partners.first().uuid]),
            "housing_area": reverse("area", args=[self.yusuf.programme.areas.first().uuid]),
            "key_figure": reverse("withdraw_key_figure", args=[self.key_figure.uuid]),
            "draft": reverse("report_draft", args=[self.draft.uuid]),
            "issued": self.issued.get_absolute_url(),
            "superseded": self.superseded.get_absolute_url(),
            "opened": self.opened.get_absolute_url(),
            "withdrawn": self.withdrawn.get_absolute_url(),
            "end_mette": reverse("end_role", args=[self.role_of("mette").uuid]),
            "invitation": reverse("account_open_invitation", args=[self.token]),
        }

    def role_of(self, who):
        return self.users[who].memberships.get(programme=self.yusuf.programme)

    def correct_behind_my_back(self):
        """Another user corrects the meeting that is open in the browser."""
        corrected = Meeting(
            programme=self.meeting.programme,
            held_on=self.meeting.held_on,
            minutes=90,
            held_by=self.meeting.held_by,
            submit_key=uuid4(),
            replaces=self.meeting,
        )
        attendance = Attendance(
            mentee=self.paused,
            outcome=AttendanceOutcome.MET,
            note="Vi talte længe.\nOg gik en tur bagefter.",
        )
        corrected.record([(attendance, [])], by=self.users["torben"])


# Actions on a page before it is audited.


def press(words):
    def press(page, world):
        page.get_by_role("button", name=words, exact=True).first.click()
        page.wait_for_load_state()

    return press


def empty_and_press(words, *labels):
    def empty_and_press(page, world):
        for label in labels:
            page.get_by_label(label).fill("")
        press(words)(page, world)

    return empty_and_press


def try_file(content):
    def try_file(page, world):
        page.get_by_label("Regneark").set_input_files(
            {"name": "unge.xlsx", "mimeType": XLSX, "buffer": content}
        )
        press("Prøv filen")(page, world)

    return try_file


def unfold(page, world):
    """Open all <details> but the choices on top: they move the page, and are open if used."""
    page.evaluate(
        "document.querySelectorAll('main details:not(.choose)').forEach((fold) => { fold.open = true; })"
    )


def tap_no_show(page, world):
    page.get_by_role("button", name="Udeblevet").first.click()
    page.get_by_role("button", name="Fortryd").wait_for()


def tap_no_show_again(page, world):
    page.get_by_role("button", name="Udeblevet").first.click()
    page.wait_for_url("**/udfald/")


def log_twice(page, world):
    press("Gem møde")(page, world)
    page.goto(world.addresses["with_yusuf"])
    press("Gem møde")(page, world)


def clear_the_lines(page, world):
    page.get_by_label("Ét boligområde på hver linje").fill("Byparken\nbyparken\nLunden = Byparken")
    press("Læs linjerne igen")(page, world)


def choose_no_password(page, world):
    page.get_by_text("Adgangskode og kode-app").click()
    press("Gem, og log ind")(page, world)


def add_somebody(page, world):
    page.get_by_text("Var der flere unge med?").click()
    page.get_by_role("group", name="Hvem var også med?").get_by_text(world.newest.name).click()
    press("Tilføj til mødet")(page, world)


def choose_others(page, world):
    for group, choice in (
        ("Hvornår?", "Anden dag"),
        ("Hvor længe?", "Andet"),
        ("Næste aftale", "En anden tid"),
    ):
        page.get_by_role("group", name=group).get_by_text(choice, exact=True).click()
    unfold(page, world)


def log_badly(page, world):
    """Provoke as many errors as the page can show."""
    choose_others(page, world)
    page.get_by_label("Note").fill("010203-4567 ringede.")
    page.get_by_label("Ny aftale").fill("Yusuf ringer")
    press("Gem møde")(page, world)


def collide(page, world):
    world.correct_behind_my_back()
    page.get_by_label("Note").fill("Min tekst, som ikke må blive væk.")
    press("Gem rettelse")(page, world)


def lose_the_cookie(page, world):
    page.context.clear_cookies(name="csrftoken")
    press("Log ind")(page, world)


def open_the_mailed_link_and_fail(page, world):
    page.get_by_label("E-mail").fill(world.users["mette"].email)
    press("Send link")(page, world)
    [path] = [word for word in mail.outbox[0].body.split() if "/konto/glemt/" in word]
    page.goto(path)
    press("Gem adgangskode")(page, world)


def try_too_often(page, world):
    for _ in range(31):
        Client().post(reverse("account_login"), {"login": "", "password": ""})
    press("Log ind")(page, world)


def break_down(page, world):
    """Show 500.html, which no address shows, from its template."""
    answer = {"body": render_to_string("500.html"), "content_type": "text/html"}
    # Of the context: a service worker fetches it.
    page.context.route("**/brudt/", lambda route: route.fulfill(**answer))
    page.goto("/brudt/")


def issue_without_a_tick(page, world):
    page.get_by_role("button", name="Udsend rapporten").click()
    page.wait_for_load_state()


def open_the_folds(page, world):
    """Click each: after a click the sheet may move."""
    for summary in page.locator("main aside summary").all():
        summary.click()


def decide_nothing(page, world):
    open_the_folds(page, world)
    press("Gem beslutning")(page, world)


class Look(NamedTuple):
    path: str
    status: int = 200
    first: object = None  # called with (page, world) before the audit


# {group: {who: looks}}. Forms are audited with their errors, which is a superset. Of the long pages
# one is audited whole, the others with a filter: axe is slow.
LOOKS = {
    "signing in": {
        None: (
            Look("/konto/log-ind/"),
            Look("/konto/log-ind/", 200, press("Log ind")),
            Look("/konto/log-ind/", 403, lose_the_cookie),
            Look("/konto/glemt/", 200, press("Send link")),
            Look("/konto/glemt/", 200, open_the_mailed_link_and_fail),
            Look("/konto/glemt/x-y/"),
            Look("/konto/glemt/sendt/"),
            Look("/konto/glemt/faerdig/"),
            Look("/konto/opret/"),
            Look("/konto/lukket/"),
            Look("/tilgaengelighed/"),
            Look("/oplysninger/"),
            Look("/offline/"),
            Look("/findes-ikke/", 404),
            Look("/tilgaengelighed/", 200, break_down),
            Look("/konto/log-ind/", 429, try_too_often),
        ),
    },
    "a mentor": {
        "mette": (
            Look("/min-uge/", 200, tap_no_show),
            Look("/min-uge/", 409, tap_no_show_again),
            Look("/unge/", 200, unfold),
            Look("/unge/ny/", 422, press("Indskriv ung")),
            Look("{newest}"),
            Look("{yusuf}?vis=status", 200, unfold),
            Look("{paused}ret/", 422, empty_and_press("Gem oplysninger", "Navn", "Fødselsdag")),
            Look("{paused}status/", 422, empty_and_press("Gem status", "Fra hvilken dag?")),
            Look("{paused}bopael/", 422, press("Gem boligområde")),
            Look("{paused}pause/", 422, press("Gem pause")),
            Look("{paused}pause/slut/"),
            Look("{paused}aftale/", 422, press("Gem aftale")),
            Look("{paused}naeste/", 422, press("Gem tid")),
            Look("{agreement}", 422, press("Flyt aftale")),
            Look("/overblik/", 403),
            Look("/hjaelp/"),
            Look("/konto/"),
            Look("/konto/adgangskode/", 200, press("Skift adgangskode")),
            Look("/konto/bekraeft/", 200, press("Bekræft")),
            Look("/konto/log-ud/"),
        ),
        "ny": (Look("/min-uge/"), Look("/unge/"), Look("/moeder/ny/")),
    },
    "meetings and facts": {
        "mette": (
            Look("/moeder/ny/"),
            Look("{with_yusuf}"),
            Look("{with_yusuf}", 200, add_somebody),
            Look("{with_yusuf}", 422, log_badly),
            Look("{with_yusuf}", 409, log_twice),
            Look("{meeting}"),
            Look("{meeting}traek-tilbage/", 422, press("Træk tilbage")),
            Look("{status}", 422, press("Træk tilbage")),
            Look("{area}"),
            Look("{ask}", 422, press("Bed om at få teksten slettet")),
            Look("{wish}"),
            Look("{meeting}", 409, collide),
        ),
    },
    "reports": {
        "torben": (
            Look("/rapporter/?indsats={living}"),
            Look("{draft}"),
            Look("{draft}", 409, issue_without_a_tick),
            Look(
                "{draft}tekster/", 422, empty_and_press("Gem og se rapporten", "Statusrapport pr.")
            ),
            Look("{issued}", 200, open_the_folds),
            Look("{issued}", 422, decide_nothing),
            Look("{issued}siden/"),
            Look("{issued}dagsorden/lukket/"),
            Look("{issued}dagsorden/lukket/?lukket=ja"),
            Look("{issued}traek-tilbage/", 422, press("Foreslå")),
            Look("{withdrawn}"),
            Look("/godkendelser/?indsats={living}"),
            Look("{superseded}"),
            Look("{opened}siden/"),
        ),
        "kirsten": (
            Look("/rapporter/"),
            Look("{issued}"),
            Look("{superseded}"),
            Look("{opened}", 200, unfold),
            Look("{withdrawn}", 410),
        ),
    },
    "the coordinator": {
        "torben": (
            Look("/overblik/?indsats={living}", 200, unfold),
            Look("/overblik/?indsats={living}&omraade=hastrupparken&kontakt=omraade", 200, unfold),
            Look("/overblik/?indsats={living}&omraade=udenfor"),
            Look("/overblik/?pr=2100-01-01&mentor=x", 400),
            Look("/mangler/?indsats={living}"),
            Look("/mangler/?indsats={living}&mentor=x", 400),
            Look("/rapporter/"),
            Look("/rapporter/kladde/", 200, unfold),
            Look("/rapporter/kladde/?pr=vrøvl", 400),
            Look("/unge/?status=alle&sorter=navn&mentor={peter}", 200, unfold),
            Look("/unge/?status=dropped_out&mentor=ingen"),
            Look("/unge/ny/", 422, press("Indskriv ung")),
            Look("{paused}?vis=aftaler", 200, unfold),
            Look("{paused}mentor/", 422, empty_and_press("Gem mentor", "Fra hvilken dag?")),
            Look("{wish}"),
            Look("/indsats/", 422, press("Gem vikar")),
            Look("/indsats/partnere/", 422, press("Tilføj")),
            Look("{partner}", 422, press("Tilføj kontaktperson")),
            Look("/indsats/boligomraader/", 200, press("Læs linjerne igen")),
            Look("{housing_area}", 422, press("Gem navn")),
            Look("/indsats/noegletal/", 422, press("Tilføj")),
            Look("{key_figure}", 422, press("Træk tilbage")),
            Look("/indsats/forloeb/"),
            Look("/indsats/forloeb/slut/", 409, press("Gem den sidste dag")),
            Look("/indsats/forloeb/kopi/", 422, press("Opret indsatsen")),
            Look("/indsats/maal/", 200, press("Tæl efter")),
            Look("/indsats/maal/", 422, press("Gem")),
            Look("/indsats/forventninger/", 422, press("Gem")),
            Look("/import/", 422, press("Prøv filen")),
            Look(
                "/import/", 422, try_file(sheets.right(statusser=[["7", "i går", "astronaut", ""]]))
            ),
            Look("/import/", 200, try_file(A_FILE)),
            Look("/min-uge/", 403),
            Look("/konto/"),
            Look("/overblik/?indsats=ny"),
            Look("/unge/"),
            Look("/overblik/?indsats=skaev"),
            Look("/unge/"),
            Look("/rapporter/kladde/"),
            Look("/rapporter/kladde/pdf/", 409),
        ),
    },
    "people and roles": {
        None: (
            Look("{invitation}", 422, choose_no_password),
            Look("/konto/invitation/et-gaet/", 404),
        ),
        "torben": (
            Look("/brugere/?indsats={living}"),
            Look("/brugere/inviter/", 422, press("Send invitation")),
            Look("{end_mette}", 422, press("Afslut rollen")),
        ),
        "olga": (Look("/brugere/"), Look("{end_mette}", 422, press("Afslut rollen"))),
    },
    "setting up": {
        "olga": (
            Look("/indsats/ny/", 422, press("Gem og fortsæt")),
            Look("/indsats/opsaetning/navn/"),
            Look("/indsats/opsaetning/omraader/", 422, clear_the_lines),
            Look("/indsats/opsaetning/maal/", 422, empty_and_press("Tæl efter", "Pladser")),
            Look("/indsats/opsaetning/personer/", 422, press("Send invitation")),
            Look("/indsats/opsaetning/partnere/", 422, press("Tilføj")),
            Look("/indsats/opsaetning/persondata/"),
            Look("/indsats/opsaetning/begynd/"),
        ),
        "torben": (
            # not opened yet, and nothing in it
            Look("/indsats/opsaetning/begynd/?indsats=paa-vej", 422, press("Åbn indsatsen")),
            Look("/konto/"),
        ),
    },
    "readers and others": {
        "kirsten": (Look("/rapporter/"), Look("/unge/", 403), Look("{yusuf}", 404)),
        "farid": (Look("/rapporter/"),),
        "olga": (
            Look("/konto/"),
            Look("/rapporter/", 403),
            Look("/godkendelser/"),
            Look("/godkendelser/to-trin/", 422, press("Foreslå")),
            Look("/konto/sikkerhed/", 200, unfold),
            Look("/konto/sikkerhed/noegle/"),
            Look("/konto/sikkerhed/noedkoder/"),
            Look("/konto/sikkerhed/noedkoder/nye/"),
            Look("/konto/bekraeft/kode/", 200, press("Bekræft")),
        ),
        "signe": (
            Look("/min-uge/"),
            Look("{yusuf}", 404),
            Look("/konto/sikkerhed/kode-app/", 200, press("Sæt op")),
        ),
        "uden": (Look("/konto/"),),
    },
}

# Without a page of their own: redirects, actions of other pages, machine-readable.
NOT_LOOKED_AT = {
    *("home", "setup", "account_set_password", "overview_table"),
    *(
        "quick_record",
        "undo",
        "add_substitution",
        "end_substitution",
        "add_partner",
        "add_usual_partners",
        "use_partner",
        "add_contact",
        "withdraw_contact",
        "link_programme",
        "reopen_programme",
        "add_topic",
        "change_topic",
        "set_drafts",
        *("rename_area", "use_area"),
        "withdraw_goal",
        "withdraw_expectation",
        "answer_goal",
        "answer_expectation",
        "set_two_to_issue",
        "set_mfa_for_readers",
        "set_phones",
        "set_substitute_sight",
        "import_run",  # imports/tests look at it over TCP
        "account_end_sessions",
        *("mfa_deactivate_totp", "mfa_remove_factor"),
        # in the middle of signing in, or with a passkey: e2e/test_passkey.py
        *("mfa_authenticate", "mfa_login_webauthn", "mfa_reauthenticate_webauthn"),
        "answer_single_issuer",
        "answer_factor_reset",
        "answer_withdrawal",
        "begin_report",
        "hand_over_report",
        "issue_report",
        "discard_report_draft",
        "correct_report",
        "record_decision",
        "send_invitation_again",
        "withdraw_invitation",
        "account_accept_invitation",  # where the link leads
    ),
    *(
        "report_draft_pdf",
        "issued_report_pdf",
        "issued_report_json",
        "agenda_text",
        "agenda_document",
    ),
    *("health", "service_worker", "import_template"),
    # Not set up: e2e/test_single_sign_on.py looks at what there is to see.
    *("openid_connect_login", "openid_connect_callback"),
    *("saml_login", "saml_acs", "saml_finish_acs", "saml_metadata", "saml_sls"),
}

STATUS = "performance.getEntriesByType('navigation')[0].responseStatus"


def test_every_page_is_looked_at(demo):
    addresses = World(demo).addresses
    paths = {
        look.path.format(**addresses)
        for group in LOOKS.values()
        for looks in group.values()
        for look in looks
    }
    looked_at = {resolve(path.partition("?")[0]).url_name for path in paths - {"/findes-ikke/"}}
    everything = {name for name in get_resolver().reverse_dict if isinstance(name, str)}
    assert everything - looked_at == NOT_LOOKED_AT


@pytest.mark.parametrize("group", LOOKS)
def test_nothing_is_wrong_with_the_pages_of(group, browse, demo):
    world = World(demo)
    complaints = []
    for who, looks in LOOKS[group].items():
        page = browse(world.users.get(who), viewport=PHONE, reduced_motion="reduce")
        prepare(page)
        for look in looks:
            complaints += [f"{who} {look.path}: {line}" for line in look_at(page, look, world)]
    assert not complaints, "\n".join(complaints)


def look_at(page, look, world):
    page.goto(look.path.format(**world.addresses))
    if look.first:
        look.first(page, world)
    status = page.evaluate(STATUS)
    # A refusal or an error looks like the page it is about.
    complaints = audit(page, thorough=status == 200)
    return (
        complaints
        if status == look.status
        else [f"answered {status}, not {look.status}", *complaints]
    )
