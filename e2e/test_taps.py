"""The number of taps a meeting takes, and two people correcting the same meeting."""

import pytest
from playwright.sync_api import expect

from cases.models import Attendance, Meeting
from cases.tests.builders import log

from .conftest import PHONE

pytestmark = pytest.mark.browser

COUNT = """
addEventListener("pointerup", () => sessionStorage.setItem("taps", Number(sessionStorage.getItem("taps") ?? 0) + 1), true);
"""


def counting(page):
    """A page that counts taps from its first document on."""
    page.add_init_script(COUNT)
    return page


def taps(page):
    return int(page.evaluate("sessionStorage.getItem('taps') ?? 0"))


def test_a_held_meeting_with_a_note_is_three_taps_from_min_uge(browse, mette, yusuf):
    page = counting(browse(mette, **PHONE))
    page.goto("/min-uge/")
    page.get_by_role("link", name="Log møde med Yusuf Hamdan").tap()
    page.get_by_label("Note").tap()
    page.keyboard.type("Vi gik en tur om søen.")
    page.get_by_role("button", name="Gem møde", exact=True).tap()
    expect(page.get_by_role("status").first).to_contain_text("Gemt: mødet med Yusuf Hamdan.")
    assert taps(page) == 3
    assert Attendance.objects.get().note == "Vi gik en tur om søen."


def test_a_held_meeting_without_a_note_is_two_taps(browse, mette, yusuf):
    page = counting(browse(mette, **PHONE))
    page.goto("/min-uge/")
    page.get_by_role("link", name="Log møde med Yusuf Hamdan").tap()
    page.get_by_role("button", name="Gem møde", exact=True).tap()
    expect(page.get_by_role("status").first).to_contain_text("Gemt: mødet med Yusuf Hamdan.")
    assert taps(page) == 2


@pytest.mark.parametrize("outcome", ["Udeblevet", "Forsøgt"])
def test_a_no_show_or_a_try_is_one_tap(browse, mette, yusuf, outcome):
    page = counting(browse(mette, **PHONE))
    page.goto("/min-uge/")
    page.get_by_role("button", name=outcome).tap()
    expect(page.get_by_role("button", name="Fortryd")).to_be_visible()
    assert taps(page) == 1
    assert Meeting.objects.count() == 1


def test_two_who_mend_the_same_meeting_in_two_browsers_both_see_both_texts(
    browse, mette, torben, yusuf
):
    meeting = log(yusuf, mette, note="Som den stod")
    address = f"/moeder/{meeting.uuid}/"
    hers, his = browse(mette, **PHONE), browse(torben)
    for page in (hers, his):
        page.goto(address)
    hers.get_by_label("Note").fill("Mettes rettelse")
    hers.get_by_role("button", name="Gem rettelse").tap()
    expect(hers.get_by_role("status").first).to_contain_text("Rettelsen er gemt.")

    his.get_by_label("Note").fill("Torbens rettelse")
    his.get_by_role("button", name="Gem rettelse").click()
    expect(his.get_by_role("alert")).to_contain_text("har rettet mødet imens")
    expect(his.locator(".stored")).to_contain_text("Mettes rettelse")
    expect(his.get_by_label("Note")).to_have_value("Torbens rettelse")
    assert Attendance.objects.known().get().note == "Mettes rettelse"

    his.get_by_role("button", name="Gem rettelse").click()
    expect(his.get_by_role("status").first).to_contain_text("Rettelsen er gemt.")
    assert Attendance.objects.known().get().note == "Torbens rettelse"
    his.trouble.clear()  # the test provokes the 409


def test_a_group_is_put_together_with_taps_and_saved_as_one(browse, enrol, mette, yusuf):
    malik = enrol("Malik Osman", mentor=mette)
    page = browse(mette, **PHONE)
    page.goto(f"/moeder/ny/?ung={yusuf.uuid}")
    page.get_by_label("Note").fill("Kun om Yusuf")
    page.get_by_text("Var der flere unge med?").tap()
    page.locator("label", has_text="Malik Osman").tap()
    page.get_by_role("button", name="Tilføj til mødet").tap()
    expect(page.get_by_role("heading", name="Malik Osman")).to_be_visible()
    expect(page.get_by_label("Note").first).to_have_value("Kun om Yusuf")
    page.locator(f"[name='{malik.uuid}-note']").fill("Kun om Malik")
    page.get_by_role("button", name="Gem møde", exact=True).tap()
    expect(page.locator(".week-head")).to_contain_text("2 af 2 kontakter")
    assert {row.mentee.name: row.note for row in Attendance.objects.all()} == {
        "Yusuf Hamdan": "Kun om Yusuf",
        "Malik Osman": "Kun om Malik",
    }
    assert Meeting.objects.count() == 1
