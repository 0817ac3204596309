"""What WeasyPrint 70 leaves undone for PDF/UA-1, done afterwards with pikepdf.

- a TH says whether it heads a column or a row (/Scope), and the headers' ids can be looked up (/IDTree)
- running headers and page numbers, and drawings without a text, are artifacts: no reader speaks them
- a Figure's /BBox is in PDF points from the bottom of the page, not in CSS pixels from the top
- link annotations are printed (/F 4)
"""

import io
import re

import pikepdf
from pikepdf import Array, Dictionary, Name

POINTS = 0.75  # in a CSS pixel
MARK = re.compile(rb"/\w+\s*<<\s*/MCID\s+(\d+)\s*>>\s*BDC")
HOLLOW = ("/NonStruct", "/Span", "/Div")  # mean nothing without something in them


def repaired(pdf):
    """The bytes of the PDF, repaired. The same bytes in, the same bytes out."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        root = document.Root.StructTreeRoot
        forget_mute_figures(root.K[0])
        elements = list(elements_below(root.K[0]))
        turn_into_artifacts(document, {element.objgen for element, _ in elements})
        describe_headers(root, elements)
        for element, _ in elements:
            if element.S == "/Figure":
                turn_upright(element)
        for page in document.pages:
            for annotation in page.get("/Annots", []):
                annotation.F = 4
        saved = io.BytesIO()
        document.save(
            saved, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate
        )
    return saved.getvalue()


def kids(element):
    """The structure elements directly below; marks of content and annotations left out."""
    return [kid for kid in element.get("/K", []) if isinstance(kid, Dictionary) and "/S" in kid]


def elements_below(element, in_head=False):
    """Every (structure element, whether in the head of a table) below, in reading order, the element first."""
    in_head = in_head or element.S == "/THead"
    yield element, in_head
    for kid in kids(element):
        yield from elements_below(kid, in_head)


def forget_mute_figures(element):
    """Take figures without a text out of the tree, and what is empty without them."""
    for kid in kids(element):
        forget_mute_figures(kid)
    element.K = Array([kid for kid in element.K if not is_mute(kid)])


def is_mute(kid):
    if not isinstance(kid, Dictionary) or "/S" not in kid:
        return False
    if kid.S == "/Figure":
        return "/Alt" not in kid
    return kid.S in HOLLOW and not len(kid.K)


def turn_into_artifacts(document, in_tree):
    """Content whose element is not in the tree becomes an artifact, and is no more found in the parent tree."""
    numbers = document.Root.StructTreeRoot.ParentTree.Nums
    for page in document.pages:
        marks = parents_of(numbers, page.StructParents)
        lost = {
            n: artifact(parent) for n, parent in enumerate(marks) if parent.objgen not in in_tree
        }

        def as_artifact(found, lost=lost):
            return lost.get(int(found[1]), found[0])

        page.Contents.write(MARK.sub(as_artifact, page.Contents.read_bytes()))
        for n in lost:
            marks[n] = None


def artifact(lost):
    """How the content of the lost element is marked: a drawing, or else a running header or a page number."""
    return b"/Artifact BMC" if lost.S == "/Figure" else b"/Artifact <</Type /Pagination>> BDC"


def parents_of(numbers, key):
    """The value of the key in the pairs of a number tree."""
    return next(numbers[n + 1] for n in range(0, len(numbers), 2) if numbers[n] == key)


def describe_headers(root, elements):
    """The /Scope of each TH, and the tree that finds one by its id."""
    by_id = {}
    for element, in_head in elements:
        if element.S != "/TH":
            continue
        element.A.Scope = Name.Column if in_head else Name.Row
        if "/ID" in element:
            by_id[bytes(element.ID)] = element
    if by_id:
        names = [part for key in sorted(by_id) for part in (pikepdf.String(key), by_id[key])]
        root.IDTree = Dictionary(Names=Array(names))


def turn_upright(figure):
    """The /BBox in points from the bottom left of the figure's page."""
    left, top, right, bottom = (POINTS * float(side) for side in figure.A.BBox)
    height = float(figure.Pg.MediaBox[3])
    box = (left, height - bottom, right, height - top)
    figure.A.BBox = Array([round(side, 3) for side in box])
