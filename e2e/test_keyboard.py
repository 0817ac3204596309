"""With the keyboard alone: where the focus begins, that it is visible, that all can be done."""

import pytest
from playwright.sync_api import expect

from cases.models import Attendance, AttendanceOutcome, Meeting

pytestmark = pytest.mark.browser

# Bootstrap scrolls smoothly to the focus; here it jumps.
STILL = {"reduced_motion": "reduce"}

FOCUS = """() => {
  const element = document.activeElement, shown = element.labels?.[0]?.matches(".chip") ? element.labels[0] : element;
  const within = !shown.matches(":focus-visible, .chip");  // the calendar in a date field, which the browser outlines itself
  const style = getComputedStyle(shown), place = shown.getBoundingClientRect();
  return {
    name: `${element.tagName} ${(element.innerText || element.name || "").trim()}`,
    outline: within ? 2 : style.outlineStyle === "none" ? 0 : parseFloat(style.outlineWidth),
    inside: place.width > 0 && place.right > 0 && place.bottom > 0 && place.top < innerHeight && place.left < innerWidth,
    hidden: !shown.contains(document.elementFromPoint(place.x + place.width / 2, place.y + Math.min(place.height, 40) / 2)),
  };
}"""


def tab_to(page, reached, most=60):
    """Press Tab until `reached` has the focus; every stop on the way must be seen."""
    for _ in range(most):
        page.keyboard.press("Tab")
        focus = page.evaluate(FOCUS)
        assert focus["outline"] >= 2, f"no outline: {focus}"
        assert focus["inside"] and not focus["hidden"], f"out of sight: {focus}"
        if reached.evaluate("element => element === document.activeElement"):
            return
    raise AssertionError(f"not reached with {most} tabs: {reached}")


def test_the_first_tab_skips_to_the_content(browse, mette, yusuf):
    page = browse(mette, **STILL)
    page.goto("/min-uge/")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Gå til indhold")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    tab_to(page, page.get_by_role("link", name="Yusuf Hamdan", exact=True), most=1)


def test_the_menu_mere_opens_and_closes(browse, torben, yusuf):
    page = browse(torben, **STILL)
    page.goto(yusuf.get_absolute_url())
    more, move = (
        page.locator("summary", has_text="Mere"),
        page.get_by_role("link", name="Skift boligområde"),
    )
    tab_to(page, more)
    page.keyboard.press("Enter")
    expect(move).to_be_visible()
    tab_to(page, move, most=1)
    page.keyboard.press("Escape")
    expect(move).to_be_hidden()
    expect(more).to_be_focused()
    page.keyboard.press("Space")
    expect(move).to_be_visible()
    page.keyboard.press("Space")
    expect(move).to_be_hidden()
    page.keyboard.press("Enter")
    tab_to(page, move, most=1)
    page.keyboard.press("Enter")
    expect(page).to_have_title("Skift boligområde – Mentorindsats")


@pytest.mark.parametrize("width", [390, 1280])
def test_a_meeting_is_logged(browse, mette, yusuf, width):
    page = browse(mette, viewport={"width": width, "height": 844}, **STILL)
    page.goto("/min-uge/")
    keyboard = page.keyboard
    tab_to(page, page.get_by_role("link", name="Log møde med Yusuf Hamdan"))
    keyboard.press("Enter")
    expect(page).to_have_title("Log møde – Mentorindsats")

    tab_to(page, page.get_by_role("radio", name="I dag"))
    keyboard.press("ArrowRight")
    expect(page.get_by_role("radio", name="I går")).to_be_checked()
    tab_to(page, page.get_by_role("radio", name="Afholdt"))
    keyboard.press("ArrowDown")
    expect(page.get_by_role("radio", name="Udeblevet")).to_be_checked()
    tab_to(page, page.get_by_label("Note"))
    keyboard.type("Yusuf kom ikke.")
    tab_to(page, page.get_by_role("checkbox", name="Job"))
    keyboard.press("Space")
    tab_to(page, page.get_by_text("Er der sket noget?"))
    keyboard.press("Enter")
    tab_to(page, page.get_by_label("Ny status"))
    tab_to(page, page.get_by_role("button", name="Gem møde"))
    keyboard.press("Enter")

    expect(page.get_by_role("status").first).to_contain_text("Gemt: mødet med Yusuf Hamdan.")
    attendance = Attendance.objects.get()
    assert (attendance.outcome, attendance.note) == (AttendanceOutcome.NO_SHOW, "Yusuf kom ikke.")
    assert [topic.name for topic in attendance.topics.all()] == ["Job"]
    assert Meeting.objects.count() == 1
