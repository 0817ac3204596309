"""The browser of the browser tests: which one it is, how a person gets into it, and what no page may do in any test.

A browser is looked for in this order: E2E_BROWSER, playwright's own, the system's Chromium or Chrome. Without one the
tests are skipped, and `make test` says so (with CI=true that is a failure); with E2E_REQUIRED=1 they fail by themselves.
"""

import os
import shutil
from pathlib import Path

import pytest
from django.test import Client
from playwright.sync_api import expect, sync_playwright

from demo import living, logins, neighbour
from web.dates import today

from .watch import Watch

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "msedge")
FLAGS = [
    f"--disable-{part}"
    for part in ("gpu", "quic", "background-networking", "component-update", "sync")
]
HOW = "apt-get install chromium, or playwright install chromium, or E2E_BROWSER=/path/to/it"
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}

PASSWORD = "en lang adgangskode"
PATIENCE = 15_000  # milliseconds; the machine may be busy
expect.set_options(timeout=PATIENCE)


@pytest.fixture(scope="session", autouse=True)
def django_beside_a_browser():
    """Playwright runs an event loop in this thread, and Django asks whether that is meant. It is."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        yield


def no_browser(why):
    if os.environ.get("E2E_REQUIRED") == "1":
        pytest.fail(f"{why}, and E2E_REQUIRED=1", pytrace=False)
    pytest.skip(why)


@pytest.fixture(scope="session")
def playwright():
    """As pytest-playwright's, but a driver that cannot start on this machine is a browser that is not there."""
    try:
        driver = sync_playwright().start()
    except Exception as error:  # a bare one is what the driver raises
        no_browser(f"playwright does not start here: {error}")
    yield driver
    driver.stop()


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args, playwright):
    args = {"args": [*FLAGS, "--no-first-run"], **browser_type_launch_args}
    own = Path(playwright.chromium.executable_path)
    if asked := os.environ.get("E2E_BROWSER"):
        args["executable_path"] = shutil.which(asked) or pytest.fail(
            f"E2E_BROWSER={asked}: no such program"
        )
    elif not own.exists() and "channel" not in args:
        args["executable_path"] = next(filter(None, map(shutil.which, NAMES)), None) or no_browser(
            f"no browser: {HOW}"
        )
    return args


@pytest.fixture(scope="session")
def base_url(live_server):
    """Pages are asked for by their path. The host is localhost, which a browser takes for a safe origin."""
    return live_server.url


@pytest.fixture
def browse(new_context, live_server):
    """browse(user, **options): a page in a window of its own, signed in as the user; nobody without one.

    Whatever the browser had to complain about while the test ran fails the test at its end.
    """
    watches = []

    def browse(user=None, **options):
        context = new_context(locale="da-DK", **options)
        context.set_default_timeout(PATIENCE)
        watches.append(Watch(context, live_server.url))
        if user:
            client = Client()
            client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
            context.add_cookies(
                [
                    {
                        "name": "sessionid",
                        "value": client.cookies["sessionid"].value,
                        "url": live_server.url,
                    }
                ]
            )
        page = context.new_page()
        page.trouble = watches[-1].trouble
        return page

    yield browse
    trouble = [line for watch in watches for line in watch.trouble]
    assert not trouble, "\n".join(trouble)


def sign_in(page, user):
    """Through the form, which must be on the page."""
    page.get_by_label("E-mail").fill(user.email)
    page.get_by_label("Adgangskode").fill(PASSWORD)
    page.get_by_role("button", name="Log ind").click()


@pytest.fixture
def demo(transactional_db):
    """The living demo programme and its neighbour: pages as full as they get. {key: User}."""
    users = logins.create(PASSWORD)
    for programme in (living, neighbour):
        programme.build(users, today())
    return users
