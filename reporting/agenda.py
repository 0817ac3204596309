"""The report as an item of the committee's agenda: its own headings, in its order, to paste into the agenda system."""

import io

from web.dates import long_date

from .issue import HEADINGS
from .open_sentences import label


def agenda(report, issue):
    """[(heading, paragraphs)] of the item. The figures stand as a part of the assessment, as they did in 2019."""
    texts = dict(issue.texts)
    parts = []
    for key, heading in HEADINGS.items():
        paragraphs = [line.strip() for line in texts.get(key, "").splitlines() if line.strip()]
        if key == "assessment":
            paragraphs += figures(report)
        if paragraphs:
            parts.append((heading, paragraphs))
    return parts


def figures(report):
    """The status in plain lines: the answer, the nine rows or the open edition's groups, the control line."""
    lines = (
        [(label(group, report), group.count) for group in report.groups]
        if report.edition == "open"
        else [(row.label, row.count) for row in report.rows]
    )
    if not lines:
        return [report.answer]
    rows = [f"{words}: {count}" for words, count in lines]
    return [report.answer, f"Status pr. {long_date(report.on)}:", *rows, report.control_line]


def head(report, issue):
    """The title, and what a later version corrects."""
    return [
        title(report, issue),
        *([f"Version {issue.version} retter: {issue.change}"] if issue.change else []),
    ]


def title(report, issue):
    return f"{report.title}, {report.programme} ({issue.name or 'kladde'})"


def as_agenda_text(report, issue):
    """The item as plain text, ending in a line break."""
    parts = ["\n".join([heading, *paragraphs]) for heading, paragraphs in agenda(report, issue)]
    return "\n\n".join(["\n".join(head(report, issue)), *parts]) + "\n"


def as_docx(report, issue):
    """The item as the bytes of a Word document with real headings."""
    from docx import Document  # a third of a second, which only this page should pay

    document = Document()
    properties = document.core_properties
    properties.title, properties.author, properties.language = (
        title(report, issue),
        report.sender,
        "da-DK",
    )
    properties.comments = ""
    document.add_heading(title(report, issue), level=1)
    for line in head(report, issue)[1:]:
        document.add_paragraph(line)
    for heading, paragraphs in agenda(report, issue):
        document.add_heading(heading, level=2)
        for paragraph in paragraphs:
            document.add_paragraph(paragraph)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()
