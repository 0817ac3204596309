"""Repairs what PDF/UA-1 requires and WeasyPrint 70 does not write.

- TH elements get a /Scope, and an /IDTree finds them by id
- running headers, page numbers and figures without a text become artifacts, which are not read out
- a figure's /BBox is in points from the bottom left of the page, not in CSS pixels from the top
- link annotations are printed (/F 4)
"""

import io
import re

import pikepdf
from pikepdf import Array, Dictionary, Name

POINTS_PER_PIXEL = 0.75
MARKED_CONTENT = re.compile(rb"/\w+\s*<<\s*/MCID\s+(\d+)\s*>>\s*BDC")
GROUPING = ("/NonStruct", "/Span", "/Div")  # removed when empty


def repair(pdf):
    """Return the repaired bytes of the PDF. Deterministic."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        root = document.Root.StructTreeRoot
        remove_undescribed_figures(root.K[0])
        elements = list(elements_below(root.K[0]))
        mark_artifacts(document, {element.objgen for element, _ in elements})
        describe_headers(root, elements)
        for element, _ in elements:
            if element.S == "/Figure":
                convert_bbox(element)
        for page in document.pages:
            for annotation in page.get("/Annots", []):
                annotation.F = 4
        saved = io.BytesIO()
        document.save(
            saved, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate
        )
    return saved.getvalue()


def child_elements(element):
    """Return the child structure elements, without marked content and annotations."""
    return [child for child in element.get("/K", []) if is_element(child)]


def is_element(child):
    return isinstance(child, Dictionary) and "/S" in child


def elements_below(element, in_head=False):
    """Yield (element, whether in a table's head) of the element and all below, in reading order."""
    in_head = in_head or element.S == "/THead"
    yield element, in_head
    for child in child_elements(element):
        yield from elements_below(child, in_head)


def remove_undescribed_figures(element):
    """Remove figures without /Alt, and grouping elements left empty, from the structure tree."""
    for child in child_elements(element):
        remove_undescribed_figures(child)
    element.K = Array([child for child in element.K if not is_removable(child)])


def is_removable(child):
    if not is_element(child):
        return False
    if child.S == "/Figure":
        return "/Alt" not in child
    return child.S in GROUPING and not len(child.K)


def mark_artifacts(document, in_tree):
    """Mark content of elements outside the structure tree as artifacts.

    in_tree: the objgen of each element in the tree. Their entries in the parent tree are cleared.
    """
    numbers = document.Root.StructTreeRoot.ParentTree.Nums
    for page in document.pages:
        parents = number_tree_value(numbers, page.StructParents)
        tags = {
            n: artifact_tag(parent)
            for n, parent in enumerate(parents)
            if parent.objgen not in in_tree
        }

        def replacement(match, tags=tags):
            return tags.get(int(match[1]), match[0])

        page.Contents.write(MARKED_CONTENT.sub(replacement, page.Contents.read_bytes()))
        for n in tags:
            parents[n] = None


def artifact_tag(element):
    """Return the operator that begins the content: a figure's, or a header's or page number's."""
    return b"/Artifact BMC" if element.S == "/Figure" else b"/Artifact <</Type /Pagination>> BDC"


def number_tree_value(numbers, key):
    """Return the value of the key in a number tree's flat list of keys and values."""
    return next(numbers[n + 1] for n in range(0, len(numbers), 2) if numbers[n] == key)


def describe_headers(root, elements):
    """Set the /Scope of each TH, and the /IDTree."""
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


def convert_bbox(figure):
    """Convert the /BBox from CSS pixels from the top to points from the bottom of the page."""
    left, top, right, bottom = (POINTS_PER_PIXEL * float(side) for side in figure.A.BBox)
    height = float(figure.Pg.MediaBox[3])
    box = (left, height - bottom, right, height - top)
    figure.A.BBox = Array([round(side, 3) for side in box])
