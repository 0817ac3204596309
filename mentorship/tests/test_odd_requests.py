"""A request no browser of ours sends gets a page and all security headers, never a bare 500."""

import logging
from wsgiref.util import setup_testing_defaults

import pytest
from django.test import Client
from django.test.utils import override_settings
from django.urls import reverse

from accounts.tests.builders import sign_in as enter
from mentorship.wsgi import application

FORM = "application/x-www-form-urlencoded"
ADDRESSES = ["/", "/sundhed/", "/offline/", "/sw.js", "/konto/log-ind/", "/findes-ikke/"]
HEADERS = {
    "Content-Security-Policy",
    "X-Content-Type-Options",
    "X-Frame-Options",
    "Referrer-Policy",
    "Cross-Origin-Opener-Policy",
    "Cross-Origin-Resource-Policy",
    "Permissions-Policy",
}


@pytest.fixture
def visitor(db):
    """A browser whose errors become pages, as on a server."""
    return Client(raise_request_exception=False)


@pytest.fixture
def lines(caplog):
    """What Django logs, through the handlers of LOGGING; the `django` logger does not propagate."""
    django, handler = logging.getLogger("django"), logging.getLogger("django").handlers[0]
    django.addHandler(caplog.handler)
    for each in handler.filters:
        caplog.handler.addFilter(each)
    yield caplog
    django.removeHandler(caplog.handler)
    for each in handler.filters:
        caplog.handler.removeFilter(each)


def assert_is_a_refusal(response, status=400):
    assert response.status_code == status
    assert set(response.headers) >= HEADERS
    assert "no-store" in response.headers["Cache-Control"]
    assert f'<p class="eyebrow">{status}</p>' in response.text


@pytest.mark.parametrize("host", ["evil.example", "a b", "localhost:x", "[::1", "\x00"])
@pytest.mark.parametrize("path", ADDRESSES)
def test_a_wrong_host_is_a_400(visitor, path, host):
    assert_is_a_refusal(visitor.get(path, headers={"host": host}))


def test_a_wrong_host_is_a_400_with_headers_before_the_redirect_to_https(visitor):
    with override_settings(SECURE_SSL_REDIRECT=True):
        assert_is_a_refusal(visitor.get("/", headers={"host": "evil.example"}))


@pytest.mark.parametrize("signed_in", [False, True])
@pytest.mark.parametrize(
    "kind",
    [
        f"{FORM}; charset=utf-16",
        f"{FORM}; charset=hex",
        f"{FORM}; charset=undefined",
        f"{FORM}; charset=does-not-exist",
        "multipart/form-data; boundary=x; charset=utf-16",
        "multipart/form-data; boundary=x; charset=hex",
        "multipart/form-data",
        "multipart/form-data; boundary=æ",
    ],
)
@pytest.mark.parametrize("name", ["account_login", "account_reset_password", "record_meeting"])
def test_a_form_that_cannot_be_read_is_a_400(visitor, mette, sign_in, name, kind, signed_in):
    if signed_in:
        visitor.cookies = sign_in(mette).cookies
    visitor.cookies["csrftoken"] = "a" * 32  # else CSRF refuses before the form is read
    assert_is_a_refusal(visitor.generic("POST", reverse(name), b"--x\r\nbroken", kind))


@pytest.mark.parametrize(
    ("kind", "query"),
    [
        ("a/b; charset=hex", "a=%ff"),
        ("a/b; charset=undefined", "a=1"),
        ("a/b; charset=idna", "a=%ff"),
        ("a/b; charset=utf-16", "a=1"),
        ("a/b; charset=utf-8", "a=1&" * 2000),
    ],
)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_what_django_cannot_read_into_a_request_is_a_400(db, method, kind, query):
    """These end outside Django's handling of errors, so they are sent through the WSGI entry."""
    environ = {"REQUEST_METHOD": method, "HTTP_HOST": "localhost", "PATH_INFO": "/offline/"}
    environ |= {"CONTENT_TYPE": kind, "QUERY_STRING": query}
    setup_testing_defaults(environ)
    answers = []
    body = application(environ, lambda status, headers: answers.append((status, dict(headers))))
    ((status, headers),) = answers

    assert status == "400 Bad Request"
    assert set(headers) >= HEADERS
    assert b'<p class="eyebrow">400</p>' in b"".join(body)


@pytest.mark.parametrize(
    "path",
    [
        "/%00",
        "/%ff%fe",
        "/%zz/%",
        "/" + "x" * 20_000,
        "/" + "a/" * 5_000,
        "/unge/%00/",
        "/rapporter/../../etc/passwd",
        "/static/%00",
        "/static/../settings.py",
        "/static/" + "x" * 20_000,
        "/\r\nX: y",
    ],
)
def test_an_odd_path_is_a_404(visitor, mette, sign_in, path):
    visitor.cookies = sign_in(mette).cookies

    assert_is_a_refusal(visitor.generic("GET", path), 404)


@pytest.mark.parametrize("who", ["nobody", "mette", "torben"])
def test_every_answer_has_the_headers(visitor, mette, torben, sign_in, who):
    if who != "nobody":
        visitor.cookies = sign_in({"mette": mette, "torben": torben}[who]).cookies
    for path in [
        *ADDRESSES,
        "/static/css/theme.css",
        "/static/none.css",
        "/overblik/",
        "/min-uge/",
    ]:
        for method in ("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "TRACE"):
            response = visitor.generic(method, path)
            response.getvalue()  # read to its end, a file is closed
            missing = HEADERS - set(response.headers)
            assert not missing, (method, path, response.status_code)
            assert response.status_code < 500


def test_a_permission_no_page_uses_is_denied_and_nothing_is_read_across_sites(visitor):
    response = visitor.get("/static/css/theme.css")
    response.getvalue()
    headers = response.headers

    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert {"camera=()", "geolocation=()", "microphone=()"} <= set(
        headers["Permissions-Policy"].split(", ")
    )


@pytest.mark.parametrize("path", ["/", "/static/css/theme.css", "/findes-ikke/"])
def test_a_real_site_says_https_for_ever(visitor, path):
    with override_settings(SECURE_HSTS_SECONDS=60):
        response = visitor.get(path, secure=True)
    response.getvalue()

    assert "Strict-Transport-Security" in response.headers


def test_the_400_page_asks_neither_user_nor_database(client, django_assert_num_queries, mette):
    enter(client, mette)

    with django_assert_num_queries(0):
        client.get("/min-uge/", headers={"content-type": "a/b; charset=utf-16"})


REFUSED = {
    "host": lambda client: client.get("/", headers={"host": "evil.example"}),
    "charset": lambda client: client.post("/konto/log-ind/", "a=b", f"{FORM}; charset=utf-16"),
    "multipart": lambda client: client.post("/konto/log-ind/", "a", "multipart/form-data"),
    "csrf": lambda client: Client(enforce_csrf_checks=True).post("/konto/log-ind/"),
    "missing": lambda client: client.get("/findes-ikke/"),
    "role": lambda client: client.get(reverse("overview")),
}


@pytest.mark.parametrize("what", REFUSED)
def test_a_refusal_is_one_line(visitor, mette, sign_in, lines, what):
    if what == "role":
        visitor.cookies = sign_in(mette).cookies
    visitor.cookies["csrftoken"] = "a" * 32
    lines.clear()  # of signing in
    response = REFUSED[what](visitor)

    assert 400 <= response.status_code < 500
    (record,) = lines.records
    assert record.levelname == "WARNING"
    assert len(lines.text.splitlines()) == 1
    assert f" user={mette.pk if what == 'role' else '-'} " in as_written(record)


def as_written(record):
    return logging.getLogger("django").handlers[0].format(record)


def test_an_error_keeps_its_traceback_without_what_it_quotes(visitor, monkeypatch, lines):
    typed = " ".join(["Yusuf", "Hamdan"])

    def fail(sent):
        try:
            int(typed)
        except ValueError as error:
            raise RuntimeError(f"Failing row contains ({typed})") from error

    monkeypatch.setattr("mentorship.views.offline_page", fail)

    assert visitor.get("/offline/").status_code == 500
    (record,) = lines.records
    record.exc_text = None  # caplog's own traceback
    written = as_written(record)
    assert "builtins.ValueError\nwhich led to:" in written
    assert written.endswith("builtins.RuntimeError")
    assert "test_odd_requests.py" in written and typed not in written
