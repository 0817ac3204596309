"""A day's work in a browser without JavaScript."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from cases.models import Agreement, Attendance, Meeting
from web.dates import today, weekday_date

from .conftest import sign_in

pytestmark = pytest.mark.browser
WITHOUT = {"java_script_enabled": False}


def test_a_mentor_logs_a_meeting_and_changes_a_status(browse, mette, yusuf, enrol):
    enrol("Zakaria Omar", mentor=mette)
    page = browse(viewport={"width": 390, "height": 844}, **WITHOUT)
    page.goto("/unge/")
    sign_in(page, mette)

    people = page.get_by_role("rowheader")
    expect(people).to_have_count(2)
    page.get_by_label("Boligområde").select_option("Hastrupparken")
    page.get_by_role("button", name="Vis").click()
    expect(people).to_have_count(1)
    assert "omraade=" in page.url

    page.get_by_role("link", name="Yusuf Hamdan").click()
    page.get_by_role("link", name="Log møde", exact=True).last.click()
    yesterday = today() - timedelta(days=1)
    expect(page.get_by_label("Dato").first).to_be_hidden()
    page.get_by_role("group", name="Hvornår?").get_by_text("Anden dag").click()
    page.get_by_label("Dato").first.fill(yesterday.isoformat())
    page.get_by_label("Note").fill("Uden script.")
    expect(page.get_by_label("Ny aftale")).to_be_hidden()
    page.get_by_text("Er der sket noget?").click()
    page.get_by_label("Ny aftale").fill("Yusuf ringer til skolen")
    page.get_by_label("Senest").fill(today().isoformat())
    page.get_by_role("button", name="Gem møde").click()
    expect(page.get_by_role("status").first).to_contain_text("Gemt: mødet med Yusuf Hamdan.")
    assert Meeting.objects.get().held_on == yesterday
    assert Attendance.objects.get().note == "Uden script."
    assert Agreement.objects.get().what == "Yusuf ringer til skolen"

    page.goto(yusuf.get_absolute_url())
    page.get_by_text("Mere", exact=True).click()
    expect(page.get_by_role("link", name="Sæt på pause")).to_be_visible()
    page.get_by_role("link", name="Skift status").click()
    page.get_by_role("button", name="Gem status").click()
    expect(page.get_by_role("alert")).to_contain_text("Vælg den nye status.")
    page.get_by_role("group", name="Ny status").get_by_text("Arbejde").click()
    page.get_by_role("button", name="Gem status").click()
    expect(page.locator(".profile .status")).to_contain_text("Arbejde")


def test_a_coordinator_sees_another_day(browse, torben, yusuf, bilal):
    page = browse(torben, **WITHOUT)
    page.goto("/overblik/")
    expect(page.locator(".control")).to_contain_text("= 2 indskrevet")
    page.get_by_label("Pr. dato").fill("2026-03-01")
    page.get_by_role("button", name="Vis").click()
    expect(
        page.get_by_text(f"pr. {weekday_date(yusuf.enrolled_on.replace(month=3, day=1))}")
    ).to_be_visible()
    expect(page.locator(".control")).to_contain_text("= 1 indskrevet")
    page.get_by_text("Vis som tabel").click()
    expect(page.get_by_role("table", name="Hver tredje måned")).to_be_visible()
