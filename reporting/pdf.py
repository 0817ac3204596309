"""The report on paper: two tagged A4 pages, and the same bytes for the same report, so that they can be compared.

WeasyPrint is imported here and nowhere else, inside the function: it takes a second and 65 MB, which only those who
print should pay, and it needs libraries that pip cannot install. pikepdf, a fifth of a second, comes with it.
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

INSTALL = "sudo apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
BASE = "file:///report/"  # no folder: the names in FILES are all there is
FILES = {
    f"{BASE}IBMPlexSans.ttf": Path(
        fontpkg_ibm_plex_sans.ROOT, "files", "IBMPlexSans[wdth,wght].ttf"
    )
}
# Not in report.css: a collected style sheet may only name files that are collected with it.
FONT_FACES = "".join(
    f'@font-face {{ font-family: "IBM Plex Sans"; src: url("IBMPlexSans.ttf"); font-weight: {weight}; }}\n'
    for weight in (400, 600)
)
VARIANT = {"pdf_variant": "pdf/ua-1"}
PAGES = {"full": "reporting/status_report_pdf.html", "open": "reporting/open_report_pdf.html"}
LAYOUTS = ("roomy", "plain", "dense")  # of a page, in report.css; the first that fits is taken


class PDFUnavailable(RuntimeError):
    """This machine lacks a library that WeasyPrint needs; the message says how to install it."""


class PDFError(RuntimeError):
    """The report was not printed: a resource that is not ours, or numbers that do not add up."""


def report_html(report, issue=None, first=LAYOUTS[0], second=LAYOUTS[0]):
    """The StatusReport or OpenReport as a page by itself, the one the PDF is printed from. `issue` as in render_pdf."""
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
    return render_to_string(PAGES[report.edition], context)


def render_pdf(report, issue=None):
    """The StatusReport or OpenReport as the bytes of a PDF (PDF 1.7, tagged for PDF/UA-1).

    It is issued as the Issue says; None: it is a draft, of its own edition. Raises PDFUnavailable where Pango is
    missing, and PDFError for a report that does not add up.
    """
    from .pdf_repair import repaired

    if not report.adds_up:
        raise PDFError(f"The numbers do not add up: {report.control_line}")
    issue = issue or draft_of(report)
    document = on_its_pages(report, issue)
    identifier = hashlib.sha256(f"{report.to_json()}{issue}".encode()).digest()[:16]
    return repaired(document.write_pdf(pdf_identifier=identifier, **VARIANT))


def on_its_pages(report, issue):
    """The laid out Document: the figures on two pages, each as roomy as it can be; texts and movements follow them."""
    fullest = len(LAYOUTS) - 1
    first = second = 0
    while True:
        document = laid_out(report_html(report, issue, LAYOUTS[first], LAYOUTS[second]))
        two, three = begins(document.pages, "side-2"), begins(document.pages, "side-3")
        fuller = min(first + (two > 1), fullest), min(second + (three - two > 1), fullest)
        if fuller == (first, second):
            return document
        first, second = fuller


def begins(pages, anchor):
    """On which of the pages, counted from 0, the part with that id begins; their number where there is no such part."""
    return next((n for n, page in enumerate(pages) if anchor in page.anchors), len(pages))


def laid_out(html):
    """WeasyPrint's Document of the text `html`. Raises PDFUnavailable, and PDFError for a resource not among FILES."""
    weasyprint = import_weasyprint()
    from weasyprint.urls import FatalURLFetchingError

    try:
        return weasyprint.HTML(string=html, base_url=BASE, url_fetcher=our_files()).render(
            **VARIANT
        )
    except FatalURLFetchingError as error:  # a BaseException: it would end the worker
        raise PDFError(str(error)) from error


def import_weasyprint():
    """The module. Raises PDFUnavailable; the banner that WeasyPrint prints to standard output is kept back."""
    os.environ["SOURCE_DATE_EPOCH"] = "0"  # fontTools would write the clock into the embedded fonts
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            import weasyprint
    except OSError as error:
        raise PDFUnavailable(
            f"PDF reports are off: a library is missing. To install it: {INSTALL}"
        ) from error
    return weasyprint


def our_files():
    """A fetcher that knows FILES and refuses everything else: the network, this machine's files, data in the page."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class OurFiles(URLFetcher):
        def fetch(self, url, headers=None):
            if url not in FILES:
                raise ValueError(f"Not a file of the report's: {url}")
            return URLFetcherResponse(url, FILES[url].read_bytes())

    return OurFiles(allowed_protocols=("file",), fail_on_errors=True)
