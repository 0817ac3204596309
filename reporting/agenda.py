import io

from web.dates import long_date

from .issue import HEADINGS, NOT_PUBLIC, Edition
from .open_sentences import label


def agenda_parts(report, issue):
    """[(heading, paragraphs)]; the figures are part of the assessment."""
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
    return [
        title(report, issue),
        *([f"{NOT_PUBLIC}."] if issue.edition == Edition.FULL else []),
        *([f"Version {issue.version} retter: {issue.change}"] if issue.change else []),
    ]


def title(report, issue):
    return f"{report.title}, {report.programme} ({issue.name or 'kladde'})"


def as_agenda_text(report, issue):
    parts = [head(report, issue)]
    parts += [[heading, *paragraphs] for heading, paragraphs in agenda_parts(report, issue)]
    return "\n\n".join("\n".join(lines) for lines in parts) + "\n"


def as_docx(report, issue):
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
