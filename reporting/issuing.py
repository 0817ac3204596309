"""From a draft to an issued report: what it would say now, whether it may be issued, and the moment it is."""

import hashlib
import json
import re
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from cases.models import Programme
from cases.register import Register

from . import disclosure_audit
from .issue import Edition, Issue, sent_to
from .models import IssuedReport, ReportDraft
from .open_report import OpenReport
from .pdf import render_pdf
from .readiness import Check, draft_checks
from .status_report import StatusReport

SHEETS = {"full": "reporting/status_report.html", "open": "reporting/_open_report_sheet.html"}


GONE = "Kladden er allerede udsendt eller kasseret."


class NotIssued(ValidationError):
    """The report was not issued; the message is a Danish sentence that says why."""


@dataclass(frozen=True)
class Proposal:
    """What a draft would say if it were issued now."""

    draft: ReportDraft
    report: StatusReport | OpenReport
    issue: Issue
    checks: list[Check]
    known_at: datetime  # the register as it was known

    @property
    def seen(self):
        """A mark of figures, texts and remarks, so that nothing else is issued than what was looked at."""
        moved = {
            "known_at": None,
            "known_on": None,
        }  # by what happened after the day, which moves no figure
        figures = self.report.as_dict() | moved
        text = json.dumps([figures, self.draft.revision, self.issue.remarks], sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()

    @property
    def blocked(self):
        return any(check.blocks and not check.passed for check in self.checks)

    @property
    def asks(self):
        """What the one who issues it ticks; empty when there is nothing to accept."""
        seen = (
            ["Jeg har set det, der står med rødt. Det kommer til at stå i rapporten."]
            if self.remarks
            else []
        )
        texts = self.draft.typed and self.draft.edition == Edition.OPEN
        return " ".join(
            [*seen, "Jeg har læst teksterne: ingen ung kan kendes i dem."] if texts else seen
        )

    @property
    def remarks(self):
        """What should hold and does not: each is ticked, and stands in the report's data line."""
        return remarks_of(self.checks)


def propose(draft):
    """The Proposal of the draft as the register is now; ReportUnavailable as StatusReport.build."""
    programme = draft.programme
    register = Register.load(programme.mentees.all())
    report = StatusReport.build(programme, on=draft.on, register=register, since=last_before(draft))
    checks = [*draft_checks(report, register, programme), nobody_named(draft, register)]
    known_at = report.known_at
    if draft.edition == Edition.OPEN and report.adds_up:
        previous = IssuedReport.objects.open_before(programme)
        report = OpenReport.build(report, previous, programme.disclosure_threshold)
        checks.append(open_is_safe(report, previous))
    version = draft.corrects.version + 1 if draft.corrects else 1
    issue = Issue(
        Edition(draft.edition),
        version=version,
        to=sent_to(draft),
        texts=draft.texts,
        remarks=tuple(said(remark, draft) for remark in remarks_of(checks)),
        change=draft.change,
    )
    return Proposal(draft, report, issue, checks, known_at)


def remarks_of(checks):
    """Those of the checks that should hold and do not."""
    return [check for check in checks if not check.passed and not check.blocks]


def said(remark, draft):
    """A remark as it is printed; in the open edition without its number, which is of few people."""
    return remark.open_words if draft.edition == Edition.OPEN else remark.words


def last_before(draft):
    """The Since of the last report of an earlier day in the full edition; None when there is none.

    The open edition has a change of its own, of what is printed in it.
    """
    if draft.edition == Edition.OPEN:
        return None
    earlier = IssuedReport.objects.standing().filter(
        programme=draft.programme, edition=draft.edition, on__lt=draft.on
    )
    last = earlier.newest_first().without_files().first()
    return last and last.report.as_since(last.name)


def open_is_safe(report, previous):
    """Whether the open edition tells about nobody, also beside those issued before."""
    found = disclosure_audit.findings(report, previous)
    return Check(
        " ".join(found) or "Den åbne udgave fortæller ikke om færre, end den må",
        not found,
        blocks=True,
    )


def nobody_named(draft, register):
    """Whether no text holds the whole name of a young person, also as "Ali Vestergaards". One word alone is no name."""
    text = as_one_line(draft.typed)
    names = (person.name for person in register.people if " " in person.name)
    named = [
        name for name in names if re.search(rf"(?<!\w){re.escape(as_one_line(name))}s?(?!\w)", text)
    ]
    if not named:
        return Check("Ingen tekst nævner en ung ved navn", True, blocks=True)
    url = reverse("edit_report_draft", args=[draft.uuid])
    return Check(
        f"En tekst nævner {named[0]}. Skriv den om uden navn",
        False,
        blocks=True,
        url=url,
        mend="Ret teksten",
    )


def as_one_line(text):
    return " ".join(text.casefold().split())


def issue(draft, *, by, seen, ticked):
    """Issue the report of the draft, and throw the draft away. The IssuedReport.

    `seen` is the Proposal's mark as it was looked at, `ticked` whether what it `asks` was accepted. Raises NotIssued
    with a sentence when something stands in the way, PDFUnavailable and PDFError as render_pdf.
    """
    with transaction.atomic():
        # One at a time, for they are numbered; meetings of the programme can be saved meanwhile (no_key).
        programme = Programme.objects.select_for_update(no_key=True).get(pk=draft.programme_id)
        drafts = ReportDraft.objects.select_for_update(
            of=("self",)
        )  # nobody writes in it while the PDF is drawn
        draft = drafts.select_related("corrects", "written_by").filter(pk=draft.pk).first()
        if draft is None:
            raise NotIssued(GONE)
        draft.programme = programme
        proposal = propose(draft)
        check(proposal, by, seen, ticked)
        issued = written(proposal, by)
        issued.save()
        draft.delete()
    return issued


def check(proposal, by, seen, ticked):
    """Raises NotIssued unless the Proposal may be issued by the user `by`, who has looked at `seen`."""
    draft = proposal.draft
    if proposal.blocked:
        raise NotIssued("Rapporten kan ikke udsendes endnu. Se, hvad der mangler, i listen.")
    if seen != proposal.seen:
        raise NotIssued(
            "Tallene eller teksterne er ændret, siden du så kladden. Se den igennem, og udsend igen."
        )
    if proposal.asks and not ticked:
        raise NotIssued("Sæt kryds ved det, du siger ja til, før rapporten udsendes.")
    if draft.programme.two_to_issue and (draft.ready_by is None or by == draft.written_by):
        raise NotIssued(
            "En anden end den, der har skrevet rapporten, skal godkende og udsende den."
        )
    if draft.corrects and hasattr(draft.corrects, "corrected_by"):
        raise NotIssued(
            f"{draft.corrects.name} er allerede rettet. Kassér kladden, og ret den nyeste version."
        )
    if draft.corrects and not draft.change:
        raise NotIssued("Skriv, hvad rettelsen retter.")


def written(proposal, by):
    """The IssuedReport of the Proposal, with its page and PDF, not saved yet."""
    draft, corrects, now = proposal.draft, proposal.draft.corrects, timezone.now()
    year = corrects.year if corrects else draft.on.year
    taken = IssuedReport.objects.filter(programme=draft.programme, year=year)
    issued = IssuedReport(
        programme=draft.programme,
        year=year,
        number=corrects.number
        if corrects
        else (taken.aggregate(last=Max("number"))["last"] or 0) + 1,
        version=corrects.version + 1 if corrects else 1,
        edition=draft.edition,
        to_committee=draft.to_committee,
        to_follow_group=draft.to_follow_group,
        on=draft.on,
        known_at=proposal.known_at,
        answer=proposal.report.answer,
        figures=proposal.report.to_json(),
        texts=draft.texts,
        remarks=list(proposal.issue.remarks),
        change=draft.change,
        corrects=corrects,
        prepared_by=draft.written_by,
        issued_by=by,
        issued_at=now,
        needed_two=draft.programme.two_to_issue,
    )
    draw(issued)
    return issued


def draw(issued):
    """Give the IssuedReport its page and its PDF, drawn from nothing but what is stored in it."""
    issued.page = report_page(issued.report, issued.issue)
    issued.pdf = render_pdf(issued.report, issued.issue)
    issued.pdf_size, issued.pdf_sha256 = len(issued.pdf), hashlib.sha256(issued.pdf).hexdigest()


def report_page(report, issue):
    """The sheet of the report as it stands on a page."""
    return render_to_string(SHEETS[report.edition], {"report": report, "issue": issue})
