"""A large file is imported in a process of its own: over TCP, with real processes."""

import http.client
import os
import re
import signal
import time
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from running_site import is_postgres, running_site
from visitor import Visitor, form_in

from cases.models import Meeting, Membership, Mentee, Role
from cases.tests.builders import falsify
from imports import sentences
from imports.models import ImportRun, Outcome
from imports.tests import sheets
from mentorship.tests.test_four_at_once import models_on
from web.dates import today

pytestmark = pytest.mark.slow

ROWS = 4_000
RUNNING = "Det går videre"
SECRET = "En helt særlig tekst"


def a_file(outcome="Afholdt"):
    """ROWS meetings; notes that differ, so that it does not become small."""
    day = today().isoformat()
    person = ["7", "Ali Test", "14.05.2007", "dreng", day, "", "", ""]
    person[5:7] = ["Hastrupparken", "mette@example.dk"]
    meeting = ["7", day, "Telefon", 30, outcome]
    notes = [f"Talte om {n * 7919 % 10_007} og {n * 104_729 % 99_991}." for n in range(ROWS)]
    return sheets.right(
        unge=[[*person[:7], "frafaldstruet"]],
        statusser=[["7", day, "Ungecenter", ""]],
        moeder=[[*meeting, note] for note in notes],
    )


CONTENT = a_file()


class Browser(Visitor):
    """Torben's, on the import pages."""

    def upload(self, content, form=None, **more):
        """Return the answer's status, address and text."""
        form = form or form_in(self.get("/import/"), to="/import/")
        file = SimpleUploadedFile("a.xlsx", content)
        body = encode_multipart(BOUNDARY, form.fields | more | {"files": file})
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        headers = {"Cookie": cookies, "Content-Type": MULTIPART_CONTENT}
        asked = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        asked.request("POST", form.action, body, headers)
        answer = asked.getresponse()
        text = answer.read().decode()
        asked.close()
        return answer.status, answer.headers.get("Location", ""), text

    def begin(self, content, **more):
        """Start an import that was tried; return its page's address."""
        digest = self.tried(content)
        status, address, _ = self.upload(content, importer="1", proevet=digest)
        assert status == 302 and address != "/import/"
        return address

    def tried(self, content):
        _, address, _ = self.upload(content)
        return form_in(self.when_ended(address), having="proevet").fields["proevet"]

    def when_ended(self, address):
        return self.when(address, lambda text: RUNNING not in text)

    def when(self, address, condition, seconds=90):
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            answer = self.get(address)
            if condition(answer.text):
                return answer
            time.sleep(0.05)
        raise AssertionError(answer.text)


def processes(site):
    """The processes that import on this site, [(pid, its parent's)]."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            is_ours = f"DATABASE_URL={site.database}".encode() in (folder / "environ").read_bytes()
            if is_ours and b"import_process" in (folder / "cmdline").read_bytes():
                parent = (folder / "stat").read_text().rpartition(")")[2].split()[1]
                found.append((int(folder.name), int(parent)))
    return found


def kill(site, *, only_worker):
    pids = {pid for pid, _ in processes(site)}
    workers = {pid for pid, parent in processes(site) if parent in pids}
    assert workers
    for pid in workers if only_worker else pids - workers:
        os.kill(pid, signal.SIGKILL)


def until_gone(site):
    end = time.monotonic() + 30
    while processes(site) and time.monotonic() < end:
        time.sleep(0.05)
    assert not processes(site)


@pytest.fixture(scope="module")
def site(django_db_blocker):
    with running_site("few") as site, django_db_blocker.unblock(), models_on(site.database):
        yield site


@pytest.fixture
def torben(site):
    return Browser(site.port).sign_in(
        site.told["coordinator"], site.told["password"], site.told["codes"]
    )


def rows():
    connection.close()
    return Meeting.objects.count(), Mentee.objects.filter(name="Ali Test").count()


def last():
    connection.close()
    return ImportRun.objects.first()


@pytest.mark.one_database
def test_problems_are_on_the_page_and_nowhere_else(site, torben):
    _, address, _ = torben.upload(a_file(outcome=SECRET))
    page = torben.when_ended(address).text
    assert f"{ROWS} ting skal rettes" in page and SECRET in page
    assert SECRET not in str(ImportRun.objects.values_list())
    assert SECRET not in site.log.read_text()
    if not is_postgres(site.database):
        file = Path(urlsplit(site.database).path)
        assert SECRET.encode() not in file.read_bytes()
    ((keeper, _),) = processes(site)
    os.kill(keeper, signal.SIGKILL)
    page = torben.get(address).text
    assert "er ikke gemt på serveren. Prøv filen igen" in page and SECRET not in page


@pytest.mark.one_database
def test_the_next_file_ends_the_process_that_keeps_problems(site, torben):
    torben.when_ended(torben.upload(a_file(outcome=SECRET))[1])
    ((keeper, _),) = processes(site)
    torben.tried(CONTENT)
    assert keeper not in dict(processes(site))
    until_gone(site)


@pytest.mark.parametrize("only_worker", [True, False])
def test_a_process_that_is_killed_while_writing_leaves_nothing(site, torben, only_worker):
    before, address = rows(), torben.begin(CONTENT)
    torben.when(address, lambda text: "Skriver møder" in text)
    kill(site, only_worker=only_worker)
    page = torben.when_ended(address).text
    assert "Afbrudt. Intet er importeret" in page
    until_gone(site)
    assert rows() == before
    assert "Afbrudt. Intet er importeret" in torben.get(address).text


@pytest.mark.one_database
def test_of_two_at_once_one_runs_and_the_other_is_told(site, torben):
    _, address, _ = torben.upload(CONTENT)
    assert torben.upload(CONTENT)[:2] == (302, "/import/")
    assert sentences.ALREADY_RUNNING in torben.get("/import/").text
    assert "Filen er i orden" in torben.when_ended(address).text


def test_who_may_not_any_longer_imports_nothing(site, torben):
    before, address = rows(), torben.begin(CONTENT)
    torben.when(address, lambda text: "Prøver arket" in text)
    coordinator = Membership.objects.filter(role=Role.COORDINATOR)
    falsify(coordinator, role=Role.COMMITTEE)
    try:
        assert torben.get(address).status == 404
        until_gone(site)
    finally:
        connection.close()
        falsify(Membership.objects.filter(role=Role.COMMITTEE), role=Role.COORDINATOR)
    assert (rows(), last().outcome) == (before, Outcome.NO_ACCESS)
    assert sentences.HEADINGS[Outcome.NO_ACCESS] in torben.get(address).text


def test_a_connection_that_is_lost_leaves_nothing(site, torben):
    if not is_postgres(site.database):
        pytest.skip("SQLite has none")
    before, address = rows(), torben.begin(CONTENT)
    torben.when(address, lambda text: "Skriver møder" in text)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
    page = torben.when_ended(address).text
    assert "Afbrudt. Intet er importeret" in page
    assert rows() == before


def test_it_answers_at_once_says_how_far_it_is_and_others_go_on(site, torben):
    before = rows()
    start = time.monotonic()
    _, address, _ = torben.upload(CONTENT)
    assert time.monotonic() - start < 1
    torben.when(address, lambda text: re.search(r"arket moeder: \d.000 af 4.000", text))
    assert torben.ask("GET", address)[1]["Refresh"] == "3"
    assert "En import er i gang." in torben.get("/import/").text
    tried = torben.when_ended(address)
    assert "4.000 møder" in tried.text and rows() == before
    form = form_in(tried, having="proevet")
    _, address, _ = torben.upload(CONTENT, form, importer="1")
    torben.when(address, lambda text: re.search(r"Skriver \w+: [\d.]+ af", text))
    start = time.monotonic()
    assert torben.get("/unge/").status == 200
    assert time.monotonic() - start < 2
    assert "Færdig" in torben.when_ended(address).text
    assert rows() == (before[0] + ROWS, before[1] + 1)
    _, address, _ = torben.upload(CONTENT)
    assert "4002 rækker findes allerede" in torben.when_ended(address).text
    assert "Seneste store fil" in torben.get("/import/").text


@pytest.mark.one_database
def test_another_file_than_the_one_that_was_tried_is_tried(site, torben):
    _, address, _ = torben.upload(CONTENT, importer="1", proevet="0" * 64)
    assert sentences.ANOTHER_FILE in torben.get(address).text
    torben.when_ended(address)
    assert last().is_trial


@pytest.mark.one_database
def test_one_that_takes_too_long_is_ended(django_db_blocker):
    with (
        running_site("few", IMPORT_SECONDS="0") as site,
        django_db_blocker.unblock(),
        models_on(site.database),
    ):
        torben = Browser(site.port).sign_in(
            site.told["coordinator"], site.told["password"], site.told["codes"]
        )
        _, address, _ = torben.upload(CONTENT)
        page = torben.when_ended(address).text
        assert sentences.HEADINGS[Outcome.TOO_LONG] in page
        until_gone(site)
