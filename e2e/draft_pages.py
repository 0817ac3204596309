"""Helpers for the log form and its draft."""

from django.test import Client
from playwright.sync_api import expect

from accounts.tests.builders import sign_in as enter

STORED = """() => Object.entries(localStorage).map(([name, value]) =>
  [...JSON.parse(name.slice("kladde:".length)), JSON.parse(value)])"""


def be(page, user):
    """Sign in as another user; the one before did not sign out."""
    client = Client()
    enter(client, user)
    origin = page.evaluate("location.origin")
    page.context.add_cookies(
        [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": origin}]
    )


def log_form(mentee):
    return f"/moeder/ny/?ung={mentee.uuid}"


def offer(page):
    return page.locator("[data-draft-offer]")


def state(page):
    return page.locator("[data-draft-state]")


def key_of(page):
    return page.locator("[name=submit_key]").input_value()


def stored(page):
    """Return [(user, person, submit key, draft)] of all drafts on the phone."""
    return [tuple(draft) for draft in page.evaluate(STORED)]


def write(page, mentee, note):
    """Open the form, type the note, wait for its draft. Return the submit key."""
    page.goto(log_form(mentee))
    page.get_by_label("Note").fill(note)
    expect(state(page)).to_contain_text("Kladde fra")
    return key_of(page)


def take(page):
    page.get_by_role("button", name="Hent kladden").tap()
    expect(offer(page)).to_be_empty()


def save(page):
    page.get_by_role("button", name="Gem møde").tap()


def was_saved(page):
    expect(page.locator("[data-saved]")).to_be_visible()
