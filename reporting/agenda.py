"""The report as an item of the committee's agenda, as plain text and as a Word document."""

import io

from web.dates import long_date

from .issue import HEADINGS
from .open_sentences import label


def agenda_parts(report, issue):
    """Return [(heading, paragraphs)]. The figures are part of the assessment, as in 2019."""
    texts = dict(issue.texts)
    parts = []
    for key, heading in HEADINGS.items():
        paragraphs = [line.strip() for line in texts.get(key, "").splitlines() if line.strip()]
        if key == "assessment":
            paragraphs += status_paragraphs(report)
        if paragraphs:
            parts.append((heading, paragraphs))
    return parts


def status_paragraphs(report):
    """Return the answer, a line for each status or group, and the control line."""
    counts = (
        [(label(group, report), group.count) for group in report.groups]
        if report.edition == "open"
        else [(row.label, row.count) for row in report.rows]
    )
    if not counts:
        return [report.answer]
    rows = [f"{name}: {count}" for name, count in counts]
    return [report.answer, f"Status pr. {long_date(report.on)}:", *rows, report.control_line]


def head(report, issue):
    """Return the title and, of a later version, what it corrects."""
    return [
        title(report, issue),
        *([f"Version {issue.version} retter: {issue.change}"] if issue.change else []),
    ]


def title(report, issue):
    """'Statusrapport pr. 1. marts 2019, Særlig boligsocial mentorindsats, Køge (2019-1)'"""
    return f"{report.title}, {report.programme} ({issue.name or 'kladde'})"


def as_agenda_text(report, issue):
    """Return the item as plain text, ending in a line break."""
    parts = [head(report, issue)]
    parts += [[heading, *paragraphs] for heading, paragraphs in agenda_parts(report, issue)]
    return "\n\n".join("\n".join(lines) for lines in parts) + "\n"


def as_docx(report, issue):
    """Return the bytes of a Word document with the item."""
    from docx import Document  # the import takes a third of a second

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
    for heading, paragraphs in agenda_parts(report, issue):
        document.add_heading(heading, level=2)
        for paragraph in paragraphs:
            document.add_paragraph(paragraph)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()
