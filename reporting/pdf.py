"""The PDF of a report; the same report gives the same bytes.

WeasyPrint is imported in a function: it takes a second and 65 MB, and needs system libraries.
"""

import contextlib
import hashlib
import io
import os
from pathlib import Path

import fontpkg_ibm_plex_sans
from django.conf import settings
from django.template.loader import render_to_string

from .issue import draft_of
from .pdf_layout import LAYOUTS, first_to_try

INSTALL = "sudo apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
BASE_URL = "file:///report/"
FILES = {
    f"{BASE_URL}IBMPlexSans.ttf": Path(
        fontpkg_ibm_plex_sans.ROOT, "files", "IBMPlexSans[wdth,wght].ttf"
    )
}
# Not in report.css: collectstatic would look for the font.
FONT_FACES = "".join(
    '@font-face { font-family: "IBM Plex Sans"; src: url("IBMPlexSans.ttf"); '
    f"font-weight: {weight}; }}\n"
    for weight in (400, 600)
)
VARIANT = {"pdf_variant": "pdf/ua-1"}
TEMPLATES = {"full": "reporting/status_report_pdf.html", "open": "reporting/open_report_pdf.html"}


class PDFUnavailable(RuntimeError):
    """A library is missing; the message says how to install it."""


class PDFError(RuntimeError):
    """A forbidden resource, or a report that does not add up."""


def report_html(report, issue=None, first=LAYOUTS[0], second=LAYOUTS[0]):
    css = FONT_FACES + Path(settings.BASE_DIR, "static", "css", "report.css").read_text(
        encoding="utf-8"
    )
    context = {
        "report": report,
        "issue": issue or draft_of(report),
        "css": css,
        "first": first,
        "second": second,
    }
    return render_to_string(TEMPLATES[report.edition], context)


def render_pdf(report, issue=None):
    """Return PDF/UA-1 of either edition, drawn in this process. issue: None for a draft.

    Raise PDFUnavailable if Pango is missing, PDFError if the report does not add up.
    """
    from .pdf_repair import repair

    if not report.adds_up:
        raise PDFError(f"The numbers do not add up: {report.control_line}")
    issue = issue or draft_of(report)
    document = fit_to_pages(report, issue, *first_to_try(report, issue))
    return repair(document.write_pdf(pdf_identifier=identifier_of(report, issue), **VARIANT))


def identifier_of(report, issue):
    """Return 16 bytes that differ for another PDF."""
    return hashlib.sha256(f"{report.to_json()}{issue}".encode()).digest()[:16]


def fit_to_pages(report, issue, first=LAYOUTS[0], second=LAYOUTS[0]):
    """Use the roomiest layouts with all figures on two pages.

    first, second: the layouts to begin with; roomier ones must not fit.
    """
    while True:
        document = lay_out(report_html(report, issue, first, second))
        two, three = page_index(document.pages, "side-2"), page_index(document.pages, "side-3")
        denser = (
            denser_than(first) if two > 1 else first,
            denser_than(second) if three - two > 1 else second,
        )
        if denser == (first, second):
            return document
        first, second = denser


def denser_than(layout):
    return LAYOUTS[min(LAYOUTS.index(layout) + 1, len(LAYOUTS) - 1)]


def page_index(pages, anchor):
    """The number of pages if none has the anchor."""
    return next((n for n, page in enumerate(pages) if anchor in page.anchors), len(pages))


def lay_out(html):
    """Raise PDFError for a file not in FILES."""
    weasyprint = import_weasyprint()
    from weasyprint.urls import FatalURLFetchingError

    try:
        return weasyprint.HTML(
            string=html, base_url=BASE_URL, url_fetcher=restricted_fetcher()
        ).render(**VARIANT)
    except FatalURLFetchingError as error:  # a BaseException: it would end the worker
        raise PDFError(str(error)) from error


def import_weasyprint():
    """Suppress the banner. Raise PDFUnavailable."""
    os.environ["SOURCE_DATE_EPOCH"] = "0"  # else fontTools stores the time in fonts
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            import weasyprint
    except OSError as error:
        raise PDFUnavailable(
            f"PDF reports are off: a library is missing. To install it: {INSTALL}"
        ) from error
    return weasyprint


def restricted_fetcher():
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class RestrictedFetcher(URLFetcher):
        def fetch(self, url, headers=None):
            if url not in FILES:
                raise ValueError(f"Not a file of the report's: {url}")
            return URLFetcherResponse(url, FILES[url].read_bytes())

    return RestrictedFetcher(allowed_protocols=("file",), fail_on_errors=True)
