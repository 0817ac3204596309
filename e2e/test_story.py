"""End to end: Mette logs a meeting on her phone, and the committee's report counts it."""

import re
from io import BytesIO
from pathlib import Path

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from cases.models import Meeting
from reporting.checks import pdf_can_be_printed
from reporting.models import IssuedReport
from web.dates import day_and_month, today

from .conftest import PHONE, sign_in

pytestmark = pytest.mark.browser


def choose(page, group, *choices):
    for choice in choices:
        page.get_by_role("group", name=group).get_by_text(choice, exact=True).tap()


def test_a_meeting_on_the_phone_becomes_a_figure_in_the_report(browse, mette, torben, yusuf):
    overview = browse(torben)
    overview.goto("/")
    expect(overview.get_by_role("heading", level=1)).to_have_text("Overblik")
    expect(overview.locator(".figure-large")).to_have_text("0 af 30")

    phone = browse(**PHONE)
    log_a_meeting(phone, mette)
    change_the_status(phone)
    meeting = Meeting.objects.get()
    assert (meeting.minutes, meeting.held_by, meeting.held_on) == (60, mette, today())

    overview.reload()
    expect(overview.locator(".figure-large")).to_have_text("1 af 30")
    expect(overview.get_by_role("row", name=re.compile("^Uddannelse"))).to_contain_text("1")
    read_the_report(overview)


def log_a_meeting(phone, mette):
    phone.goto("/")
    sign_in(phone, mette)
    expect(phone).to_have_title("Min uge – Mentorindsats")
    expect(phone.locator(".week-head")).to_contain_text("0 af 1 kontakter")

    phone.get_by_role("link", name="Log møde med Yusuf Hamdan").tap()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Log møde")
    expect(phone.get_by_role("radio", name="Afholdt")).to_be_checked()  # answered already
    choose(phone, "Hvor længe?", "60")
    choose(phone, "Hvordan mødtes I?", "Ude af huset")
    choose(phone, "Emner", "Uddannelse", "Job")
    phone.get_by_label("Note").fill("Vi så værkstedet.\nYusuf vil selv skrive til skolen.")
    phone.get_by_role("button", name="Gem møde").tap()

    expect(phone.get_by_role("status").first).to_contain_text("Gemt: mødet med Yusuf Hamdan.")
    expect(phone.locator(".week-head")).to_contain_text("1 af 1 kontakter")
    phone.get_by_role("link", name="Yusuf Hamdan", exact=True).tap()
    story = phone.get_by_role("region", name="Historien")
    expect(story).to_contain_text("Møde afholdt · 60 min. · ude af huset")
    expect(story).to_contain_text("Uddannelse og job · Mette Sørensen")
    expect(story).to_contain_text("Yusuf vil selv skrive til skolen.")


def change_the_status(phone):
    phone.get_by_role("link", name="Skift status").tap()
    choose(phone, "Ny status", "Uddannelse")
    phone.get_by_label("Uddybning").fill("FGU")
    phone.get_by_role("button", name="Gem status").tap()
    expect(phone.get_by_role("status").first).to_contain_text("Den nye status er gemt.")
    expect(phone.locator(".profile .status")).to_have_text(
        f"Uddannelse, siden {day_and_month(today())}"
    )
    expect(phone.get_by_role("region", name="Forløbet")).to_contain_text("Uddannelse, FGU")


def read_the_report(page):
    """The page and the PDF show the same answer, nine rows and total."""
    page.get_by_role("link", name="Rapporter").click()
    page.get_by_role("button", name="Vis rapporten").click()
    answer = plain(page.locator(".lead-answer").inner_text())
    assert answer.startswith("1 af 1 ung")
    if pdf_can_be_printed(None):
        pytest.skip("PDF: WeasyPrint finds no Pango here")
    with page.expect_download() as download:
        page.get_by_role("link", name="Hent PDF").click()
    assert download.value.suggested_filename == f"statusrapport-unge-{today().isoformat()}-fuld.pdf"
    document = PdfReader(BytesIO(Path(download.value.path()).read_bytes()))
    assert len(document.pages) == 2
    printed = plain(document.pages[0].extract_text())

    assert answer in printed
    assert plain(page.locator(".sheet .control").inner_text()) in printed
    rows = page.locator(".sheet table.statuses tbody tr").all()
    counts = {
        plain(row.get_by_role("rowheader").inner_text()): row.get_by_role("cell").last.inner_text()
        for row in rows
    }
    assert len(counts) == 9
    assert {word for word, count in counts.items() if count != "0"} == {"Uddannelse"}
    for word, count in counts.items():
        assert re.search(rf"{re.escape(word)}\D*{count}\b", printed), f"{word} {count}"


def plain(text):
    """Return the text without white space, which typesetting changes."""
    return " ".join(text.replace("\u00ad", "").split())


@pytest.mark.skipif(bool(pdf_can_be_printed(None)), reason="no PDF on this machine")
def test_a_report_is_issued_and_the_committee_reads_it(browse, torben, kirsten, yusuf):
    page = browse(torben, permissions=["clipboard-read", "clipboard-write"])
    page.goto("/rapporter/")
    page.get_by_role("button", name="Vis rapporten").click()
    page.get_by_role("button", name="Skriv rapporten").click()
    page.get_by_text("Fuld udgave", exact=True).click()
    page.get_by_label("Økonomi").fill("Ingen økonomiske konsekvenser.")
    page.get_by_role("button", name="Gem og se rapporten").click()
    page.get_by_role("checkbox", name="Jeg har set").check()  # Yusuf's status is old
    page.get_by_role("button", name="Udsend rapporten").click()
    expect(page.get_by_role("status").first).to_contain_text("er udsendt til skoleudvalget.")

    page.get_by_role("link", name="Tekst til en lukket dagsorden").click()
    page.get_by_role("link", name="Ja, punktet er lukket").click()
    page.get_by_role("button", name="Kopiér teksten").click()
    expect(page.get_by_role("button", name="Kopieret")).to_be_visible()
    assert "Økonomi\nIngen økonomiske konsekvenser." in page.evaluate(
        "navigator.clipboard.readText()"
    )

    reader = browse(kirsten, **PHONE)
    reader.goto("/")
    expect(reader.get_by_role("main")).to_contain_text("0 af 1 ung er i uddannelse eller arbejde")
    reader.get_by_role("link", name="Læs rapporten").tap()
    expect(reader.get_by_role("heading", name="Økonomi")).to_be_visible()
    with reader.expect_download() as download:
        reader.get_by_role("link", name="Hent PDF").tap()
    report = IssuedReport.objects.get()
    assert Path(download.value.path()).read_bytes() == bytes(report.pdf)
    assert download.value.suggested_filename == f"{report.file_name}.pdf"
