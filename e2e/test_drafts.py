"""The draft on the phone: nothing typed is lost or shown to another user or on another page."""

import json
import re
from datetime import datetime, timedelta
from itertools import product

import pytest
from allauth.account.views import LogoutView
from django.test import Client
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from playwright.sync_api import expect

from accounts.models import Session
from accounts.tests.builders import sign_in as enter
from accounts.views import LogOut
from cases.models import Agreement, Appointment, Attendance, Meeting, StatusChange
from cases.tests.builders import log
from conftest import COPENHAGEN
from web.dates import today

from .conftest import PHONE, sign_in
from .draft_pages import (
    be,
    key_of,
    log_form,
    offer,
    save,
    state,
    stored,
    take,
    was_saved,
    write,
)

pytestmark = pytest.mark.browser

TIME = r"kl\. \d\d\.\d\d"


@pytest.fixture
def phone(browse):
    """phone(user): a page on a phone in Køge."""
    return lambda user=None: browse(user, timezone_id="Europe/Copenhagen", **PHONE)


# Typed, gone, offered, taken, saved once


def test_everything_typed_is_offered_again_taken_and_saved_once(phone, mette, yusuf):
    page = phone(mette)
    page.goto(log_form(yusuf))
    long_ago, soon = today() - timedelta(days=9), today() + timedelta(days=3)
    page.get_by_role("group", name="Hvornår?").get_by_text("Anden dag").tap()
    page.get_by_label("Dato").first.fill(long_ago.isoformat())
    page.get_by_text("Afholdt", exact=True).tap()
    page.get_by_label("Note").fill("Gik en tur.\nHan vil se “værkstedet” <b>først</b>.")
    page.get_by_role("group", name="Hvor længe?").get_by_text("Andet").tap()
    page.get_by_label("Antal minutter").fill("20")
    page.get_by_text("Telefon", exact=True).tap()
    page.get_by_text("Job", exact=True).tap()
    page.get_by_text("Hverdag og søvn").tap()
    page.get_by_role("group", name="Næste aftale").get_by_text("Lav aftale").tap()
    page.locator("[name=naeste-on]").fill(soon.isoformat())
    page.locator("[name=naeste-at]").fill("15:30")
    page.get_by_label("Sted").fill("Biblioteket")
    page.get_by_text("Er der sket noget?").tap()
    page.get_by_label("Ny status").select_option("work")
    page.get_by_label("Ny aftale").fill("Yusuf ringer")
    page.get_by_label("Senest").fill(soon.isoformat())
    key, typed = (
        key_of(page),
        page.evaluate("[...new FormData(document.querySelector('[data-draft-about]'))].length"),
    )
    page.goto("/min-uge/")

    page.goto(log_form(yusuf))
    expect(page.get_by_label("Note")).to_have_value("")  # offered, not filled in
    expect(offer(page)).to_have_role("status")
    expect(offer(page)).to_contain_text(re.compile(f"^Kladde fra {TIME}, ikke gemt endnu"))
    for name in ("Hent kladden", "Slet kladden"):
        box = page.get_by_role("button", name=name).bounding_box()
        assert box["height"] >= 44 and box["width"] >= 44
    take(page)

    assert key_of(page) == key
    assert (
        page.evaluate("[...new FormData(document.querySelector('[data-draft-about]'))].length")
        == typed
    )
    for choice in ("Anden dag", "Andet", "Telefon", "Lav aftale"):
        expect(page.get_by_role("radio", name=choice)).to_be_checked()
    expect(page.get_by_label("Ny aftale")).to_be_visible()  # the fold is open
    expect(state(page)).to_contain_text(re.compile(f"^Kladde fra {TIME}, ikke gemt endnu$"))
    save(page)
    was_saved(page)

    attendance = Attendance.objects.get()
    assert attendance.note.splitlines() == ["Gik en tur.", "Han vil se “værkstedet” <b>først</b>."]
    assert {topic.name for topic in attendance.topics.all()} == {"Job", "Hverdag og søvn"}
    meeting = Meeting.objects.get()
    assert (meeting.held_on, meeting.minutes, meeting.form, str(meeting.submit_key)) == (
        long_ago,
        20,
        "phone",
        key,
    )
    assert Appointment.objects.get().on == soon
    assert Agreement.objects.get(what="Yusuf ringer").due_on == soon
    assert StatusChange.objects.in_force(on=today()).filter(mentee=yusuf).first().status == "work"
    assert stored(page) == []
    page.goto(log_form(yusuf))
    expect(offer(page)).to_be_empty()


def test_the_offer_is_reached_and_taken_with_the_keyboard(phone, mette, yusuf):
    page = phone(mette)
    write(page, yusuf, "Skrevet før.")
    page.goto(log_form(yusuf))
    expect(offer(page)).to_contain_text("Kladde fra")
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent") == "Hent kladden":
            break
    page.keyboard.press("Enter")
    expect(page.get_by_label("Note")).to_have_value("Skrevet før.")
    expect(state(page)).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Gem møde")).to_be_focused()


def test_leaving_at_once_after_the_last_letter_loses_nothing(phone, mette, yusuf):
    page = phone(mette)
    page.goto(log_form(yusuf))
    page.evaluate("""() => {
      const note = document.querySelector("[name=note]");
      note.value = "Sidste bogstav";
      note.dispatchEvent(new Event("input", {bubbles: true}));
      location.href = "/min-uge/";
    }""")
    expect(page).to_have_title("Min uge – Mentorindsats")
    page.goto(log_form(yusuf))
    take(page)
    expect(page.get_by_label("Note")).to_have_value("Sidste bogstav")


def test_a_form_nobody_has_touched_leaves_nothing_and_neither_does_one_put_back(
    phone, mette, yusuf
):
    page = phone(mette)
    page.goto(log_form(yusuf))
    page.goto("/min-uge/")
    assert stored(page) == []
    write(page, yusuf, "Et ord")
    page.get_by_label("Note").fill("")
    expect(state(page)).to_be_empty()
    assert stored(page) == []


def test_the_servers_own_fields_are_never_kept(phone, mette, yusuf):
    page = phone(mette)
    write(page, yusuf, "En note")
    hidden = page.locator("form[data-draft-about] [type=hidden]")
    values = {field.get_attribute("name"): field.input_value() for field in hidden.all()}
    assert values.keys() >= {"csrfmiddlewaretoken", "author", "submit_key"}
    [(_, _, key, draft)] = stored(page)
    assert key == values["submit_key"]
    assert not {name for name, _ in draft["fields"]} & values.keys()
    assert values["csrfmiddlewaretoken"] not in json.dumps(draft)
    assert page.context.cookies()
    for cookie in page.context.cookies():
        assert cookie["value"] not in json.dumps(draft)


def test_slet_kladden_can_be_taken_back_and_then_it_is_gone(phone, mette, yusuf):
    page = phone(mette)
    write(page, yusuf, "Den rigtige")
    page.goto("/min-uge/")
    page.goto(log_form(yusuf))
    # tap() would scroll first.
    page.get_by_role("button", name="Slet kladden").evaluate("button => button.click()")
    expect(state(page)).to_contain_text("Kladden er slettet.")
    assert stored(page) == []
    assert page.evaluate("scrollY") == 0  # the page stays where it was
    page.get_by_role("button", name="Fortryd").tap()
    expect(offer(page)).to_contain_text("Kladde fra")
    page.get_by_role("button", name="Slet kladden").tap()
    page.goto(log_form(yusuf))
    expect(offer(page)).to_be_empty()
    assert stored(page) == []


def test_of_several_the_newest_is_offered_and_the_others_stay(phone, mette, yusuf):
    page = phone(mette)
    first = write(page, yusuf, "Den første")
    page.goto(log_form(yusuf))
    second = write(page, yusuf, "Den anden")
    assert first != second
    page.goto(log_form(yusuf))
    take(page)
    expect(page.get_by_label("Note")).to_have_value("Den anden")
    save(page)
    was_saved(page)
    page.goto(log_form(yusuf))
    take(page)
    expect(page.get_by_label("Note")).to_have_value("Den første")
    assert key_of(page) == first


def test_what_stands_in_the_form_when_a_draft_is_taken_becomes_a_draft_of_its_own(
    phone, mette, yusuf
):
    page = phone(mette)
    write(page, yusuf, "Fra før")
    page.goto(log_form(yusuf))
    page.get_by_label("Note").fill("Nyt, som stod der")
    take(page)
    expect(page.get_by_label("Note")).to_have_value("Fra før")
    notes = {dict(draft["fields"])["note"] for *_, draft in stored(page)}
    assert notes == {"Fra før", "Nyt, som stod der"}


def test_the_notes_of_a_group_come_back_with_the_people(phone, mette, yusuf, enrol):
    zakaria = enrol("Zakaria Omar", mentor=mette)
    page = phone(mette)
    page.goto(log_form(yusuf))
    page.get_by_text("Var der flere unge med?").tap()
    page.get_by_text("Zakaria Omar", exact=True).tap()
    page.get_by_role("button", name="Tilføj til mødet").tap()
    page.get_by_label("Note").first.fill("Om Yusuf")
    page.get_by_label("Note").last.fill("Om Zakaria")
    expect(state(page)).to_contain_text("Kladde fra")
    key = key_of(page)
    page.goto(log_form(zakaria))
    expect(offer(page)).to_be_empty()
    page.goto(log_form(yusuf))
    page.get_by_role("button", name="Hent kladden").tap()
    expect(page.get_by_label("Note")).to_have_count(2)
    expect(page.get_by_label("Note").first).to_have_value("Om Yusuf")
    expect(page.get_by_label("Note").last).to_have_value("Om Zakaria")
    assert key_of(page) == key
    expect(offer(page)).to_be_empty()
    save(page)
    was_saved(page)
    assert Meeting.objects.count() == 1
    assert dict(Attendance.objects.values_list("mentee__name", "note")) == {
        "Yusuf Hamdan": "Om Yusuf",
        "Zakaria Omar": "Om Zakaria",
    }
    assert stored(page) == []


# The clock


def test_a_draft_from_yesterday_says_so_and_keeps_its_day(phone, mette, yusuf):
    page = phone(mette)
    midnight = datetime.combine(today(), datetime.min.time(), COPENHAGEN)
    page.clock.set_fixed_time(midnight - timedelta(hours=9, minutes=28))
    page.goto(log_form(yusuf))
    day_before_yesterday = today() - timedelta(days=2)  # what the chip I går said then
    page.evaluate(
        "(day) => { document.querySelectorAll('[name=day]')[1].value = day; }",
        day_before_yesterday.isoformat(),
    )
    page.get_by_text("I går", exact=True).tap()
    page.get_by_label("Note").fill("I går var jeg der dagen før.")
    expect(state(page)).to_contain_text("Kladde fra kl. 14.32")
    page.clock.set_fixed_time(midnight + timedelta(hours=9))
    page.goto(log_form(yusuf))
    expect(offer(page)).to_contain_text("Kladde fra i går kl. 14.32, ikke gemt endnu")
    take(page)
    expect(page.get_by_role("radio", name="Anden dag")).to_be_checked()
    expect(page.get_by_label("Dato").first).to_have_value(day_before_yesterday.isoformat())
    page.clock.set_fixed_time(midnight + timedelta(hours=9))
    save(page)
    was_saved(page)
    assert Meeting.objects.get().held_on == day_before_yesterday


@pytest.mark.parametrize("where", ["/min-uge/", "/konto/", "/hjaelp/", "/tilgaengelighed/"])
def test_after_24_hours_any_page_erases_it(phone, mette, yusuf, where):
    page = phone(mette)
    write(page, yusuf, "For længe siden")
    age = """(hours) => { for (const [name, text] of Object.entries(localStorage))
      localStorage.setItem(name, JSON.stringify({...JSON.parse(text), at: Date.now() - hours * 3600e3})); }"""
    page.evaluate(age, 23.9)
    page.goto(where)
    assert len(stored(page)) == 1
    page.evaluate(age, 24)
    page.goto(where)
    assert stored(page) == []


def test_what_is_broken_or_nobodys_is_erased_and_other_peoples_storage_is_left(phone, mette, yusuf):
    page = phone(mette)
    page.goto("/min-uge/")
    names = ["kladde:", "kladde:x", "kladde:[1]", f'kladde:["{mette.pk}","{yusuf.uuid}","k"]']
    page.evaluate(
        """(names) => { for (const name of names) for (const text of ["", "{", "null", "7", "{}"])
        { localStorage.setItem(name, text); } localStorage.setItem("noget andet", "bliver"); }""",
        names,
    )
    page.goto(log_form(yusuf))
    expect(offer(page)).to_be_empty()
    assert page.evaluate("Object.keys(localStorage)") == ["noget andet"]


# Sent, and then


def test_after_an_error_the_servers_form_wins_and_the_line_says_it_is_not_saved(
    phone, mette, yusuf
):
    page = phone(mette)
    key = write(page, yusuf, "Ring til 010203-4567")
    save(page)
    expect(page.get_by_role("alert")).to_contain_text("Mødet er ikke gemt endnu")
    assert key_of(page) == key
    expect(page.get_by_label("Note")).to_have_value("Ring til 010203-4567")
    expect(offer(page)).to_be_empty()
    expect(state(page)).to_contain_text(re.compile(f"^Kladde fra {TIME}, ikke gemt endnu$"))
    page.get_by_label("Note").fill("Ring til skolen")
    save(page)
    was_saved(page)
    assert Attendance.objects.get().note == "Ring til skolen"
    assert stored(page) == []


def test_a_form_with_errors_that_is_left_is_offered(phone, mette, yusuf):
    page = phone(mette)
    write(page, yusuf, "Ring til 010203-4567")
    save(page)
    expect(page.get_by_role("alert")).to_be_visible()
    page.goto("/min-uge/")
    page.goto(log_form(yusuf))
    take(page)
    expect(page.get_by_label("Note")).to_have_value("Ring til 010203-4567")


def test_a_double_tap_on_gem_is_one_meeting(phone, mette, yusuf):
    page = phone(mette)
    write(page, yusuf, "En gang")
    page.get_by_role("button", name="Gem møde").dblclick()
    was_saved(page)
    assert Meeting.objects.count() == 1
    assert stored(page) == []


def test_the_button_works_again_when_the_first_tap_hangs(phone, mette, yusuf):
    page = phone(mette)
    page.clock.install()
    page.goto(log_form(yusuf))
    page.evaluate("""() => { window.sent = 0;
      addEventListener("submit", (event) => { sent += !event.defaultPrevented; event.preventDefault(); }); }""")
    save(page)
    save(page)
    assert page.evaluate("sent") == 1
    page.clock.fast_forward(10_500)
    save(page)
    assert page.evaluate("sent") == 2


def test_the_back_button_after_saving_offers_nothing(phone, mette, yusuf):
    page = phone(mette)
    key = write(page, yusuf, "Gemt er gemt")
    save(page)
    was_saved(page)
    page.go_back()
    expect(page).to_have_title("Log møde – Mentorindsats")
    expect(offer(page)).to_be_empty()
    expect(page.get_by_label("Note")).to_have_value("")
    assert key_of(page) != key
    page.goto("/min-uge/")
    assert stored(page) == []


def test_the_back_button_after_saving_a_draft_that_was_taken(phone, mette, yusuf):
    page = phone(mette)
    key = write(page, yusuf, "Gemt er gemt")
    page.goto(log_form(yusuf))
    take(page)
    save(page)
    was_saved(page)
    page.go_back()
    expect(page).to_have_title("Log møde – Mentorindsats")
    expect(offer(page)).to_be_empty()
    assert key_of(page) != key
    assert stored(page) == []


def send_behind_the_page(page, mentee, user):
    """Send the form; it arrives, but the answer is lost."""
    fields = page.evaluate("[...new FormData(document.querySelector('form[data-draft-about]'))]")
    data = {}
    for name, value in fields:
        data.setdefault(name, []).append(value)
    client = Client()
    enter(client, user)
    assert client.post(log_form(mentee), data).status_code == 302
    assert Meeting.objects.count() == 1


def test_a_draft_whose_first_sending_got_through_is_saved_once(phone, mette, yusuf):
    page = phone(mette)
    write(page, yusuf, "Svaret kom aldrig")
    send_behind_the_page(page, yusuf, mette)
    page.goto(log_form(yusuf))
    take(page)
    save(page)
    expect(page.get_by_role("status").first).to_contain_text("Allerede gemt")
    assert Meeting.objects.count() == 1
    assert stored(page) == []


def test_more_text_on_a_draft_whose_first_sending_got_through_is_not_lost(phone, mette, yusuf):
    page = phone(mette)
    first = write(page, yusuf, "Svaret kom aldrig")
    send_behind_the_page(page, yusuf, mette)
    page.goto(log_form(yusuf))
    take(page)
    page.get_by_label("Note").fill("Svaret kom aldrig, og her er mere.")
    save(page)
    expect(page.get_by_role("alert")).to_contain_text("Der er allerede gemt et møde herfra")
    expect(page.get_by_label("Note")).to_have_value("Svaret kom aldrig, og her er mere.")
    assert key_of(page) != first
    expect(offer(page)).to_be_empty()
    expect(state(page)).to_contain_text("ikke gemt endnu")
    # The draft has moved with the text.
    assert [key for _, _, key, _ in stored(page)] == [key_of(page)]
    page.get_by_role("button", name="Gem alligevel").tap()
    was_saved(page)
    assert stored(page) == []


SEND = """() => fetch(location.href, {
  method: "POST",
  redirect: "manual",
  body: new URLSearchParams(new FormData(document.querySelector("[data-draft-about]"))),
}).then(() => null)"""


def test_when_the_answer_is_lost_the_next_page_says_it_is_saved_and_the_draft_goes(
    phone, mette, yusuf
):
    page = phone(mette)
    write(page, yusuf, "Svaret kom aldrig")
    page.evaluate("addEventListener('submit', (event) => event.preventDefault())")
    save(page)
    page.evaluate(SEND)
    page.goto(log_form(yusuf))
    expect(page.locator("[data-saved]")).to_be_visible()
    expect(offer(page)).to_be_empty()
    assert stored(page) == []
    assert Meeting.objects.count() == 1


def test_what_is_typed_after_gem_while_waiting_is_not_taken_for_saved(phone, mette, yusuf):
    page = phone(mette)
    write(page, yusuf, "Sendt")
    page.evaluate("addEventListener('submit', (event) => event.preventDefault())")
    save(page)
    page.evaluate(SEND)
    page.get_by_label("Note").fill("Sendt, og så lidt til")
    page.goto("/min-uge/")
    was_saved(page)
    page.goto(log_form(yusuf))
    take(page)
    expect(page.get_by_label("Note")).to_have_value("Sendt, og så lidt til")
    save(page)
    expect(page.get_by_role("alert")).to_contain_text("Der er allerede gemt et møde herfra")


# Signing out, and the session that ends


@pytest.mark.parametrize("by", ["header and script", "header", "script"])
def test_signing_out_leaves_nothing_for_the_next_user(phone, mette, torben, yusuf, by, monkeypatch):
    page = phone(mette)
    write(page, yusuf, "Halvvejs i en")
    page.goto("/konto/")
    if by == "header":
        page.evaluate(
            "document.querySelector('[data-signs-out]').removeAttribute('data-signs-out')"
        )
    if by == "script":
        monkeypatch.setattr(LogOut, "post", LogoutView.post)
    page.get_by_role("button", name="Log ud").tap()
    expect(page).to_have_title("Log ind – Mentorindsats")
    assert stored(page) == []
    sign_in(page, torben)
    expect(page).to_have_title("Overblik – Mentorindsats")
    page.goto(log_form(yusuf))
    expect(offer(page)).to_be_empty()
    expect(page.get_by_label("Note")).to_have_value("")


def test_a_window_left_open_does_not_bring_a_draft_back_after_signing_out(phone, mette, yusuf):
    page = phone(mette)
    write(page, yusuf, "I det første vindue")
    other = page.context.new_page()
    other.goto("/konto/log-ud/")
    other.get_by_role("button", name="Log ud").tap()
    expect(other).to_have_title("Log ind – Mentorindsats")
    page.goto("/konto/log-ind/")
    assert stored(page) == []


def test_a_draft_offered_in_one_window_is_not_given_after_signing_out_in_another(
    phone, mette, yusuf
):
    page = phone(mette)
    write(page, yusuf, "Ikke til den næste")
    page.goto(log_form(yusuf))
    expect(offer(page)).to_contain_text("Kladde fra")
    page.evaluate("localStorage.clear()")
    take(page)
    expect(page.get_by_label("Note")).to_have_value("")


def test_a_session_that_ended_in_the_middle(phone, mette, yusuf):
    page = phone(mette)
    write(page, yusuf, "Skrevet over otte timer")
    Session.objects.all().delete()
    save(page)
    expect(page).to_have_title("Log ind – Mentorindsats")
    assert len(stored(page)) == 1
    sign_in(page, mette)
    expect(page).to_have_title("Log møde – Mentorindsats")
    if page.get_by_role("button", name="Hent kladden").is_visible():
        take(page)
    expect(page.get_by_label("Note")).to_have_value("Skrevet over otte timer")
    expect(state(page)).to_contain_text("ikke gemt endnu")
    save(page)
    was_saved(page)
    assert Attendance.objects.get().note == "Skrevet over otte timer"
    assert stored(page) == []


def test_a_session_that_ended_before_anything_was_sent(phone, mette, yusuf):
    page = phone(mette)
    write(page, yusuf, "Skrevet over otte timer")
    Session.objects.all().delete()
    page.goto(log_form(yusuf))
    expect(page).to_have_title("Log ind – Mentorindsats")
    sign_in(page, mette)
    take(page)
    expect(page.get_by_label("Note")).to_have_value("Skrevet over otte timer")


def test_somebody_else_signing_in_after_a_session_ended_erases_it(phone, mette, torben, yusuf):
    page = phone(mette)
    write(page, yusuf, "Mettes ord")
    Session.objects.all().delete()
    save(page)
    sign_in(page, torben)
    expect(page).to_have_title("Log møde – Mentorindsats")
    expect(offer(page)).to_be_empty()
    expect(page.get_by_label("Note")).to_have_value("")
    assert stored(page) == []


# The programme's switch, and a browser that keeps nothing


def test_a_programme_that_keeps_no_drafts(phone, mette, yusuf, enrol, programme):
    zakaria = enrol("Zakaria Omar", mentor=mette)
    page = phone(mette)
    write(page, zakaria, "Om Zakaria")
    write(page, yusuf, "Om Yusuf")
    programme.keeps_drafts = False
    programme.save()
    page.goto(log_form(yusuf))
    expect(offer(page)).to_be_empty()
    assert [about for _, about, _, _ in stored(page)] == [str(zakaria.uuid)]
    page.get_by_label("Note").fill("Må ikke ligge her")
    page.goto(log_form(zakaria))
    assert stored(page) == []
    page.get_by_label("Note").fill("Gemmes på serveren alene")
    save(page)
    was_saved(page)


FORBIDDEN = "Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('no', 'SecurityError'); }})"
FULL = "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); }"


@pytest.mark.parametrize(
    ("trouble", "says"), [(FORBIDDEN, "^$"), (FULL, "^Telefonen kan ikke gemme en kladde.")]
)
def test_a_browser_that_keeps_nothing_promises_nothing_and_saves(
    phone, mette, yusuf, trouble, says
):
    page = phone(mette)
    page.add_init_script(trouble)
    page.goto(log_form(yusuf))
    page.get_by_label("Note").fill("Uden net under")
    expect(state(page)).to_have_text(re.compile(says))
    save(page)
    was_saved(page)
    assert Attendance.objects.get().note == "Uden net under"


# Never for another user, never about another person

NASTY = [
    *(
        "",
        " ",
        ":",
        "::",
        "\\",
        '"',
        '","',
        "[",
        "]",
        "a",
        "a:",
        ":a",
        "a:b",
        "b",
        "1",
        "11",
        "null",
        "%3A",
        "kladde:",
    ),
    *("æøå", "e\u0301", "\u00e9", "\u0000", "\u2028", "\U0001f642", "\ud83d", '\\"', "\\u0022"),
]


DRAFT_KEYS = """async ([script, triples]) => {
  const {draftKey} = await import(script);
  return JSON.parse(triples).map((three) => draftKey(...three));
}"""


@pytest.fixture
def keys(phone, db):
    """keys(triples): the names of their drafts, made by the page.

    A lone surrogate travels as an escape.
    """
    page = phone()
    page.goto("/konto/log-ind/")
    script = page.locator("script[src*=drafts]").get_attribute("src")
    return lambda triples: page.evaluate(DRAFT_KEYS, [script, json.dumps(triples)])


def test_no_two_nasty_triples_share_a_draft(keys):
    triples = list(product(NASTY, repeat=3))
    names = keys(triples)
    assert len(triples) > 20_000
    assert len(set(names)) == len(triples)
    assert [tuple(json.loads(name.removeprefix("kladde:"))) for name in names] == triples


def test_no_two_triples_at_all_share_a_draft(keys):
    # Few letters and short words: some triples are nearly alike.
    text = st.text(alphabet=st.sampled_from('a:,"\\\ud800\U0001f642'), max_size=2)
    triples = st.lists(st.tuples(text, text, text), min_size=50, max_size=200, unique=True)

    @settings(max_examples=60, deadline=None, phases=[Phase.generate])
    @given(triples)
    def each_has_its_own(triples):
        assert len(set(keys(triples))) == len(triples)

    each_has_its_own()


def test_two_users_and_three_people_in_one_browser(phone, mette, torben, yusuf, enrol):
    people = [yusuf, enrol("Zakaria Omar", mentor=mette), enrol("Ali Hussein", mentor=mette)]
    page = phone(mette)
    everything = {
        (user, mentee): f"{user.name} om {mentee.name}"
        for user in (mette, torben)
        for mentee in people
    }
    drafts = {}
    for user in (mette, torben):
        page.goto("/tilgaengelighed/")
        be(page, user)
        for mentee in people:
            write(page, mentee, everything[user, mentee])
        drafts_here = page.evaluate("({...localStorage})")
        # The other's were deleted with the first page.
        assert {user_pk for user_pk, *_ in stored(page)} == {str(user.pk)}
        assert len(drafts_here) == 3
        drafts |= drafts_here
    assert len(drafts) == 6

    put = "(drafts) => Object.entries(drafts).forEach(([name, text]) => localStorage.setItem(name, text))"
    for user, mentee in product((mette, torben), people):
        page.goto("/tilgaengelighed/")
        be(page, user)
        page.evaluate("localStorage.clear()")
        page.evaluate(put, drafts)  # all six lie there when the form opens
        page.goto(log_form(mentee))
        take(page)
        expect(page.get_by_label("Note")).to_have_value(everything[user, mentee])
        assert {pk for pk, *_ in stored(page)} == {str(user.pk)}
        others = set(everything.values()) - {everything[user, mentee]}
        assert not any(words in page.content() for words in others)


def test_a_draft_about_somebody_one_may_not_see_any_more_is_not_shown(phone, mette, rashid, yusuf):
    page = phone(mette)
    write(page, yusuf, "Mens jeg var mentor")
    yusuf.match(rashid, on=today(), by=mette)
    answer = page.goto(log_form(yusuf))
    assert answer.status == 404
    expect(page.locator("body")).not_to_contain_text("Mens jeg var mentor")


def test_a_draft_is_erased_when_the_access_ended_while_it_was_written(
    phone, mette, rashid, yusuf, enrol
):
    """The text is on the page, to be copied; the phone keeps the one about somebody else."""
    other = enrol("Hadi Nur", mentor=mette)
    page = phone(mette)
    write(page, other, "Om en anden")
    write(page, yusuf, "Mens jeg var mentor")
    yusuf.match(rashid, on=today(), by=mette)
    with page.expect_response(lambda response: response.request.method == "POST") as answer:
        save(page)
    assert answer.value.status == 404
    expect(page.get_by_role("main")).to_contain_text("Mens jeg var mentor")
    expect(page.get_by_role("main")).to_contain_text("ikke længere som kladde på telefonen")
    assert [dict(draft["fields"])["note"] for *_, draft in stored(page)] == ["Om en anden"]


def test_a_correction_keeps_no_draft(phone, mette, yusuf):
    meeting = log(yusuf, mette, note="Sådan stod der")
    page = phone(mette)
    write(page, yusuf, "Et nyt møde")
    page.goto(f"/moeder/{meeting.uuid}/")
    expect(offer(page)).to_be_empty()
    page.get_by_label("Note").fill("Rettet")
    page.goto("/min-uge/")
    assert [dict(draft["fields"])["note"] for *_, draft in stored(page)] == ["Et nyt møde"]
