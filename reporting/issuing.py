import hashlib
import json
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db.models import Max
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from cases.definitions import definitions_of
from cases.models import Programme
from cases.register import Register
from web import security_log
from web.work_first import WorkFirst, in_transaction

from . import disclosure_audit
from .area_names import names_on, open_editions_before
from .issue import Edition, Issue, sent_to
from .models import IssuedReport, ReportDraft, ReportWithdrawal
from .names import names_in_texts, who_is_named, who_may_be_named
from .open_report import OpenReport
from .pdf import PDFError, PDFUnavailable
from .pdf_process import PDFNotFinished, draw_pdf
from .readiness import Check, draft_checks
from .status_report import StatusReport

SHEETS = {"full": "reporting/status_report.html", "open": "reporting/_open_report_sheet.html"}
EDIT = "Ret teksten"
GONE = "Kladden er allerede udsendt eller kasseret."


class NotIssued(ValidationError):
    """The message is a Danish sentence."""


@dataclass(frozen=True)
class Proposal:
    draft: ReportDraft
    report: StatusReport | OpenReport
    issue: Issue
    checks: list[Check]
    known_at: datetime

    @property
    def fingerprint(self):
        """Issuing fails if figures, texts or caveats have changed."""
        # later records move these two, but no figure
        figures = self.report.as_dict() | {"known_at": None, "known_on": None}
        accepted = [check.acceptance for check in self.accepted]
        told = [figures, self.draft.revision, self.issue.remarks, accepted]
        text = json.dumps(told, sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()

    @property
    def blocked(self):
        return any(check.blocks and not check.passed for check in self.checks)

    @property
    def acknowledgement(self):
        sentences = []
        if self.remarks:
            sentences.append(
                "Jeg har set det, der står med rødt. Det kommer til at stå i rapporten."
            )
        sentences += [check.acceptance for check in self.accepted]
        if self.draft.typed and self.draft.edition == Edition.OPEN:
            sentences.append("Jeg har læst teksterne: ingen ung kan kendes i dem.")
        return " ".join(sentences)

    @property
    def remarks(self):
        """Failed checks that do not block; printed as caveats."""
        return remarks_of(self.checks)

    @property
    def accepted(self):
        """Failed checks that are ticked and not printed."""
        return [check for check in self.checks if not check.passed and check.acceptance]


def propose(draft):
    """Raises ReportUnavailable."""
    programme = draft.programme
    register = Register.of_programme(programme)
    report = StatusReport.build(
        programme, on=draft.on, register=register, since=previous_report(draft)
    )
    checks = [*draft_checks(report, register, programme), *same_day_check(draft)]
    known_at = report.known_at
    if draft.edition == Edition.OPEN and report.adds_up:
        previous = open_editions_before(programme, draft.on)
        threshold = definitions_of(programme).threshold(draft.on)
        report = OpenReport.build(report, previous, threshold, names_on(programme, draft.on))
        checks.append(disclosure_check(report, previous))
    checks += names_checks(draft, report, remarks_of(checks))
    version = draft.corrects.version + 1 if draft.corrects else 1
    issue = Issue(
        Edition(draft.edition),
        version=version,
        to=sent_to(draft),
        texts=draft.texts,
        remarks=tuple(printed_caveat(remark, draft) for remark in remarks_of(checks)),
        change=draft.change,
    )
    return Proposal(draft, report, issue, checks, known_at)


def remarks_of(checks):
    return [check for check in checks if not (check.passed or check.blocks or check.acceptance)]


def printed_caveat(remark, draft):
    return remark.open_sentence if draft.edition == Edition.OPEN else remark.sentence


def previous_report(draft):
    """None in the open edition, which prints another change."""
    if draft.edition == Edition.OPEN:
        return None
    earlier = IssuedReport.objects.standing().filter(
        programme=draft.programme, edition=draft.edition, on__lt=draft.on
    )
    last = earlier.newest_first().without_files().first()
    return last and last.report.as_since(last.name)


def disclosure_check(report, previous):
    findings = disclosure_audit.findings(report, previous)
    passed = "Den åbne udgave fortæller ikke om færre, end den må"
    return Check(" ".join(findings) or passed, not findings, blocks=True)


def same_day_check(draft):
    if draft.corrects_id:
        return []
    same = {"programme": draft.programme, "on": draft.on, "edition": draft.edition}
    issued = IssuedReport.objects.standing().without_files().filter(**same).first()
    if not issued:
        return []
    sentence = (
        f"Rapport {issued.name}, {draft.get_edition_display()}, er allerede udsendt om den dag. "
        "Er noget forkert i den, så ret den i stedet"
    )
    return [
        Check(
            sentence,
            False,
            url=issued.get_absolute_url(),
            link_text=f"Se {issued.name}",
            acceptance=f"Jeg vil udsende en rapport mere om samme dag som {issued.name}.",
        )
    ]


def names_checks(draft, report, remarks):
    """Check everything that readers will see: texts, caveats, names of places."""
    texts = draft.typed_by_heading | {
        "Forbehold": "\n".join(printed_caveat(remark, draft) for remark in remarks),
        "Indsatsens navn, afsender eller udvalg": "\n".join(
            (report.programme, report.sender, report.committee)
        ),
        "Et boligområde": "\n".join(area.name for area in report.areas),
    }
    found = names_in_texts(draft.programme, texts)
    named, link = who_is_named(found), reverse("edit_report_draft", args=[draft.uuid])
    checks = [Check(named or "Ingen tekst nævner en ung ved navn", not named, True, link, EDIT)]
    for word, sentence in who_may_be_named(found).items():
        is_another = f"“{word}” i teksterne er ikke den unge."
        checks.append(Check(sentence, False, False, link, EDIT, acceptance=is_another))
    return checks


@dataclass(frozen=True)
class Drawing:
    """The PDF of a report that may be issued, or why there is none."""

    issued: IssuedReport  # not saved
    pdf: bytes = b""
    error: Exception | None = None


def issue(draft, **review):
    """Delete the draft too. `review`: as of `issue_in_transaction`.

    Raises NotIssued, PDFUnavailable, PDFNotFinished and PDFError.
    """
    return in_transaction(lambda drawing: issue_in_transaction(draft, drawing, **review))


def issue_in_transaction(draft, drawing, *, by, fingerprint, ticked):
    """As `issue`, but raise WorkFirst unless `drawing` is of this report: number, version, texts.

    `fingerprint`: the reviewed one. `ticked`: whether it was acknowledged.
    """
    # One at a time, because reports are numbered. no_key: meetings can be saved meanwhile.
    programme = Programme.objects.select_for_update(no_key=True).get(pk=draft.programme_id)
    drafts = ReportDraft.objects.select_for_update(of=("self",))
    draft = drafts.select_related("corrects", "written_by").filter(pk=draft.pk).first()
    if draft is None:
        raise NotIssued(GONE)
    draft.programme = programme
    proposal = propose(draft)
    ensure_may_be_issued(proposal, by, fingerprint, ticked)
    issued = build_issued_report(proposal, by)
    if drawing is None or drawing.issued.issue != issued.issue:
        raise WorkFirst(lambda: draw(issued))
    if drawing.error:
        raise drawing.error
    # What was recorded while it was drawn has moved no figure.
    issued.figures, issued.known_at = drawing.issued.figures, drawing.issued.known_at
    render_files(issued, drawing.pdf)
    issued.save()
    if draft.withdraws:
        ReportWithdrawal.objects.by_correction(
            issued, reason=draft.withdrawal_reason, prepared_by=draft.written_by
        )
    draft.delete()
    facts = {"programme": programme.slug, "report": issued.uuid, "edition": issued.edition}
    security_log.record_after_commit("report_issued", user=by.pk, **facts)
    return issued


def draw(issued):
    try:
        return Drawing(issued, draw_pdf(issued.report, issued.issue))
    except (PDFError, PDFNotFinished, PDFUnavailable) as error:
        return Drawing(issued, error=error)


def ensure_may_be_issued(proposal, by, fingerprint, ticked):
    draft = proposal.draft
    if proposal.blocked:
        raise NotIssued("Rapporten kan ikke udsendes endnu. Se, hvad der mangler, i listen.")
    if fingerprint != proposal.fingerprint:
        raise NotIssued(
            "Tallene eller teksterne er ændret, siden du så kladden. "
            "Se den igennem, og udsend igen."
        )
    if proposal.acknowledgement and not ticked:
        raise NotIssued("Sæt kryds ved det, du siger ja til, før rapporten udsendes.")
    if draft.programme.two_to_issue and not draft.may_be_issued_by(by):
        raise NotIssued("En, der ikke har skrevet i rapporten, skal godkende og udsende den.")
    if draft.corrects and hasattr(draft.corrects, "corrected_by"):
        raise NotIssued(
            f"{draft.corrects.name} er allerede rettet. Kassér kladden, og ret den nyeste version."
        )
    if draft.corrects and not draft.change:
        raise NotIssued("Skriv, hvad rettelsen retter.")
    if draft.withdraws and not (draft.corrects and draft.withdrawal_reason):
        raise NotIssued("Skriv, hvorfor den forrige udgave ikke skal kunne læses længere.")


def build_issued_report(proposal, by):
    """Return it not saved yet, without page and PDF."""
    draft, corrects, now = proposal.draft, proposal.draft.corrects, timezone.now()
    year = corrects.year if corrects else draft.on.year
    taken = IssuedReport.objects.filter(programme=draft.programme, year=year)
    last = taken.aggregate(last=Max("number"))["last"] or 0
    return IssuedReport(
        programme=draft.programme,
        year=year,
        number=corrects.number if corrects else last + 1,
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


def render_files(issued, pdf):
    """Set page and PDF, from stored values only."""
    issued.page = report_page(issued.report, issued.issue)
    issued.pdf, issued.pdf_size = pdf, len(pdf)
    issued.pdf_sha256 = hashlib.sha256(pdf).hexdigest()


def report_page(report, issue):
    return render_to_string(SHEETS[report.edition], {"report": report, "issue": issue})
