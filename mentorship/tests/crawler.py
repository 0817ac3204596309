"""A visitor who follows every link, sends every form and tries every address there is.

What it is answered is read for words (crawl_world.py) that the user may not read.
"""

import io
import re
import threading
import zipfile
from functools import lru_cache
from html import unescape
from html.parser import HTMLParser
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit
from uuid import uuid4

import pypdf
from django.apps import apps
from django.contrib.auth.models import AnonymousUser
from django.db import connection, transaction
from django.test import Client, TestCase
from django.urls import Resolver404, URLResolver, get_resolver, resolve, reverse
from django.urls.converters import UUIDConverter

from accounts.mails import THREAD
from accounts.models import User
from accounts.tests.builders import sign_in as enter
from cases.models import (
    Agreement,
    Expectation,
    FieldChange,
    GoalDefinition,
    HousingArea,
    KeyFigure,
    Match,
    Meeting,
    Membership,
    Mentee,
    Partner,
    PartnerContact,
    Pause,
    Residence,
    StatusChange,
    Strike,
    Substitution,
)
from imports.models import ImportRun
from overview.tables import TABLES
from reporting.models import IssuedReport, ReportDraft, ReportWithdrawal, SingleIssuerProposal
from setup.models import FactorReset, Invitation

from .crawl_rows import WRITERS, Rights

WORD = re.compile(r"(?:[bdfgkpvz][aiouy]){4}xq|(?=(\d{8}))\d", re.IGNORECASE)
FACTS = {"status": StatusChange, "bopael": Residence, "mentor": Match, "pause": Pause}
STRIKABLE = {
    "meeting": Meeting,
    "status": StatusChange,
    "agreement": Agreement,
    "details": FieldChange,
}
# What the UUID in an address is of, by how its route begins. An unknown one is tried with all.
OBJECTS = {
    "unge/": Mentee,
    "aftaler/": Agreement,
    "indsats/vikarer/": Substitution,
    "indsats/boligomraader/": HousingArea,
    "indsats/noegletal/": KeyFigure,
    "indsats/partnere/": Partner,
    "moeder/": Meeting,
    "rapporter/kladde/": ReportDraft,
    "rapporter/": IssuedReport,
    "godkendelser/udsendelse/": SingleIssuerProposal,
    "godkendelser/rapport/": ReportWithdrawal,
    "godkendelser/maal/": GoalDefinition,
    "godkendelser/forventninger/": Expectation,
    "godkendelser/to-trin/": FactorReset,
    "indsats/maal/": GoalDefinition,
    "indsats/forventninger/": Expectation,
    "import/": ImportRun,
    "brugere/invitationer/": Invitation,
    "brugere/": Membership,
}
HAVE_UUID = [
    model
    for app in ("cases", "reporting", "imports", "setup")
    for model in apps.get_app_config(app).get_models()
    if any(field.name == "uuid" for field in model._meta.fields)
]
# Of pages that differ only in what a parameter says, or in the form that stands on them.
OF_A_SHAPE = 2
HEADERS = {
    "Content-Security-Policy": "frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=()",
}
CACHED = ("/sw.js", "/offline/")  # the same for everybody; the device keeps them


class Page(HTMLParser):
    """`links`: addresses; `forms`: [(method, action, [(name, value)])], as a browser sends them."""

    def __init__(self, text):
        super().__init__()
        self.links, self.forms, self.select, self.area = [], [], None, None
        self.feed(text)

    def handle_starttag(self, tag, pairs):
        attributes = dict(pairs)
        for name in ("href", "src", "action", "hx-get", "hx-post", "formaction"):
            if attributes.get(name):
                self.links.append(attributes[name])
        if tag == "form":
            method = (attributes.get("method") or "get").lower()
            self.forms.append((method, attributes.get("action") or "", []))
        if not self.forms or "disabled" in attributes:
            return
        name, value = attributes.get("name"), attributes.get("value") or ""
        kind = attributes.get("type", "text")
        if tag == "select":
            self.select = name
        elif tag == "option" and self.select and "selected" in attributes:
            self.add(self.select, value)
        elif tag == "textarea":
            self.area = name
        elif tag == "input" and name and kind not in ("submit", "file", "image"):
            if kind not in ("checkbox", "radio"):
                self.add(name, value)
            elif "checked" in attributes:
                self.add(name, value or "on")
        elif tag == "button" and name:
            self.add(name, value)

    def handle_endtag(self, tag):
        if tag == "select":
            self.select = None
        elif tag == "textarea":
            self.area = None

    def handle_data(self, data):
        if self.area:
            self.add(self.area, data.removeprefix("\n"))
            self.area = None

    def add(self, name, value):
        self.forms[-1][2].append((name, value))


def text_of(response):
    """Return what is read in the body, and in the headers."""
    headers = " ".join(response.headers.values())
    body = response.getvalue() if response.streaming else response.content
    if body.startswith(b"%PDF"):
        return headers + pdf_text(body)
    if body.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(body)) as file:
            parts = [file.read(name).decode(errors="replace") for name in file.namelist()]
        return headers + " ".join(parts)
    return headers + unescape(body.decode())


@lru_cache
def pdf_text(body):
    reader = pypdf.PdfReader(io.BytesIO(body))
    return f"{reader.metadata}" + "".join(page.extract_text() for page in reader.pages)


def patterns(resolver=None, route=""):
    """Yield (name, route, {argument: converter})."""
    for entry in (resolver or get_resolver()).url_patterns:
        here = route + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from patterns(entry, here)
        else:
            yield entry.name, here, entry.pattern.converters


def uuids(model):
    return list(model._base_manager.order_by("pk").values_list("uuid", flat=True))


def with_mentee(model):
    """Return [(UUID of a mentee, UUID of a row about them)]."""
    mentee = "attendances__mentee__uuid" if model is Meeting else "mentee__uuid"
    return list(model._base_manager.order_by("pk").values_list(mentee, "uuid"))


def addresses():
    """Yield a list for each page: its addresses, one about each object."""
    for name, route, arguments in patterns():
        if name == "account_reset_password_from_key":
            yield [reverse(name, kwargs={"uidb36": "1", "key": "abc-123"})]
        elif name.startswith("saml_"):
            yield [reverse(name, args=["saml"])]
        elif name == "account_open_invitation":
            yield [reverse(name, args=["et-gaet"])]
        elif name == "overview_table":
            for ending in ("csv", "xlsx"):
                yield [reverse(name, args=[table, ending]) for table in TABLES]
        elif name == "withdraw_fact":
            for kind, model in FACTS.items():
                yield [reverse(name, args=[kind, key]) for key in uuids(model)]
        elif name == "ask_to_strike":
            for kind, model in STRIKABLE.items():
                yield [reverse(name, args=[about, kind, key]) for about, key in with_mentee(model)]
        elif name == "answer_strike":
            yield [reverse(name, args=pair) for pair in with_mentee(Strike)]
        elif name == "withdraw_contact":
            contacts = PartnerContact.objects.order_by("pk")
            pairs = contacts.values_list("partner__uuid", "uuid")
            yield [reverse(name, args=pair) for pair in pairs]
        elif arguments:
            [argument] = arguments
            assert isinstance(arguments[argument], UUIDConverter), f"{route}: say what it takes"
            of = next((OBJECTS[start] for start in OBJECTS if route.startswith(start)), None)
            for model in [of] if of else HAVE_UUID:
                yield [reverse(name, args=[key]) for key in uuids(model)]
        else:
            yield [reverse(name)]


def strange_addresses():
    """Yield every address about an object with the UUID of each other kind of object."""
    one_of = {model: uuids(model)[0] for model in HAVE_UUID if uuids(model)}
    for name, _, arguments in patterns():
        if any(isinstance(converter, UUIDConverter) for converter in arguments.values()):
            for key in one_of.values():
                kwargs = {n: "status" if n == "kind" else key for n in arguments}
                yield reverse(name, kwargs=kwargs)


def kinds_of_uuids():
    """Return {UUID as in an address: model}."""
    return {str(key): model for model in HAVE_UUID for key in uuids(model)}


def versions(table):
    """Return {key: version}; triggers raise it whenever something of the row's is written."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id, version FROM {table}")  # noqa: S608
        return dict(cursor.fetchall())


class Visitor:
    """A user, or nobody, at the site; `findings` are sentences about what must not be."""

    def __init__(self, world, key):
        self.world, self.key, self.client = world, key, Client(raise_request_exception=False)
        self.findings, self.answered, self.words, self.kinds = [], set(), set(), set()
        self.forms, self.shapes = [], {}
        self.kind_of = kinds_of_uuids()
        self.rights = None

    def sign_in(self):
        enter(self.client, self.world.users[self.key])

    def arrive(self):
        """Count the rights, once everything has ended that ends meanwhile."""
        user = self.world.users.get(self.key)
        self.rights = Rights(User.objects.get(pk=user.pk) if user else AnonymousUser())

    def find(self, sentence):
        self.findings.append(f"{self.key}: {sentence}")

    # Reading an answer

    def read(self, response, what, is_get=True):
        """Note what the answer must not hold; return its text."""
        if response.status_code >= 500:
            self.find(f"{what} answers {response.status_code}")
        path = urlsplit(what.split()[-1]).path
        for name, value in HEADERS.items():
            if value not in response.headers.get(name, ""):
                self.find(f"{what} has no {name}")
        if path not in CACHED and "no-store" not in response.headers.get("Cache-Control", ""):
            self.find(f"{what} may be stored")
        text = text_of(response)
        found = self.words_in(text)
        for word in found:
            if not self.rights.allow(self.world.secrets[word]):
                self.find(f"{what} ({response.status_code}) shows {self.world.secrets[word]}")
        if is_get and response.status_code >= 400:
            for word in found:
                if self.world.secrets[word].kind != "User":  # the menu has one's own name
                    self.find(f"{what} is an error and shows {self.world.secrets[word]}")
        if found:
            self.words |= found
            self.kinds.add(response.headers["Content-Type"].partition(";")[0])
        self.read_address(response.headers.get("Location", ""), what)
        return text

    def words_in(self, text):
        found = (match[1] or match[0].lower() for match in WORD.finditer(text))
        return {word for word in found if word in self.world.secrets}

    def read_address(self, address, where):
        if self.words_in(address):
            self.find(f"{where} has the address {address}")

    # Following links

    def walk(self, start):
        """Visit the addresses, and whatever they link to."""
        waiting, seen = list(start), set()
        while waiting:
            address = waiting.pop()
            if address in seen:
                continue
            seen.add(address)
            response = self.client.get(address)
            text = self.read(response, f"GET {address}")
            if response.status_code in (200, 302) and self.rights.roles:
                self.answered.add(name_of(address))
            if location := response.headers.get("Location"):
                waiting += self.ours(location, address)
            elif response.status_code < 400 and response["Content-Type"].startswith("text/html"):
                waiting += self.read_page(Page(text[text.find("<!") :]), address)

    def read_page(self, page, address):
        """Keep the forms; return where the page leads."""
        onward = []
        for link in page.links:
            onward += self.ours(link, address)
        for method, action, fields in page.forms:
            target = urljoin(address, action)
            if method == "get":
                self.read_address(urlencode(fields), target)
                onward += self.ours(f"{target.partition('?')[0]}?{urlencode(fields)}", address)
            elif self.is_new("form", target, fields):
                self.forms.append((target, fields))
        return onward

    def ours(self, link, address):
        """Return [the address], or [] if it is outside, or seen often enough in its shape."""
        parts = urlsplit(urljoin(address, link))
        if parts.scheme not in ("", "http", "https") or parts.netloc not in ("", "testserver"):
            return []
        if parts.path.startswith("/static/"):
            return []
        target = f"{parts.path}?{parts.query}" if parts.query else parts.path
        self.read_address(target, address)
        query = parse_qsl(parts.query, keep_blank_values=True)
        if query and not self.is_new("link", parts.path, query):
            return []
        return [target, *self.swapped(parts.path, query)]

    def swapped(self, path, query):
        """Return the address with each other row that a UUID in its query may name."""
        return [
            f"{path}?{urlencode({**dict(query), name: other})}"
            for name, value in query
            if (model := self.kind_of.get(value))
            for other in uuids(model)
        ]

    def is_new(self, what, path, query):
        shape = (what, name_of(path), frozenset(name for name, _ in query))
        self.shapes[shape] = self.shapes.get(shape, 0) + 1
        return self.shapes[shape] <= OF_A_SHAPE

    # Sending forms

    def send(self, address, fields):
        """Post, follow the redirect, and take back what was written."""
        what, cookies = f"POST {address}", self.client.cookies.copy()
        data = {}
        for name, value in fields:
            data.setdefault(name, []).append(value)
        with transaction.atomic():
            programmes, mentees = versions("cases_programme"), versions("cases_mentee")
            with TestCase.captureOnCommitCallbacks(execute=True):
                response = self.client.post(address, data)
                self.read(response, what, is_get=False)
                if response.status_code == 302:
                    after = urljoin(address, response.headers["Location"])
                    self.read(self.client.get(after), f"after {what}: {after}", is_get=False)
                for word in self.words_in(str(dict(self.client.session))):
                    if not self.rights.allow(self.world.secrets[word]):
                        self.find(f"{what} leaves {self.world.secrets[word]} in the session")
            self.read_changes(what, programmes, versions("cases_programme"), self.writes_in())
            touched = self.rights.mentees | self.rights.attended
            self.read_changes(what, mentees, versions("cases_mentee"), touched)
            transaction.set_rollback(True)
        self.client.cookies = cookies
        for thread in threading.enumerate():
            if thread.name == THREAD:
                thread.join()

    def empty_form(self, slugs):
        """Return the fields of a form in which nothing is typed."""
        return [("form_key", str(uuid4())), ("form_programme", slugs[0] if slugs else "")]

    def writes_in(self):
        return {programme for programme, role in self.rights.roles if role in WRITERS}

    def read_changes(self, what, before, after, own):
        for key in before.keys() - own:
            if after.get(key) != before[key]:
                self.find(f"{what} changes {key}, which is not theirs")


def name_of(address):
    try:
        return resolve(urlsplit(address).path).url_name
    except Resolver404:
        return None
