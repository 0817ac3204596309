"""Rapporter: the list, and the report of any day looked at before anybody writes one."""

from dataclasses import dataclass
from datetime import date

from django.shortcuts import render
from django.views.generic import TemplateView, View

from cases.register import Register
from reporting.forms import ReportDayForm
from reporting.issue import DRAFT, Edition
from reporting.models import IssuedReport, ReportDraft
from reporting.pdf import PDFUnavailable, render_pdf
from reporting.readiness import draft_checks
from reporting.status_report import ReportUnavailable, StatusReport
from web.views import ProgrammePermissionMixin, attachment


class Reports(ProgrammePermissionMixin, TemplateView):
    """What was issued to the user, the newest first; for a coordinator also the drafts, and where to begin one."""

    template_name = "reporting/reports.html"
    permission_required = "reporting.read_reports"

    def get_context_data(self, **kwargs):
        request, programme = self.request, self.request.programme
        rows = (
            IssuedReport.objects.visible_to(request.user).filter(programme=programme).newest_first()
        )
        rows = rows.standing().without_files().select_related("programme", "corrects")
        issued = [(row, row.report) for row in rows]
        drafts = ReportDraft.objects.visible_to(request.user).filter(programme=programme)
        return super().get_context_data(
            form=ReportDayForm({}, programme=programme),
            issued=issued,
            drafts=drafts.select_related("written_by", "corrects"),
            quarters=quarters(issued),
            **kwargs,
        )


@dataclass(frozen=True)
class Quarter:
    """An issued report as a line of figures, None for one not printed; `change`: the goal's, since the one before."""

    name: str
    url: str
    on: date
    is_open: bool
    enrolled: int | None
    in_goal: int | None
    change: int | None


def quarters(reports):
    """The Quarters of the (IssuedReport, its report), which come newest first; an edition is held against itself."""
    before, lines = {}, []
    for row, report in reversed(reports):
        now, (last, statuses) = report.goal.count, before.get(row.edition, (None, ()))
        is_same_goal = set(statuses) == set(report.goal.statuses)
        change = now - last if is_same_goal and None not in (now, last) else None
        is_open = row.edition == Edition.OPEN
        lines.append(
            Quarter(row.name, row.get_absolute_url(), row.on, is_open, report.enrolled, now, change)
        )
        before[row.edition] = now, report.goal.statuses
    return lines[::-1]


class ReportOfDayView(ProgrammePermissionMixin, View):
    """The draft as of `?pr=`; a subclass says in `answer` what it does with it. A day without one is a 400."""

    permission_required = "reporting.draft_report"

    def get(self, request, *args, **kwargs):
        programme = request.programme
        form = ReportDayForm(request.GET, programme=programme)
        if form.day:
            register = Register.load(programme.mentees.all())
            try:
                report = StatusReport.build(programme, on=form.day, register=register)
            except ReportUnavailable as error:
                form.add_error("pr", str(error))
            else:
                return self.answer(report, register)
        return render(request, "reporting/draft_report.html", {"form": form}, status=400)


class DraftReport(ReportOfDayView):
    """The report as it would be printed, and beside it what to look at before it is."""

    def answer(self, report, register):
        checks = draft_checks(report, register, self.request.programme)
        return render(
            self.request,
            "reporting/draft_report.html",
            {"report": report, "issue": DRAFT, "checks": checks},
        )


class DraftReportPDF(ReportOfDayView):
    """The report as a file."""

    def answer(self, report, register):
        name = f"statusrapport-{self.request.programme.slug}-{report.on.isoformat()}.pdf"
        return pdf_of(self.request, report, name)


def pdf_of(request, report, name, issue=None):
    """The report as a file. 409 when its numbers do not add up, 503 when this machine cannot make a PDF."""
    try:
        if report.adds_up:
            return attachment(render_pdf(report, issue), "application/pdf", name)
        status = 409
    except PDFUnavailable:
        status = 503
    return render(request, "reporting/status_report_no_pdf.html", {"report": report}, status=status)
