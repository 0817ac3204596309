"""Whatever is sent to any address, the answer is never a 500, and a refused form keeps its text.

`make test` sends 2,000 requests, `make test-long` 20,000; `FUZZ` and `FUZZ_SEED` set number and
seed. A failure names its seed: `FUZZ=1 FUZZ_SEED=...` sends that request again. Each request is
rolled back, so that all of them meet the same stage.
"""

import html
import os
import random
import re
from collections import Counter
from copy import deepcopy
from urllib.parse import urlencode
from uuid import UUID

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import URLResolver, get_resolver, reverse
from django.urls.converters import UUIDConverter

from accounts.tests.builders import sign_in as enter
from imports.tests import sheets
from mentorship.writing import TECHNICAL
from web.characters import remove_hidden
from web.dates import today

from .forms import FORMS, TYPED, a_stage, hidden

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

REQUESTS = int(os.environ.get("FUZZ", "2000"))
SEED = int(os.environ.get("FUZZ_SEED", "0"))

MISSING = None
KEYS = (MISSING, "", "-1", "x", "٣", "9" * 20, "9" * 5_000, 2**63, -(2**63) - 1)
DAYS = (MISSING, "0001-01-01", "9999-12-31", "31.12.9999", "10000-01-01", "2027-02-29",
        "2026-W53-9", "25:61")  # fmt: skip
TEXTS = (MISSING, "", " ", "a\x00b", "\ufffd", "\u200b", "\u202eomvendt\u202c", "👨\u200d👩",
         "<script>alert(1)</script>{{ 7*7 }}", "linje\r\nlinje", "010107-1234",
         "ord " * 25_000)  # fmt: skip
MORE = ("e\u0301" * 50, "ﷺ", "\u0130", "{% now %}", "%s", "' OR 1=1 --", "../../etc/passwd",
        "=HYPERLINK(1)", "21436587", "a@b.dk", "[]", '{"a": [1, null]}', "None", "1e400", "NaN",
        "PK\x03\x04", "x" * 5_000, "🙂" * 3_000, today().isoformat())  # fmt: skip
BYTES = (b"\xff", b"S\xf8ren", b"\xed\xa0\x80", b"\xc0\xaf", b"PK\x03\x04\x00", b"\x80" * 100)
GET_NAMES = ("q", "pr", "mod", "omraade", "mentor", "status", "kontakt", "side", "sorter", "vis",
             "ung", "aftale", "gemt", "indsats", "next", "fingerprint")  # fmt: skip
VALUES = {"date": DAYS, "time": DAYS, "number": KEYS, "checkbox": KEYS, "radio": KEYS,
          "hidden": KEYS, "select": KEYS}  # fmt: skip
CONTROL = re.compile(r"<(input|select|textarea)\b([^>]*)>")
WORDS = ("status", "bopael", "mentor", "pause", "mentorer", "csv", "xlsx", "x", "1")


@pytest.fixture
def stage(yusuf, bilal, mette, rashid, torben, programme, monkeypatch):
    # A PDF takes a second, and reporting/tests draw them with texts of every kind.
    monkeypatch.setattr("reporting.issuing.draw_pdf", lambda *_: b"%PDF-")
    monkeypatch.setattr("reporting.views.reports.draw_pdf", lambda *_: b"%PDF-")
    return a_stage(
        yusuf=yusuf, bilal=bilal, mette=mette, rashid=rashid, torben=torben, programme=programme
    )


@pytest.fixture
def clients(mette, rashid, torben):
    found = {"nobody": Client(raise_request_exception=False)}
    for name, user in (("mette", mette), ("rashid", rashid), ("torben", torben)):
        found[name] = Client(raise_request_exception=False)
        enter(found[name], user)
    return found


def all_patterns(resolver=None):
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            yield from all_patterns(entry)
        else:
            needed = entry.pattern.converters or dict.fromkeys(entry.pattern.regex.groupindex)
            if entry.name.startswith("saml_"):  # takes this one word
                needed = {"organization_slug": "saml"}
            yield entry.name, needed


def controls(page):
    """Return {name: type} of the controls on a page."""
    found = {}
    for tag, text in CONTROL.findall(page):
        attrs = dict(re.findall(r'(\w+)="([^"]*)"', text))
        found[attrs.get("name")] = attrs.get("type", "text") if tag == "input" else tag
    return found


class Fuzz:
    """Random requests about the rows of the stage; equal random numbers make equal ones."""

    def __init__(self, stage, clients, programme):
        self.stage, self.clients, self.programme = stage, clients, programme
        self.cookies = {who: deepcopy(client.cookies) for who, client in clients.items()}
        self.patterns = sorted(all_patterns(), key=lambda pattern: pattern[0])
        self.uuids = [
            row.uuid
            for model in apps.get_models()
            if any(field.name == "uuid" for field in model._meta.fields)
            for row in model.objects.order_by("pk")
        ]
        self.fields = list(self.fields_of_forms())
        self.changes = [
            (name, {field: value})
            for name, field, kind in self.fields
            for value in VALUES.get(kind, TEXTS)
        ]
        random.Random(0).shuffle(self.changes)  # noqa: S311

    def client(self, who):
        """The client as it was signed in: a request may have signed it out."""
        client = self.clients[who]
        client.cookies = deepcopy(self.cookies[who])
        return client

    def fields_of_forms(self):
        """Yield (name of the form, name of a field, its type), of what is posted or on the page."""
        for name, line in FORMS.items():
            address, data = self.stage(name)
            page = self.client(line.who).get(address)
            shown = controls(page.text) if page.status_code == 200 else {}
            for field in sorted({*data, *filter(None, shown)} - TECHNICAL, key=without_uuid):
                yield name, field, shown.get(field, "text")

    def send(self, number):
        """Return (what was sent, the response, the texts that must stand on it).

        Every second request is a form with one field changed: in turn, each field of each form to
        each value that its kind of field is bad at. The others are random.
        """
        rng = random.Random(number)  # noqa: S311
        if number % 2:
            return self.post_form(rng, *self.changes[number // 2 % len(self.changes)])
        kind = rng.random()
        if kind < 0.5:
            return self.get(rng)
        if kind < 0.6:
            return self.post_anywhere(rng)
        if kind < 0.65:
            return self.post_file(rng)
        name, field, _ = rng.choice(self.fields)
        return self.post_form(rng, name, self.mutated(rng, {field: self.value(rng)}))

    def get(self, rng):
        who, address = rng.choice(list(self.clients)), f"{self.address(rng)}?{self.query(rng)}"
        return (who, "GET", address), self.client(who).get(address), []

    def post_anywhere(self, rng):
        who, address = rng.choice(list(self.clients)), self.address(rng)
        data = self.mutated(rng, hidden(self.programme) | {"q": "ord", "login": "a@b.dk"})
        return (who, address, data), self.post(who, address, data), []

    def post_file(self, rng):
        content = bytearray(sheets.right())
        for _ in range(rng.randrange(3)):
            content[rng.randrange(len(content))] = rng.randrange(256)
        file = SimpleUploadedFile(f"x{str(self.value(rng))[:50]}", bytes(content))
        data = hidden(self.programme) | {"files": file, "proevet": "x", "importer": "1"}
        response = self.client("torben").post(reverse("import_register"), data)
        return ("import_register", file.name), response, []

    def post_form(self, rng, name, changes):
        address, data = self.stage(name)
        if rng.random() < 0.2:
            address += f"{'&' if '?' in address else '?'}{self.query(rng)}"
        changed = data | hidden(self.programme) | changes
        response = self.post(FORMS[name].who, address, changed)
        is_refused = response.status_code in (400, 403, 404, 409, 422)
        typed = [changed.get(key) for key, value in data.items() if value == TYPED]
        texts = [as_shown(text) for text in typed if isinstance(text, str)]
        return (name, address, changes), response, texts if is_refused else []

    def post(self, who, address, data):
        sent = {name: value for name, value in data.items() if value is not MISSING}
        body = urlencode(sent, doseq=True)
        return self.client(who).post(address, body, "application/x-www-form-urlencoded")

    def value(self, rng):
        """Return a text, a number, bytes or MISSING."""
        kinds = (KEYS, DAYS, TEXTS, MORE, BYTES, self.keys(rng), [any_text(rng)])
        return rng.choice(rng.choice(kinds))

    def keys(self, rng):
        known = rng.choice(self.uuids)
        return str(known), f"{{{known}}}", str(UUID(int=rng.getrandbits(128))), rng.randrange(40)

    def address(self, rng):
        name, needed = rng.choice(self.patterns)
        args = {
            key: converter
            if converter == "saml"
            else rng.choice(self.uuids if isinstance(converter, UUIDConverter) else WORDS)
            for key, converter in needed.items()
        }
        return reverse(name, kwargs=args)

    def query(self, rng):
        values = [self.value(rng) for _ in range(rng.randrange(4))]
        shown = [value if isinstance(value, bytes) else str(value)[:2_000] for value in values]
        return urlencode([(rng.choice(GET_NAMES), value) for value in shown])

    def mutated(self, rng, data):
        """Return `data` with some fields changed, doubled or added."""
        data = dict(data)
        for _ in range(rng.randrange(1, 4)):
            name = rng.choice([*data, *sorted(TECHNICAL), rng.choice(self.fields)[1]])
            data[name] = self.value(rng)
            if rng.random() < 0.2:
                data[name] = [data[name], self.value(rng)]
        return data


def any_text(rng):
    codes = [rng.choice((rng.randrange(1, 0xD800), rng.randrange(32, 127))) for _ in range(30)]
    return "".join(map(chr, codes[: rng.randrange(1, 30)]))


def without_uuid(name):
    """For an order that is the same each time."""
    return re.sub(r"[0-9a-f-]{36}", "", name)


def short(sent):
    return re.sub(r"(.{1,12}?)\1{9,}", r"\1…", str(sent))[:600]


def as_shown(text):
    return " ".join(remove_hidden(text).split())


def test_no_request_is_a_500_and_no_text_is_lost(stage, clients, programme):
    fuzz, statuses, failures = Fuzz(stage, clients, programme), Counter(), []
    print(f"{REQUESTS} requests from seed {SEED}, {len(fuzz.changes)} changes of one field")
    for seed in range(SEED, SEED + REQUESTS):
        with transaction.atomic():
            sent, response, texts = fuzz.send(seed)
            transaction.set_rollback(True)
        statuses[response.status_code] += 1
        page = as_shown(html.unescape(response.text.replace("<br>", " "))) if texts else ""
        if response.status_code >= 500 or any(text not in page for text in texts):
            failures.append(f"FUZZ=1 FUZZ_SEED={seed}: {response.status_code} {short(sent)}")
    assert not failures, "\n".join(failures)
    if REQUESTS > 1_000:  # the fuzz reaches what it is for
        assert all(statuses[code] > REQUESTS / 100 for code in (200, 302, 404, 422)), statuses
