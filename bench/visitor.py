"""A plain HTTP client with a browser's behaviour: cookies, forms, signing in."""

import http.client
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from html.parser import HTMLParser
from http.cookies import SimpleCookie
from typing import NamedTuple
from urllib.parse import urlencode

PATIENCE = 60  # seconds; the machine may be busy


class Answer(NamedTuple):
    status: int
    location: str
    text: str


@dataclass
class Form:
    """Without named buttons."""

    action: str
    fields: dict = field(default_factory=dict)

    def filled(self, **changes):
        return self.fields | changes


class Visitor:
    """Change `port` to go through a proxy."""

    def __init__(self, port):
        self.port = port
        self.cookies, self.headers = {}, {}

    def ask(self, method, path, fields=None, when=None):
        """Redirects are not followed; `when` is called once connected."""
        headers = {
            "Connection": "close",
            "Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items()),
        }
        headers |= self.headers
        if fields is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        body = None if fields is None else urlencode(fields, doseq=True)
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            connection.connect()
            if when:
                when()
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            text = answer.read().decode(errors="replace")  # a PDF too
        finally:
            connection.close()
        return Answer(answer.status, answer.headers.get("Location", ""), text), answer.headers

    def go(self, method, path, fields=None):
        answer, headers = self.ask(method, path, fields)
        for line in headers.get_all("Set-Cookie", ()):
            for name, morsel in SimpleCookie(line).items():
                self.cookies[name] = morsel.value
        return answer

    def get(self, path):
        return self.go("GET", path)

    def post(self, path, fields):
        return self.go("POST", path, fields)

    def form(self, path, having="csrfmiddlewaretoken"):
        answer = self.get(path)
        if answer.status != 200:
            raise AssertionError(f"GET {path} answered {answer.status} {answer.location}")
        return form_in(answer, having, path)

    def sign_in(self, email, password, codes):
        """`codes`: {e-mail: recovery codes}; one is used up."""
        form = self.form("/konto/log-ind/", having="login")
        answer = self.post(form.action, form.filled(login=email, password=password))
        if answer.status != 302:
            raise AssertionError(f"Signing in as {email} answered {answer.status}")
        form = self.form("/konto/log-ind/kode/", having="code")
        answer = self.post(form.action, form.filled(code=codes[email].pop()))
        if answer.status != 302:
            raise AssertionError(f"The code of {email} answered {answer.status}")
        return self


def form_in(answer, having="csrfmiddlewaretoken", path="", to=""):
    """Return the first form with a field `having`; it goes to `path` if it has no action."""
    reader = FormReader()
    reader.feed(answer.text)
    for form in reader.forms:
        form.action = form.action or path
        if having in form.fields and to in form.action:
            return form
    raise AssertionError(f"No form with {having!r} on the page {path}: {answer.status}")


def at_once(requests):
    """Send [(visitor, path, fields)] when all are connected; return answers in order."""
    barrier = threading.Barrier(len(requests))

    def send(request):
        visitor, path, fields = request
        return visitor.ask("POST", path, fields, when=barrier.wait)[0]

    with ThreadPoolExecutor(len(requests)) as pool:
        return list(pool.map(send, requests))


class FormReader(HTMLParser):
    def __init__(self):
        super().__init__()
        self.forms, self.text_area, self.select = [], None, None

    def handle_starttag(self, tag, attributes):
        attrs = dict(attributes)
        if tag == "form":
            self.forms.append(Form(attrs.get("action") or ""))
        if not self.forms:
            return
        name, fields = attrs.get("name"), self.forms[-1].fields
        if tag == "input" and name:
            kind = attrs.get("type", "text")
            if kind in ("radio", "checkbox"):
                if "checked" in attrs:
                    self.add(name, attrs.get("value", "on"), several=kind == "checkbox")
            elif kind not in ("submit", "button"):
                fields[name] = attrs.get("value") or ""
        elif tag == "textarea" and name:
            self.text_area = name
            fields[name] = ""
        elif tag == "select" and name:
            self.select = name
        elif tag == "option" and self.select and ("selected" in attrs or self.select not in fields):
            fields[self.select] = attrs.get("value") or ""

    def add(self, name, value, several):
        fields = self.forms[-1].fields
        fields[name] = [*fields.get(name, []), value] if several else value

    def handle_endtag(self, tag):
        if tag == "textarea":
            name, self.text_area = self.text_area, None
            fields = self.forms[-1].fields
            fields[name] = fields[name].removeprefix("\n")  # as browsers do
        elif tag == "select":
            self.select = None

    def handle_data(self, data):
        if self.text_area:
            self.forms[-1].fields[self.text_area] += data
