from dataclasses import dataclass
from datetime import date

from django.shortcuts import render
from django.views.generic import TemplateView, View

from cases.register import Register
from reporting.forms import ReportDayForm
from reporting.issue import DRAFT, FILE_ENDING, Edition
from reporting.models import IssuedReport, ReportDraft
from reporting.params import DAY
from reporting.pdf import PDFUnavailable
from reporting.pdf_process import PDFNotFinished, draw_pdf
from reporting.readiness import draft_checks
from reporting.status_report import ReportUnavailable, StatusReport
from reporting.tables import quarter_table
from web.views import ProgrammePermissionMixin, attachment


class Reports(ProgrammePermissionMixin, TemplateView):
    template_name = "reporting/reports.html"
    permission_required = "reporting.read_reports"

    def get_context_data(self, **kwargs):
        request, programme = self.request, self.request.programme
        rows = (
            IssuedReport.objects.visible_to(request.user).filter(programme=programme).newest_first()
        )
        rows = rows.standing().without_files().select_related("programme", "corrects")
        rows = rows.prefetch_related("withdrawals", "corrects__withdrawals")
        issued = [(row, row.report) for row in rows]
        drafts = ReportDraft.objects.visible_to(request.user).filter(programme=programme)
        return super().get_context_data(
            form=ReportDayForm({}, programme=programme),
            issued=issued,
            drafts=drafts.select_related("written_by", "corrects"),
            quarters=quarter_table(quarters(issued)),
            **kwargs,
        )


@dataclass(frozen=True)
class Quarter:
    """None if not printed. `change` is in the goal's count."""

    name: str
    url: str
    on: date
    is_open: bool
    enrolled: int | None
    in_goal: int | None
    change: int | None


def quarters(reports):
    """`reports`: (IssuedReport, its report), newest first, as the result is.

    The change is since the one before of the same edition; None if that had another goal.
    """
    previous, lines = {}, []
    for row, report in reversed(reports):
        count, (last, statuses) = report.goal.count, previous.get(row.edition, (None, ()))
        is_same_goal = set(statuses) == set(report.goal.statuses)
        lines.append(
            Quarter(
                name=row.name,
                url=row.get_absolute_url(),
                on=row.on,
                is_open=row.edition == Edition.OPEN,
                enrolled=report.enrolled,
                in_goal=count,
                change=count - last if is_same_goal and None not in (count, last) else None,
            )
        )
        previous[row.edition] = count, report.goal.statuses
    return lines[::-1]


class ReportOfDayView(ProgrammePermissionMixin, View):
    """The report of the day `?pr=`; a 400 if there is none."""

    permission_required = "reporting.draft_report"

    def get(self, request, *args, **kwargs):
        programme = request.programme
        form = ReportDayForm(request.GET, programme=programme)
        if form.chosen_day:
            register = Register.of_programme(programme)
            try:
                report = StatusReport.build(programme, on=form.chosen_day, register=register)
            except ReportUnavailable as error:
                form.add_error(DAY, str(error))
            else:
                return self.report_response(report, register)
        return render(request, "reporting/report_day.html", {"form": form}, status=400)


class DraftReport(ReportOfDayView):
    def report_response(self, report, register):
        checks = draft_checks(report, register, self.request.programme)
        return render(
            self.request,
            "reporting/draft_report.html",
            {"report": report, "issue": DRAFT, "checks": checks},
        )


class DraftReportPDF(ReportOfDayView):
    is_file = True

    def report_response(self, report, register):
        slug, ending = self.request.programme.slug, FILE_ENDING[Edition.FULL]
        name = f"statusrapport-{slug}-{report.on.isoformat()}-{ending}.pdf"
        return pdf_response(self.request, report, name)


def pdf_response(request, report, name, issue=None):
    """Answer 409 if the report does not add up, 503 if it cannot be drawn now."""
    status, may_try_again = 503, False
    try:
        if report.adds_up:
            pdf, facts = draw_pdf(report, issue), {"on": report.on}
            if request.programme:
                facts["programme"] = request.programme.slug
            return attachment(pdf, "application/pdf", name, "report_downloaded", **facts)
        status = 409
    except PDFUnavailable:
        pass
    except PDFNotFinished:
        may_try_again = True
    context = {"report": report, "may_try_again": may_try_again}
    return render(request, "reporting/status_report_no_pdf.html", context, status=status)
