"""Issued reports, served as they were stored; corrections and decisions."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.generic import TemplateView, View

from reporting import page_sentences
from reporting.agenda import as_agenda_text, as_docx
from reporting.forms import DecisionForm
from reporting.issue import HEADINGS, Edition
from reporting.models import IssuedReport, ReportDraft
from reporting.open_report import OpenReport
from reporting.since_issued import differences, late_records
from reporting.status_report import ReportUnavailable, StatusReport
from reporting.tables import difference_table, late_table
from web.views import ProgrammePermissionMixin, RecordView, attachment

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


class IssuedReportMixin(ProgrammePermissionMixin):
    """Set `self.report` from the URL; a 404 if not issued to the user's group."""

    permission_required = "reporting.read_reports"

    def load(self):
        reports = IssuedReport.objects.visible_to(self.request.user).select_related(
            "programme", "corrects", "corrected_by", "issued_by", "prepared_by"
        )
        self.report = get_object_or_404(reports.defer("pdf"), uuid=self.kwargs["uuid"])

    def get_programme(self):
        return self.report.programme

    def get_success_url(self):
        return self.report.get_absolute_url()


class IssuedPageMixin(IssuedReportMixin):
    """Draws the report as it was issued."""

    template_name = "reporting/issued_report.html"

    def get_context_data(self, form=None, **kwargs):
        return super().get_context_data(
            issued=self.report,
            superseded_by=getattr(self.report, "corrected_by", None),
            decision=self.report.decision,
            decision_form=form or DecisionForm(report=self.report),
            agenda=as_agenda_text(self.report.report, self.report.issue),
            **kwargs,
        )


def download(report, content, content_type, ending):
    """Return a file of the issued report, named for it."""
    facts = {"programme": report.programme.slug, "report": report.uuid, "on": report.on}
    name = f"{report.file_name}.{ending}"
    return attachment(content, content_type, name, "report_downloaded", **facts)


class ShowIssued(IssuedPageMixin, TemplateView):
    pass


class IssuedPDF(IssuedReportMixin, View):
    def get(self, request, uuid):
        return download(self.report, self.report.whole_pdf(), "application/pdf", "pdf")


class IssuedJSON(IssuedReportMixin, View):
    def get(self, request, uuid):
        return download(self.report, self.report.figures, "application/json", "json")


class AgendaText(IssuedReportMixin, View):
    permission_required = "reporting.draft_report"

    def get(self, request, uuid):
        text = as_agenda_text(self.report.report, self.report.issue)
        return download(self.report, text, "text/plain; charset=utf-8", "txt")


class AgendaDocument(IssuedReportMixin, View):
    permission_required = "reporting.draft_report"

    def get(self, request, uuid):
        document = as_docx(self.report.report, self.report.issue)
        return download(self.report, document, DOCX, "docx")


def current_report(issued):
    """Build the report again from the register as it is now. Raise ReportUnavailable.

    The open edition depends on those issued before, so only those earlier than `issued` count.
    """
    programme = issued.programme
    report = StatusReport.build(programme, on=issued.on)
    if issued.edition == Edition.FULL:
        return report
    previous = IssuedReport.objects.open_before(programme, issued.issued_at)
    return OpenReport.build(report, previous, programme.disclosure_threshold)


class SinceIssued(IssuedReportMixin, View):
    """The figures that have changed since, and the late records."""

    permission_required = "reporting.draft_report"

    def get(self, request, uuid):
        issued, then, changed = self.report, self.report.report, []
        try:
            now = current_report(issued)
        except ReportUnavailable as error:  # the programme's first day was moved
            sentences = [error]
        else:
            changed = differences(then, now)
            sentences = page_sentences.since_issued(then, now, changed)
        late = late_records(issued.programme, issued.on, issued.known_at)
        context = {
            "issued": issued,
            "sentences": sentences,
            "differences": difference_table(changed),
            "late": late_table(late, issued.on),
        }
        return render(request, "reporting/since_issued.html", context)


class CorrectIssued(IssuedReportMixin, View):
    """Begin a correction as a draft with the same content."""

    permission_required = "reporting.draft_report"

    def get(self, request, uuid):
        return redirect(self.report)

    def post(self, request, uuid):
        issued = self.report
        if hasattr(issued, "corrected_by"):
            messages.warning(request, f"{issued.name} er allerede rettet. Ret den nyeste version.")
            return redirect(issued.corrected_by)
        draft, _ = ReportDraft.objects.get_or_create(
            corrects=issued,
            defaults={
                "programme": issued.programme,
                "on": issued.on,
                "edition": issued.edition,
                "to_committee": issued.to_committee,
                "to_follow_group": issued.to_follow_group,
                "written_by": request.user,
                **{key: text for key, text in issued.texts if key in HEADINGS},
            },
        )
        return redirect("edit_report_draft", draft.uuid)


class RecordDecision(IssuedPageMixin, RecordView):
    """Record the committee's decision; the latest holds, earlier ones are kept."""

    permission_required = "reporting.draft_report"
    form_class = DecisionForm
    success_message = "Beslutningen er gemt."

    def get(self, request, uuid):
        return redirect(self.report)

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"report": self.report}
