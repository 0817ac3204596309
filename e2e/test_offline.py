"""Without a network: messages on the page, the service worker's answers and its cache."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from cases.models import Attendance, Meeting
from mentorship import views

from .audit import audit, prepare
from .conftest import PHONE
from .draft_pages import be, key_of, log_form, offer, save, state, stored, take, was_saved, write

pytestmark = pytest.mark.browser

KEPT = "Ingen forbindelse. Teksten er gemt på telefonen; tryk Gem igen, når du har signal."
STAY = "Ingen forbindelse. Bliv på siden, og tryk Gem igen, når du har signal."
CACHED = """async () => {
  const found = {};
  for (const name of await caches.keys())
    for (const request of await (await caches.open(name)).keys())
      found[new URL(request.url).pathname + new URL(request.url).search] =
        [name, request.method, await (await caches.match(request, {cacheName: name})).text()];
  return found;
}"""
WITHOUT_CACHE = """(name) => new Promise((done) => {
  let tries = 0;
  const look = async () => (tries++ > 100 || !await caches.has(name) ? done() : setTimeout(look, 100));
  look();
})"""
ON_LINE = "Object.defineProperty(Navigator.prototype, 'onLine', {get: () => %s})"


@pytest.fixture
def phone(browse):
    """phone(user): a page on a phone with a running service worker; failed requests are fine."""
    pages = []

    def phone(user=None, **options):
        page = browse(user, timezone_id="Europe/Copenhagen", **PHONE, **options)
        pages.append(page)
        page.goto("/tilgaengelighed/")
        wait_for_worker(page)
        return page

    yield phone
    for page in pages:
        page.trouble[:] = [line for line in page.trouble if "ERR_INTERNET_DISCONNECTED" not in line]


def wait_for_worker(page):
    page.evaluate("""() => navigator.serviceWorker.ready.then(() => navigator.serviceWorker.controller
      || new Promise((claimed) => navigator.serviceWorker.addEventListener("controllerchange", claimed)))
      .then(() => null)""")


def signal(page, there):
    page.context.set_offline(not there)


def test_airplane_mode_in_the_middle_of_a_note_and_back(phone, mette, yusuf):
    page = phone(mette)
    key = write(page, yusuf, "Vi talte om skolen")
    signal(page, False)
    page.get_by_label("Note").fill("Vi talte om skolen, og han ringer selv.")
    for _ in range(2):  # the button is not locked
        save(page)
        expect(state(page)).to_have_text(KEPT)
    expect(page).to_have_title("Log møde – Mentorindsats")
    expect(page.get_by_label("Note")).to_have_value("Vi talte om skolen, og han ringer selv.")
    [(*_, draft)] = stored(page)
    assert dict(draft["fields"])["note"].endswith("ringer selv.")
    page.get_by_label("Note").fill("Vi talte om skolen, og han ringer selv i dag.")
    expect(state(page)).to_contain_text("Kladde fra")
    signal(page, True)
    save(page)
    was_saved(page)
    assert str(Meeting.objects.get().submit_key) == key
    assert Attendance.objects.get().note == "Vi talte om skolen, og han ringer selv i dag."
    assert stored(page) == []


def test_a_form_nobody_has_touched_is_kept_when_it_was_sent(phone, mette, yusuf):
    page = phone(mette)
    page.goto(log_form(yusuf))
    key = key_of(page)
    signal(page, False)
    save(page)
    expect(state(page)).to_have_text(KEPT)
    signal(page, True)
    page.goto(log_form(yusuf))
    take(page)
    assert key_of(page) == key


def test_without_drafts_the_page_asks_one_to_stay(phone, mette, yusuf, programme):
    programme.keeps_drafts = False
    programme.save()
    page = phone(mette)
    page.goto(log_form(yusuf))
    page.get_by_label("Note").fill("Kun her")
    signal(page, False)
    save(page)
    expect(state(page)).to_have_text(STAY)
    assert stored(page) == []
    signal(page, True)
    save(page)
    was_saved(page)
    assert Attendance.objects.get().note == "Kun her"


def test_other_forms_say_it_beside_the_button_and_work_when_the_signal_is_back(phone, mette, yusuf):
    page = phone(mette)
    page.goto("/min-uge/")
    signal(page, False)
    for _ in range(2):
        page.get_by_role("button", name="Udeblevet").tap()
        expect(page.get_by_role("alert")).to_have_text(
            "Ingen forbindelse. Bliv på siden, og tryk igen, når du har signal."
        )
    signal(page, True)
    page.get_by_role("button", name="Udeblevet").tap()
    expect(page.get_by_role("status").first).to_contain_text("udeblevet i dag")
    assert Attendance.objects.get().outcome == "no_show"


def test_signing_out_without_signal_keeps_the_draft_and_says_so(phone, mette, yusuf):
    page = phone(mette)
    write(page, yusuf, "Ikke væk endnu")
    page.goto("/konto/")
    signal(page, False)
    page.get_by_role("button", name="Log ud").tap()
    expect(page.get_by_role("alert")).to_contain_text("Ingen forbindelse.")
    assert len(stored(page)) == 1


def test_when_the_browser_is_wrong_and_there_is_no_network_the_draft_waits_behind_tilbage(
    phone, mette, yusuf
):
    page = phone(mette)
    page.add_init_script(ON_LINE % "true")
    key = write(page, yusuf, "Skrevet i opgangen")
    signal(page, False)
    save(page)
    expect(page).to_have_title("Ingen forbindelse – Mentorindsats")
    expect(page.locator("body")).not_to_contain_text("Yusuf")
    assert Meeting.objects.count() == 0
    signal(page, True)
    page.get_by_role("link", name="Tilbage").tap()
    expect(page).to_have_title("Log møde – Mentorindsats")
    take(page)
    expect(page.get_by_label("Note")).to_have_value("Skrevet i opgangen")
    assert key_of(page) == key
    save(page)
    was_saved(page)
    assert Attendance.objects.get().note == "Skrevet i opgangen"
    assert stored(page) == []


def test_when_the_browser_is_wrong_and_there_is_a_network_the_form_is_sent(phone, mette, yusuf):
    page = phone(mette)
    page.add_init_script(ON_LINE % "false")
    page.goto("/min-uge/")
    # The button's value is sent too, and once.
    page.get_by_role("button", name="Forsøgt").dblclick()
    expect(page.get_by_role("status").first).to_contain_text("forsøgt i dag")
    write(page, yusuf, "Der er jo net")
    page.get_by_role("button", name="Gem møde").dblclick()
    # After the call just logged.
    expect(page.get_by_role("alert")).to_contain_text("Er det endnu et møde")
    page.get_by_role("button", name="Gem alligevel").dblclick()
    was_saved(page)
    assert Meeting.objects.count() == 2
    assert stored(page) == []


def test_a_page_that_cannot_come_is_answered_and_comes_with_prov_igen(phone, mette, yusuf):
    page = phone(mette)
    page.goto("/min-uge/")
    signal(page, False)
    page.get_by_role("link", name="Yusuf Hamdan", exact=True).tap()
    expect(page).to_have_title("Ingen forbindelse – Mentorindsats")
    expect(page.locator("body")).not_to_contain_text("Yusuf")
    # Our style.
    assert (
        page.evaluate("getComputedStyle(document.querySelector('.btn-primary')).minHeight")
        == "44px"
    )
    page.get_by_role("link", name="Prøv igen").tap()
    expect(page).to_have_title("Ingen forbindelse – Mentorindsats")
    signal(page, True)
    page.get_by_role("link", name="Prøv igen").tap()
    expect(page).to_have_title("Yusuf Hamdan – Mentorindsats")


def test_a_browser_without_service_workers_works_as_before(browse, mette, yusuf):
    page = browse(mette, **PHONE)
    page.add_init_script("delete Navigator.prototype.serviceWorker")
    write(page, yusuf, "Uden hjælper")
    save(page)
    was_saved(page)


# The cache


def test_the_cache_holds_the_shell_and_no_page_with_a_name(phone, mette, yusuf):
    page = phone(mette)
    write(page, yusuf, "En note, der er hemmelig")
    for path in ("/min-uge/", yusuf.get_absolute_url(), "/unge/", "/konto/", "/hjaelp/"):
        page.goto(path)
        expect(page.locator("h1")).to_be_visible()
    page.goto(log_form(yusuf))
    take(page)
    save(page)
    was_saved(page)
    be(page, mette)
    page.goto("/konto/")
    cached = page.evaluate(CACHED)
    assert set(cached) == {f"/static/{name}" for name in views.SHELL} | {
        "/offline/",
        "/offline/?sendt",
    }
    assert len({name for name, *_ in cached.values()}) == 1
    assert {method for _, method, _ in cached.values()} == {"GET"}
    for secret in (
        yusuf.name,
        yusuf.given_name,
        mette.name,
        mette.email,
        str(yusuf.uuid),
        "hemmelig",
        "csrf",
    ):
        assert not [
            path
            for path, (*_, text) in cached.items()
            if path.startswith("/offline") and secret in text
        ]
    for secret in (yusuf.name, mette.name, mette.email, str(yusuf.uuid), "hemmelig"):
        assert not [path for path, (*_, text) in cached.items() if secret in text]


def test_a_new_worker_deletes_the_old_caches(phone, mette, monkeypatch):
    page = phone(mette)
    [before] = page.evaluate("caches.keys()")
    page.evaluate(
        "caches.open('skal-gammel').then((cache) => cache.put('/gammel/', new Response('gammel')))"
    )
    monkeypatch.setattr(views, "SHELL", (*views.SHELL, "css/report.css"))
    page.evaluate(
        "navigator.serviceWorker.getRegistration().then((registration) => registration.update()).then(() => 0)"
    )
    page.evaluate(WITHOUT_CACHE, before)
    [after] = page.evaluate("caches.keys()")
    assert after not in (before, "skal-gammel")
    assert "/static/css/report.css" in page.evaluate(CACHED)


@pytest.fixture
def probes(settings, tmp_path, monkeypatch):
    """Two static files of the shell, one with a hashed name."""
    settings.STATICFILES_DIRS = [*settings.STATICFILES_DIRS, str(tmp_path)]
    names = ("plain.css", "hashed.0123456789ab.css")
    for name in names:
        (tmp_path / name).write_text("old")
    monkeypatch.setattr(views, "SHELL", (*views.SHELL, *names))
    return [tmp_path / name for name in names]


GET = "(path) => fetch(path, {cache: 'no-store'}).then((answer) => answer.text())"


def test_a_hashed_file_comes_from_the_cache_and_another_from_the_network(probes, phone):
    page = phone()
    plain, hashed = (f"/static/{Path(path).name}" for path in probes)
    for path in probes:
        path.write_text("new")
    assert page.evaluate(GET, hashed) == "old"
    assert page.evaluate(GET, plain) == "new"
    signal(page, False)
    assert page.evaluate(GET, hashed) == "old"
    assert page.evaluate(GET, plain) == "old"


def test_nothing_else_is_answered_by_the_worker(phone, mette):
    page = phone(mette)
    page.goto("/min-uge/")
    signal(page, False)
    asked = "(path) => fetch(path).then(() => 'an answer', () => 'nothing')"
    for path in ("/min-uge/", "/offline/", "/static/css/report.css", "/sundhed/"):
        assert page.evaluate(asked, path) == "nothing", path


def test_after_signing_out_the_worker_and_its_cache_come_back_by_themselves(phone, mette, yusuf):
    page = phone(mette)
    page.goto("/konto/")
    page.get_by_role("button", name="Log ud").tap()
    expect(page).to_have_title("Log ind – Mentorindsats")
    page.reload()
    wait_for_worker(page)
    assert "/offline/" in page.evaluate(CACHED)


# How it looks


@pytest.mark.parametrize("path", ["/offline/", "/offline/?sendt"])
def test_nothing_is_wrong_with_the_offline_page(phone, path):
    page = phone(reduced_motion="reduce")
    prepare(page)
    page.goto(path)
    assert not audit(page)


def test_nothing_is_wrong_with_an_offer_nor_with_the_message(phone, mette, yusuf):
    page = phone(mette, reduced_motion="reduce")
    prepare(page)
    write(page, yusuf, "En note")
    page.goto(log_form(yusuf))
    expect(offer(page)).to_contain_text("Kladde fra")
    assert not audit(page)
    take(page)
    signal(page, False)
    save(page)
    expect(state(page)).to_have_text(re.compile("^Ingen forbindelse"))
    assert not audit(page)
