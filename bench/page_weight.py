"""The bytes of a first and a second load of Min uge on a phone, and its layout shift.

python bench/page_weight.py

A real site (https through a front proxy, compressed static files, gunicorn) with the demo, loaded
by Chromium with an empty cache and again. Counts what the proxy sent, headers included, until page
and service worker are quiet.
"""

import os
import secrets
import shutil
import sys
import tempfile
from base64 import urlsafe_b64encode
from collections import Counter
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from front_proxy import front_proxy
from playwright.sync_api import sync_playwright
from running_site import (
    BENCH,
    TREE,
    empty_database,
    environment,
    fill,
    gunicorn,
    leaving_tidily,
    run,
)
from visitor import Visitor

MY_WEEK = "/min-uge/"
GOALS = {"cold": 120, "warm": 15}  # kB
YOUNG_PEOPLE = (10, 50)
KB = 1000
QUIET = 700  # milliseconds

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = ["--no-sandbox", "--no-first-run"]
FLAGS += [
    f"--disable-{part}"
    for part in ("gpu", "quic", "background-networking", "component-update", "sync")
]
PHONE = {
    "viewport": {"width": 390, "height": 844},
    "has_touch": True,
    "is_mobile": True,
    "locale": "da-DK",
}
SHIFTS = """
window.shifts = 0;
new PerformanceObserver(list => {
  for (const shift of list.getEntries()) if (!shift.hadRecentInput) window.shifts += shift.value;
}).observe({type: "layout-shift", buffered: true});
"""
WORKER_IS_READY = (
    "() => Promise.race([navigator.serviceWorker.ready, new Promise(done => setTimeout(done, "
    "3000))]).then(() => 0)"
)


@dataclass(frozen=True)
class Load:
    sizes: Counter  # path -> bytes
    shift: float

    @property
    def kb(self):
        return self.sizes.total() / KB


@contextmanager
def real_site(folder, young_people):
    """Yield (port, what fill printed)."""
    with empty_database(folder, server="") as database:
        env = environment(
            database,
            PYTHONPATH=os.pathsep.join((str(TREE), str(BENCH))),
            DJANGO_SETTINGS_MODULE="real_site",
            BENCH_STATIC_ROOT=str(folder / "static"),
            SECRET_KEY=secrets.token_urlsafe(64),
            MFA_KEYS=urlsafe_b64encode(secrets.token_bytes(32)).decode(),
            ALLOWED_HOSTS="localhost,127.0.0.1",
            BEHIND_PROXY="true",
            EMAIL_URL="smtp://localhost",
            DEBUG="false",
        )
        told = fill(f"demo {young_people}", env=env)
        run("manage.py", "collectstatic", "--noinput", "-v0", env=env)
        with gunicorn(env, folder / "log") as port:
            yield port, told


def session(port, told):
    visitor = Visitor(port)
    visitor.headers["Origin"] = f"https://127.0.0.1:{port}"  # as a browser would
    visitor.sign_in(told["users"]["mette"], told["password"], told["codes"])
    return visitor.cookies


def browser_program(playwright):
    if asked := os.environ.get("E2E_BROWSER"):
        return asked
    if Path(playwright.chromium.executable_path).exists():
        return None
    return next(filter(None, map(shutil.which, NAMES)), None) or sys.exit(
        "No browser: apt-get install chromium"
    )


def load(page, proxy):
    proxy.sent.clear()
    answer = page.goto(f"http://localhost:{proxy.port}{MY_WEEK}", wait_until="networkidle")
    page.evaluate(WORKER_IS_READY)
    sent = -1
    while sent != (sent := proxy.sent.total()):
        page.wait_for_timeout(QUIET)
    if answer.status != 200 or not page.title().startswith("Min uge"):
        raise SystemExit(f"{MY_WEEK} answered {answer.status}: {page.title()}")
    return Load(proxy.sent.copy(), page.evaluate("window.shifts"))


def loads(browser, proxy, cookies):
    """(cold, warm) in a new profile."""
    context = browser.new_context(**PHONE)
    place = {"domain": "localhost", "path": "/", "secure": True}
    context.add_cookies([{"name": name, "value": value} | place for name, value in cookies.items()])
    context.add_init_script(SHIFTS)
    page = context.new_page()
    try:
        return load(page, proxy), load(page, proxy)
    finally:
        context.close()


def measure(browser, young_people):
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="bench-")))
        site, told = stack.enter_context(real_site(folder, young_people))
        proxy = stack.enter_context(front_proxy(site))
        return loads(browser, proxy, session(proxy.port, told))


def main():
    with leaving_tidily(), sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=browser_program(playwright), args=FLAGS
        )
        print(f"{'Min uge over the wire, KB':28}{'cold':>8}{'warm':>8}{'shift':>8}")
        print(f"{'goal, at most':28}{GOALS['cold']:>8}{GOALS['warm']:>8}{0:>8}")
        for young_people in YOUNG_PEOPLE:
            cold, warm = measure(browser, young_people)
            shift = max(cold.shift, warm.shift)
            name = f"{young_people} young people"
            print(f"{name:28}{cold.kb:>8.1f}{warm.kb:>8.1f}{shift:>8.3f}", flush=True)
        browser.close()
    print(f"\n{YOUNG_PEOPLE[-1]} young people, cold, bytes:")
    for path, size in sorted(cold.sizes.items(), key=lambda pair: -pair[1]):
        print(f"{size:>9,.0f}  {path}")


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
