"""Adds what PDF/UA-1 requires and WeasyPrint 70 does not write.

That is: /Scope and /IDTree of TH; artifacts (not read aloud) for running headers and figures
without a text; the /BBox of figures in points; links that are printed (/F 4).
"""

import io
import re

import pikepdf
from pikepdf import Array, Dictionary, Name

POINTS_PER_PIXEL = 0.75
MARKED_CONTENT = re.compile(rb"/\w+\s*<<\s*/MCID\s+(\d+)\s*>>\s*BDC")
GROUPING = ("/NonStruct", "/Span", "/Div")  # removed when empty


def repair(pdf):
    """Deterministic."""
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
    return [child for child in element.get("/K", []) if is_element(child)]


def is_element(child):
    return isinstance(child, Dictionary) and "/S" in child


def elements_below(element, in_head=False):
    in_head = in_head or element.S == "/THead"
    yield element, in_head
    for child in child_elements(element):
        yield from elements_below(child, in_head)


def remove_undescribed_figures(element):
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
    """`in_tree`: the objgen of the tree's elements."""
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
    return b"/Artifact BMC" if element.S == "/Figure" else b"/Artifact <</Type /Pagination>> BDC"


def number_tree_value(numbers, key):
    """`numbers`: keys and values in turn."""
    return next(numbers[n + 1] for n in range(0, len(numbers), 2) if numbers[n] == key)


def describe_headers(root, elements):
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
    """Convert from CSS pixels from the top to points from the bottom."""
    left, top, right, bottom = (POINTS_PER_PIXEL * float(side) for side in figure.A.BBox)
    height = float(figure.Pg.MediaBox[3])
    box = (left, height - bottom, right, height - top)
    figure.A.BBox = Array([round(side, 3) for side in box])
