"""The PDF: two pages, accessible, and the same bytes for the same report."""

import hashlib
import io
import re
import shutil
import sys
from dataclasses import replace
from datetime import date

import pikepdf
import pypdf
import pytest
from pikepdf import Dictionary

from cases.models import Status
from reporting import checks, pdf
from reporting.issue import HEADINGS, Issue
from reporting.pdf import PDFError, PDFUnavailable, lay_out, render_pdf
from reporting.pdf_repair import elements_below
from reporting.retention import Retention
from reporting.since_last_report import PreviousReport, TransitionCount

from .commands import run
from .examples import ODD, REPORT_2019

pytestmark = pytest.mark.one_database


@pytest.fixture(scope="module")
def printed():
    return render_pdf(REPORT_2019)


@pytest.fixture
def document(printed):
    with pikepdf.open(io.BytesIO(printed)) as document:
        yield document


@pytest.fixture
def elements(document):
    return [element for element, _ in elements_below(document.Root.StructTreeRoot.K[0])]


def text_of(printed):
    """Return the text of each page, with white space collapsed."""
    return [
        " ".join(page.extract_text().split()) for page in pypdf.PdfReader(io.BytesIO(printed)).pages
    ]


def named(elements, *names):
    return [element for element in elements if str(element.S) in names]


def test_two_numbered_pages_of_a4(printed, document):
    first, second = text_of(printed)
    assert "Side 1 af 2" in first and "Side 2 af 2" in second
    for page in document.pages:
        assert [round(float(side)) for side in page.MediaBox] == [0, 0, 595, 842]


def test_page_one_answers_and_page_two_explains(printed):
    first, second = text_of(printed)
    assert (
        "10 af 26 unge er i uddannelse eller arbejde pr. 1. marts 2019. Målet er 30 af 40." in first
    )
    assert "25 i forløb + 1 afsluttet + 0 frafald = 26 indskrevet" in first
    assert "Statusrapport, fuld udgave, kladde" in first
    assert "Karlemoseparken 10 4" in second
    assert "registeret, som det var kendt 1. marts 2019 kl. 16.00" in second


def test_the_file_says_what_it_is(document):
    assert document.Root.MarkInfo.Marked
    assert str(document.Root.Lang) == "da"
    assert document.Root.ViewerPreferences.DisplayDocTitle
    with document.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"
        assert (
            metadata["dc:title"]
            == "Statusrapport pr. 1. marts 2019 – Særlig boligsocial mentorindsats, Køge"
        )
    assert str(document.docinfo["/Author"]) == REPORT_2019.sender
    assert (
        str(document.docinfo["/CreationDate"]) == "D:20190301160000+01'00"
    )  # when it was known, not the clock's


def test_every_font_is_ours_and_embedded(document):
    fonts = [font for page in document.pages for font in page.Resources.Font.values()]
    assert fonts
    for font in fonts:
        descriptor = font.DescendantFonts[0].FontDescriptor
        assert "IBM-Plex-Sans" in str(descriptor.FontName)
        assert "/FontFile2" in descriptor


def test_every_drawing_that_says_something_has_its_text(elements):
    picture, chart = named(elements, "/Figure")
    assert str(picture.Alt).startswith("26 unge: 10 i uddannelse eller arbejde, 16 på vej")
    assert "10 af 26 pr. 1. marts 2019. Målet er 30 af 40." in str(chart.Alt)
    for figure in picture, chart:
        left, bottom, right, top = (float(side) for side in figure.A.BBox)
        assert 0 < left < right < 595 and 0 < bottom < top < 842


def test_every_header_says_what_it_heads(document, elements):
    headers = named(elements, "/TH")
    assert {str(header.A.Scope) for header in headers} == {"/Column", "/Row"}
    names = list(document.Root.StructTreeRoot.IDTree.Names)
    ids = [str(name) for name in names[::2]]
    assert ids == sorted(str(header.ID) for header in headers)
    for cell in named(elements, "/TD"):
        assert {str(header) for header in cell.A.Headers} <= set(ids)


def test_headings_go_down_one_step_at_a_time(elements):
    levels = [int(str(heading.S)[2]) for heading in named(elements, "/H1", "/H2", "/H3")]
    assert levels == [1, 2, 2, 2, 2, 2, 2]


def test_page_headers_and_decoration_are_artifacts(document, elements):
    in_tree = {element.objgen for element in elements}
    numbers = list(document.Root.StructTreeRoot.ParentTree.Nums)
    for page, parents in zip(document.pages, numbers[1::2], strict=True):
        content = page.Contents.read_bytes()
        marked = {int(mcid) for mcid in re.findall(rb"/MCID (\d+)", content)}
        linked = {n for n, parent in enumerate(parents) if isinstance(parent, Dictionary)}
        assert marked == linked and all(parents[n].objgen in in_tree for n in linked)
        assert (
            content.count(b"/Type /Pagination") >= 2
        )  # the line below, and on page 2 the one above
        assert b"/Artifact BMC" in content


def render_full_example():
    """A report with all optional parts: texts, caveats, a correction, movements, retention."""
    report = replace(
        REPORT_2019,
        since=PreviousReport(
            "2018-1",
            date(2018, 12, 1),
            19,
            6,
            (2, 4, 7, 2, 2, 1, 1, 0, 0),
            tuple(REPORT_2019.goal.statuses),
        ),
        moves=(
            TransitionCount(None, Status.YOUTH_CENTRE, 3),
            TransitionCount(Status.INTERNSHIP, Status.WORK, 1),
        ),
        stays=(Retention(3, 7, 6), Retention(6, 2, 2)),
    )
    texts = tuple((key, "Et afsnit.\n\nOg et til.") for key in HEADINGS)
    issue = Issue(
        number="2019-1",
        version=2,
        issued_on=date(2019, 4, 3),
        texts=texts,
        remarks=("Et",),
        change="Et tal",
    )
    return render_pdf(report, issue)


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["draft", "issued"])
def test_the_checkers_find_nothing(printed, tmp_path, kind):
    path = tmp_path / "report.pdf"
    path.write_bytes(printed if kind == "draft" else render_full_example())
    run(sys.executable, "-m", "pdfua", "check", path)
    if qpdf := shutil.which("qpdf"):
        run(qpdf, "--check", path)


PRINT_HASH = """
import django, hashlib
django.setup()
from reporting.pdf import render_pdf
from reporting.tests.examples import REPORT_2019
print(hashlib.sha256(render_pdf(REPORT_2019)).hexdigest())
"""


@pytest.mark.slow
def test_another_process_prints_the_same_bytes(printed):
    digest = run(sys.executable, "-c", PRINT_HASH, PYTHONHASHSEED="2019", TZ="UTC")
    assert digest == hashlib.sha256(printed).hexdigest()


def test_another_report_is_another_file(printed):
    later = replace(REPORT_2019, known_at=REPORT_2019.known_at.replace(hour=17))
    assert render_pdf(later) != printed


@pytest.mark.slow
@pytest.mark.parametrize("name", ODD)
def test_any_report_fits_on_two_pages(name, caplog):
    pages = text_of(render_pdf(ODD[name]))
    assert len(pages) == 2
    assert ODD[name].control_line in pages[0]
    assert "Sådan er tallene talt" in pages[1]
    assert not caplog.records  # WeasyPrint warns of what it cannot draw


@pytest.mark.parametrize(
    "address",
    [
        "http://localhost/x.png",
        "https://example.dk/x.png",
        "file:///etc/passwd",
        "../../etc/passwd",
        "mangler.png",
    ],
)
def test_nothing_is_fetched_but_our_own_files(address):
    with pytest.raises(PDFError, match="Error fetching"):
        lay_out(f'<html lang="da"><img alt="" src="{address}"></html>')


def test_numbers_that_do_not_add_up_are_not_printed():
    with pytest.raises(PDFError, match="er ikke 27"):
        render_pdf(replace(REPORT_2019, enrolled=27))


class NoPango:
    """A machine on which WeasyPrint finds no Pango."""

    def find_spec(self, name, path=None, target=None):
        if name == "weasyprint":
            print("the banner")
            raise OSError("cannot load library 'libpango-1.0-0'")


@pytest.fixture
def no_pango(monkeypatch):
    monkeypatch.delitem(sys.modules, "weasyprint", raising=False)
    monkeypatch.setattr(sys, "meta_path", [NoPango(), *sys.meta_path])
    monkeypatch.setattr(checks, "PANGO", ("libpango-of-nowhere.so",))


def test_without_pango_the_error_says_what_to_install(no_pango, capsys):
    with pytest.raises(
        PDFUnavailable, match="sudo apt-get install libpango-1.0-0 libpangoft2-1.0-0"
    ):
        render_pdf(REPORT_2019)
    assert not capsys.readouterr().out


def test_without_pango_the_check_warns(no_pango):
    (warning,) = checks.pdf_can_be_printed(None)
    assert warning.id == "reporting.W001" and pdf.INSTALL in warning.msg


def test_with_pango_the_check_is_silent_and_loads_nothing():
    code = (
        "import django, sys; django.setup(); from reporting.checks import pdf_can_be_printed; "
        "assert pdf_can_be_printed(None) == []; assert 'weasyprint' not in sys.modules"
    )
    run(sys.executable, "-c", code)
