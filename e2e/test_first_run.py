"""From an empty database to the first logged meeting, on a phone, without a terminal.

The mails are read from the folder that they are written to.
"""

import re
from io import StringIO

import pytest
from django.core.management import call_command
from playwright.sync_api import expect

from cases.models import Meeting, Mentee, Programme, Role
from web.dates import today

from .audit import audit, prepare
from .conftest import PHONE
from .test_passkey import FACE, answers_for_its_owner

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PASSWORD = "kaffe lampe tirsdag skov"


@pytest.fixture
def folder(settings, tmp_path):
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = str(tmp_path)
    return tmp_path


def link_to(folder, email):
    """The path of the link in the mail to the address."""
    texts = [path.read_text() for path in folder.iterdir()]
    [text] = [text for text in texts if f"To: {email}" in text]
    return re.search(r"http://[^/]+(/konto/invitation/\S+)", text)[1]


def arrive(page, link):
    """Choose a password, then the phone's own face as the second step."""
    answers_for_its_owner(page)
    page.goto(link)
    for fold in page.locator("main summary").all():
        fold.tap()  # a password is one of several ways
    for field in ("#id_password1", "#id_password2"):
        page.locator(field).fill(PASSWORD)
    page.get_by_role("button", name="Gem, og log ind").tap()
    page.get_by_role("link", name=FACE).tap()
    page.get_by_role("button", name=FACE).tap()
    page.get_by_role("link", name="Jeg har gemt dem").tap()


def heading(page, words):
    expect(page.get_by_role("heading", level=1)).to_have_text(words)


def looked_at(page, words):
    """Axe and the house rules on a step, before anything is typed."""
    heading(page, words)
    assert audit(page) == []


def save(page, words="Gem og fortsæt"):
    page.get_by_role("button", name=words, exact=True).tap()


def test_from_an_empty_database_to_the_first_meeting(browse, folder):
    out = StringIO()
    call_command("first_operator", "olga@koege.example", "--name", "Olga Lund", stdout=out)
    operator = browse(reduced_motion="reduce", **PHONE)
    prepare(operator)
    arrive(operator, re.search(r"http://[^/]+(/\S+)", out.getvalue())[1])
    set_up(operator)

    torben = browse(**PHONE)
    arrive(torben, link_to(folder, "torben@koege.example"))
    mette = browse(**PHONE)
    arrive(mette, link_to(folder, "mette@koege.example"))
    take_in(torben)
    log_the_first_meeting(mette)

    meeting = Meeting.objects.get()
    assert (meeting.held_by.name, meeting.held_on) == ("Mette Sørensen", today())
    assert meeting.attendances.get().mentee == Mentee.objects.get()


def set_up(page):
    looked_at(page, "Navn og dage")
    page.get_by_label("Hvad hedder indsatsen?").fill("Unge på Vej")
    page.get_by_label("Begynder").fill(str(today()))
    save(page)

    looked_at(page, "Boligområder")
    page.get_by_label("Ét boligområde på hver linje").fill(
        "Hastrupparken = Hastrup, HP\nKarlemoseparken\nhastrupparken"
    )
    save(page)

    looked_at(page, "Målet")
    page.get_by_label("Besluttet af").fill("Børne- og Skoleudvalget 17.11.2026")
    save(page)

    for name, role in (("Torben Kjær", Role.COORDINATOR), ("Mette Sørensen", Role.MENTOR)):
        heading(page, "Personer")
        page.get_by_label("Navn").fill(name)
        page.get_by_label("E-mail").fill(f"{name.split()[0].lower()}@koege.example")
        page.get_by_label("Rolle").select_option(role.value)
        save(page, "Send invitation")
    looked_at(page, "Personer")
    page.get_by_role("link", name="Fortsæt til partnere").tap()

    looked_at(page, "Partnere")
    for partner in ("UUV", "SSP"):
        page.get_by_text(partner, exact=True).tap()
    save(page)

    looked_at(page, "Persondata")
    page.get_by_label("Dataansvarlig").fill("Køge Kommune")
    page.get_by_label("Databeskyttelsesrådgiver").fill("dpo@koege.example")
    page.get_by_label("Hvor længe gemmes oplysningerne?").fill("Fem år efter den sidste dag.")
    save(page)

    looked_at(page, "Begynd")
    expect(page.get_by_text("6 af 6 er på plads.")).to_be_visible()
    save(page, "Åbn indsatsen")
    heading(page, "Personer og roller")
    programme = Programme.objects.get()
    assert programme.set_up_at
    assert [area.name for area in programme.areas.all()] == ["Hastrupparken", "Karlemoseparken"]


def take_in(page):
    heading(page, "Overblik")
    expect(page.get_by_text("Det mangler i opsætningen")).not_to_be_visible()
    page.get_by_role("link", name="Indskriv ung").tap()
    page.get_by_label("Navn").fill("Yusuf Hamdan")
    page.get_by_label("Fødselsdag").fill("2007-05-14")
    for choice in ("Dreng", "Skole", "Hastrupparken", "Mette Sørensen"):
        page.get_by_text(choice, exact=True).first.tap()
    page.get_by_role("button", name="Indskriv ung").tap()
    heading(page, "Yusuf Hamdan")


def log_the_first_meeting(page):
    page.goto("/")
    heading(page, "Min uge")
    page.get_by_role("link", name="Log møde med Yusuf Hamdan").tap()
    page.get_by_label("Note").fill("Vi hilste på hinanden.")
    page.get_by_role("button", name="Gem møde").tap()
    expect(page.get_by_role("status").first).to_contain_text("Gemt: mødet med Yusuf Hamdan.")
