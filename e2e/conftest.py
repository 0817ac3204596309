"""Fixtures of the browser tests: the browser, signed-in pages and the demo.

Browsers are tried in this order: E2E_BROWSER, playwright's own, the system's Chromium or Chrome.
Without one the tests are skipped, which `make test` reports (a failure with CI=true); with
E2E_REQUIRED=1 they fail.
"""

import os
import shutil
from pathlib import Path

import pytest
from django.test import Client
from playwright.sync_api import expect, sync_playwright

from accounts.tests.builders import next_recovery_code
from accounts.tests.builders import sign_in as enter
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
    """Allow the ORM in this thread, in which playwright runs an event loop."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        yield


def no_browser(why):
    if os.environ.get("E2E_REQUIRED") == "1":
        pytest.fail(f"{why}, and E2E_REQUIRED=1", pytrace=False)
    pytest.skip(why)


@pytest.fixture(scope="session")
def playwright():
    """As pytest-playwright's, but a driver that cannot start counts as a missing browser."""
    try:
        driver = sync_playwright().start()
    except Exception as error:  # the driver raises a bare one
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
    """Tests open paths. The host is localhost, which browsers treat as a secure origin."""
    return live_server.url


@pytest.fixture
def browse(new_context, live_server):
    """browse(user, **options): a page in a context of its own, signed in as the user, if any.

    At its end the test fails if the browser complained about anything.
    """
    watches = []

    def browse(user=None, **options):
        context = new_context(locale="da-DK", **options)
        context.set_default_timeout(PATIENCE)
        watches.append(Watch(context, live_server.url))
        if user:
            client = Client()
            enter(client, user)
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
    """Sign in through the forms of password and code; the first must be on the page."""
    code = next_recovery_code(user)
    page.get_by_label("E-mail").fill(user.email)
    page.get_by_label("Adgangskode").fill(PASSWORD)
    page.get_by_role("button", name="Log ind", exact=True).click()
    page.get_by_label("Kode").fill(code)
    page.get_by_role("button", name="Log ind").click()


@pytest.fixture
def demo(transactional_db):
    """Build the demo programmes, for pages as full as they get. Return {key: User}."""
    users = logins.create(PASSWORD)
    for programme in (living, neighbour):
        programme.build(users, today())
    return users
