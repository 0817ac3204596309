"""Issued reports, served as they were stored; corrections and decisions."""

import logging

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.generic import TemplateView, View

from cases.definitions import definitions_of
from reporting import page_sentences
from reporting.agenda import as_agenda_text, as_docx
from reporting.area_names import names_on, open_editions_before
from reporting.forms import DecisionForm
from reporting.issue import HEADINGS, Edition
from reporting.models import IssuedReport, NotAsIssued, ReportDraft
from reporting.open_report import OpenReport
from reporting.params import CLOSED
from reporting.since_issued import differences, late_records
from reporting.status_report import ReportUnavailable, StatusReport
from reporting.tables import difference_table, late_table
from web.views import ProgrammePermissionMixin, RecordView, attachment

logger = logging.getLogger(__name__)
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


class StoredPartMixin(IssuedReportMixin):
    """Answers 410 if the report is withdrawn, 409 if one of the `parts` is not what was issued."""

    parts = ()

    def get(self, request, *args, **kwargs):
        if self.report.withdrawal and not self.may_read_withdrawn():
            return self.sentence_page("reporting/withdrawn_report.html", 410)
        try:
            self.report.ensure_as_issued(*self.parts)
        except NotAsIssued as error:
            logger.error("%s", error)
            return self.sentence_page("reporting/report_not_as_issued.html", 409)
        return self.serve()

    def serve(self):
        raise NotImplementedError

    def may_read_withdrawn(self):
        """Nobody: a file would travel on."""
        return False

    def sentence_page(self, template, status):
        superseded_by = getattr(self.report, "corrected_by", None)
        context = {
            "issued": self.report,
            "withdrawal": self.report.withdrawal,
            "superseded_by": superseded_by,
            "decision": self.report.decisions_of_all_versions.first(),
        }
        return render(self.request, template, context, status=status)


class IssuedPageMixin(IssuedReportMixin):
    template_name = "reporting/issued_report.html"

    def get_context_data(self, form=None, **kwargs):
        report = self.report
        decision, *earlier = report.decisions_of_all_versions or [None]
        is_public = report.edition == Edition.OPEN and not report.withdrawal
        waiting = report.withdrawals.waiting().select_related("recorded_by")
        return super().get_context_data(
            issued=report,
            superseded_by=getattr(report, "corrected_by", None),
            decision=decision,
            earlier_decisions=earlier,
            decision_form=form or DecisionForm(report=report),
            agenda=as_agenda_text(report.report, report.issue) if is_public else "",
            withdrawal=report.withdrawal,
            proposed_withdrawal=waiting.first(),
            **kwargs,
        )


def download(report, content, content_type, ending):
    facts = {"programme": report.programme.slug, "report": report.uuid, "on": report.on}
    name = f"{report.file_name}.{ending}"
    return attachment(content, content_type, name, "report_downloaded", **facts)


class ShowIssued(StoredPartMixin, IssuedPageMixin, TemplateView):
    """Coordinators read a withdrawn report too: they must answer for what stood in it."""

    parts = ("page", "figures", "texts")

    def may_read_withdrawn(self):
        return self.request.user.has_perm("reporting.draft_report", self.get_programme())

    def serve(self):
        return self.render_to_response(self.get_context_data())


class IssuedPDF(StoredPartMixin, View):
    is_file = True
    parts = ("pdf",)

    def serve(self):
        return download(self.report, bytes(self.report.pdf), "application/pdf", "pdf")


class IssuedJSON(StoredPartMixin, View):
    is_file = True
    parts = ("figures",)

    def serve(self):
        return download(self.report, self.report.figures, "application/json", "json")


class AgendaMixin(StoredPartMixin):
    """The text of a full edition comes only after a question."""

    permission_required = "reporting.draft_report"
    parts = ("figures", "texts")

    @property
    def may_be_shown(self):
        return self.report.edition == Edition.OPEN or CLOSED in self.request.GET


class ClosedAgenda(AgendaMixin, TemplateView):
    template_name = "reporting/agenda_closed.html"

    def serve(self):
        report = self.report
        agenda = as_agenda_text(report.report, report.issue) if self.may_be_shown else ""
        return self.render_to_response(self.get_context_data(issued=report, agenda=agenda))


class AgendaFile(AgendaMixin, View):
    is_file = True

    def serve(self):
        if not self.may_be_shown:
            return redirect("agenda_closed", self.report.uuid)
        return self.file(self.report)

    def file(self, report):
        raise NotImplementedError


class AgendaText(AgendaFile):
    def file(self, report):
        text = as_agenda_text(report.report, report.issue)
        return download(report, text, "text/plain; charset=utf-8", "txt")


class AgendaDocument(AgendaFile):
    def file(self, report):
        return download(report, as_docx(report.report, report.issue), DOCX, "docx")


def current_report(issued):
    """Build the report from the register as it is now. Raise ReportUnavailable.

    The open edition depends on those issued before, so only those earlier than `issued` count.
    """
    programme = issued.programme
    report = StatusReport.build(programme, on=issued.on)
    if issued.edition == Edition.FULL:
        return report
    previous = open_editions_before(programme, issued.on, issued.issued_at)
    threshold = definitions_of(programme).threshold(issued.on)
    return OpenReport.build(report, previous, threshold, names_on(programme, issued.on))


class SinceIssued(IssuedReportMixin, View):
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
    """Begins a draft with the same content."""

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
    """The latest holds, the earlier are its versions."""

    permission_required = "reporting.draft_report"
    form_class = DecisionForm
    success_message = "Beslutningen er gemt."

    def get(self, request, uuid):
        return redirect(self.report)

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"report": self.report}
