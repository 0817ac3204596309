"""Everyday use: one-tap outcomes and undo, a link in a mail, forms with errors, filters."""

import re

import pytest
from playwright.sync_api import expect

from cases.models import Attendance, AttendanceOutcome, Meeting

from .conftest import PHONE, sign_in

pytestmark = pytest.mark.browser


def test_udeblevet_is_one_tap_and_so_is_fortryd(browse, mette, yusuf):
    page = browse(mette, **PHONE)
    page.goto("/min-uge/")
    page.get_by_role("button", name="Udeblevet").tap()

    notice = page.get_by_role("status").first
    expect(notice).to_contain_text("Gemt: Yusuf Hamdan, udeblevet i dag.")
    expect(page.locator(".weeks .now")).to_contain_text("udeblevet")
    assert Attendance.objects.known().get().outcome == AttendanceOutcome.NO_SHOW

    page.get_by_role("button", name="Fortryd").tap()
    expect(notice).to_contain_text("Fortrudt. Det tæller ikke med.")
    assert not Meeting.objects.known().exists()
    expect(page.locator(".week-head")).to_contain_text("0 af 1 kontakter")


def test_a_double_tap_logs_one_meeting(browse, mette, yusuf):
    page = browse(mette, **PHONE)
    page.goto("/min-uge/")
    page.get_by_role("button", name="Forsøgt").dblclick()
    expect(page.get_by_role("status").first).to_contain_text("forsøgt i dag")
    assert Meeting.objects.count() == 1


def test_somebody_with_a_link_signs_in_and_comes_to_the_page(browse, mette, yusuf):
    page = browse(**PHONE)
    page.goto(yusuf.get_absolute_url())
    expect(page).to_have_title("Log ind – Mentorindsats")
    sign_in(page, mette)
    expect(page).to_have_url(re.compile(yusuf.get_absolute_url() + "$"))
    expect(page).to_have_title("Yusuf Hamdan – Mentorindsats")


def test_a_form_with_errors_comes_back_with_every_field_and_the_summary_in_focus(
    browse, mette, yusuf
):
    page = browse(mette, **PHONE)
    page.goto(f"/moeder/ny/?ung={yusuf.uuid}")
    page.get_by_role("group", name="Hvornår?").get_by_text("Anden dag").tap()
    page.get_by_label("Dato").first.fill("2099-01-01")
    page.get_by_text("Aflyst af den unge").tap()
    page.get_by_role("group", name="Hvor længe?").get_by_text("Andet").tap()
    page.get_by_label("Antal minutter").fill("20")
    page.get_by_text("Telefon").tap()
    page.get_by_role("group", name="Emner").get_by_text("Job").tap()
    page.get_by_label("Note").fill("Yusuf ringede i god tid.")
    page.get_by_text("Er der sket noget?").tap()
    page.get_by_label("Ny aftale").fill("Yusuf finder sit bevis")
    page.get_by_role("button", name="Gem møde").tap()

    summary = page.get_by_role("alert")
    expect(summary).to_be_focused()
    expect(summary).to_contain_text("Mødet er ikke gemt endnu")
    assert not Meeting.objects.exists()
    for choice in ("Anden dag", "Aflyst af den unge", "Telefon"):
        expect(page.get_by_role("radio", name=choice)).to_be_checked()
    expect(page.get_by_role("checkbox", name="Job")).to_be_checked()
    expect(page.get_by_label("Dato").first).to_have_value("2099-01-01")
    expect(page.get_by_label("Antal minutter")).to_have_value("20")
    expect(page.get_by_label("Note")).to_have_value("Yusuf ringede i god tid.")
    # Its <details> is open.
    expect(page.get_by_label("Ny aftale")).to_have_value("Yusuf finder sit bevis")

    for link in summary.get_by_role("link").all():  # each leads to a focusable place
        link.tap()
        target = link.get_attribute("href").removeprefix("#")
        assert page.evaluate("document.activeElement.id") == target
        link.focus()


def test_a_link_to_somebody_elses_young_person_is_a_page_that_does_not_exist(browse, mette, bilal):
    page = browse(mette, **PHONE)
    answer = page.goto(bilal.get_absolute_url())
    assert answer.status == 404
    expect(page).to_have_title("Siden findes ikke – Mentorindsats")
    expect(page.locator("body")).not_to_contain_text("Bilal")
    page.get_by_role("link", name="Gå til forsiden").tap()
    expect(page).to_have_title("Min uge – Mentorindsats")


def test_the_list_is_narrowed_from_the_keyboard_and_the_address_follows(
    browse, torben, yusuf, bilal
):
    page = browse(torben)
    page.goto("/unge/")
    keyboard, people = page.keyboard, page.get_by_role("table").get_by_role("rowheader")
    expect(people).to_have_count(2)

    page.get_by_label("Boligområde").focus()
    keyboard.press("ArrowDown")  # Karlemoseparken, where nobody lives
    expect(page.get_by_role("heading", name="Ingen unge passer til det valgte")).to_be_visible()
    expect(page.locator(".htmx-settling, .htmx-request")).to_have_count(0)
    keyboard.press("ArrowDown")  # Hastrupparken, from where the focus still is
    expect(people).to_have_count(1)
    expect(people).to_contain_text("Yusuf Hamdan")
    expect(page).to_have_url(re.compile(r"[?&]omraade=\d+"))
    expect(page.get_by_label("Boligområde")).to_be_focused()
    expect(page.get_by_role("status")).to_contain_text("1 af 2 unge")

    narrowed = page.url
    name = page.get_by_role("searchbox", name="Navn")
    name.fill("bilal")
    keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Ingen unge passer til det valgte")).to_be_visible()
    expect(name).to_have_value("bilal")
    expect(page).to_have_url(narrowed)  # a name stands in no address

    page.get_by_role("link", name="Ryd filtre").click()
    expect(people).to_have_count(2)
    page.go_back()
    expect(page).to_have_url(narrowed)
    expect(people).to_have_count(1)
    page.go_back()
    expect(page.get_by_label("Boligområde").locator("option:checked")).to_have_text(
        "Karlemoseparken"
    )
    # The whole page is back.
    expect(page.get_by_role("navigation", name="Hovedmenu")).to_be_visible()
    page.reload()
    expect(page.get_by_role("heading", name="Ingen unge passer til det valgte")).to_be_visible()
    stored = page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}])")
    assert "Hamdan" not in stored  # no page stays on the machine


def test_of_two_quick_choices_the_last_one_holds(browse, torben, yusuf, bilal):
    page = browse(torben)
    page.goto("/unge/")
    page.get_by_label("Boligområde").evaluate("""(area) => {
      for (const step of [1, 2]) { area.selectedIndex = step; area.dispatchEvent(new Event("change", {bubbles: true})); }
    }""")
    expect(page.get_by_role("table").get_by_role("rowheader")).to_have_text(
        [re.compile("Yusuf Hamdan")]
    )
    expect(page.get_by_label("Boligområde")).to_have_value(str(yusuf.residence_set.get().area_id))


def test_who_chose_dark_gets_dark_from_the_first_page_on(browse):
    page = browse(color_scheme="dark")
    page.goto("/konto/log-ind/")
    html, body = page.locator("html"), page.locator("body")
    assert html.get_attribute("data-bs-theme") == "dark"
    expect(body).to_have_css("background-color", "rgb(15, 22, 23)")
    page.emulate_media(color_scheme="light")
    expect(body).to_have_css("background-color", "rgb(241, 244, 243)")
