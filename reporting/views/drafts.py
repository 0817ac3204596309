"""A report being written: its texts, what it would say now, and the moment it is issued."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.generic import View

from cases.views.base import Allowed
from reporting.forms import DraftForm, ReportDayForm
from reporting.issue import HEADINGS, sent_to
from reporting.issuing import NotIssued, issue, propose, report_page
from reporting.models import IssuedReport, ReportDraft
from reporting.pdf import PDFUnavailable, render_pdf
from reporting.status_report import ReportUnavailable


class BeginReport(Allowed, View):
    """A new draft as of the posted `pr`; its texts are last time's."""

    permission_required = "reporting.draft_report"
    http_method_names = ["post"]

    def post(self, request):
        form = ReportDayForm(request.POST, programme=request.programme)
        if not form.day:
            return render(request, "reporting/draft_report.html", {"form": form}, status=400)
        last = IssuedReport.objects.filter(programme=request.programme).standing().newest_first().without_files()
        texts = dict(last.first().texts) if last else {}
        draft = ReportDraft.objects.create(programme=request.programme, on=form.day, written_by=request.user, **texts)
        return redirect("edit_report_draft", draft.uuid)


class OfDraft(Allowed, View):
    """A page about one draft; anyone else's is a 404."""

    permission_required = "reporting.draft_report"

    def dispatch(self, request, *args, **kwargs):
        drafts = ReportDraft.objects.visible_to(request.user).select_related(
            "programme", "written_by", "ready_by", "corrects"
        )
        self.draft = get_object_or_404(drafts, uuid=kwargs.pop("uuid"))
        request.programme = self.draft.programme
        return super().dispatch(request, *args, **kwargs)

    def show(self, refused=None, status=200):
        """The draft with its checks beside it; `refused` is the sentence why it was not issued."""
        context = {"draft": self.draft, "refused": refused}
        try:
            proposal = propose(self.draft)
        except ReportUnavailable as error:
            return render(self.request, "reporting/report_draft.html", context | {"unavailable": error})
        context |= {
            "proposal": proposal,
            "page": report_page(proposal.report, proposal.issue),
            "needs_another": self.needs_another(),
        }
        return render(self.request, "reporting/report_draft.html", context, status=status)

    def needs_another(self):
        """Whether somebody else than the user must issue it."""
        users = (self.draft.written_by, self.draft.ready_by)
        return self.draft.programme.two_to_issue and (self.draft.ready_by is None or self.request.user in users)


class ShowDraft(OfDraft):
    def get(self, request):
        return self.show()


class EditDraft(OfDraft):
    """The day, the edition and the texts. Somebody else's change in between is shown beside what was typed."""

    def get(self, request):
        return self.form_page(DraftForm(instance=self.draft))

    def post(self, request):
        form = DraftForm(request.POST, instance=self.draft)
        if not form.is_valid():
            return self.form_page(form, status=422)
        draft = form.save(commit=False)
        draft.revision = form.cleaned_data["revision"]
        if draft.write(by=request.user):
            messages.success(request, "Kladden er gemt.")
            return redirect("report_draft", draft.uuid)
        return self.somebody_was_first()

    def somebody_was_first(self):
        theirs = get_object_or_404(ReportDraft.objects.select_related("written_by"), pk=self.draft.pk)
        data = self.request.POST.copy()
        data["revision"] = theirs.revision
        form = DraftForm(data, instance=theirs)
        form.full_clean()
        texts = [
            (heading, stored)
            for key, heading in HEADINGS.items()
            if (stored := ReportDraft.objects.values_list(key, flat=True).get(pk=theirs.pk)) != data.get(key, "")
        ]
        return self.form_page(form, status=409, theirs=theirs, their_texts=texts)

    def form_page(self, form, status=200, **more):
        return render(
            self.request, "reporting/edit_report_draft.html", {"form": form, "draft": self.draft} | more, status=status
        )


class DraftPDF(OfDraft):
    """The draft as a file. 409 when it cannot be printed as things stand, 503 when this machine cannot make a PDF."""

    def get(self, request):
        try:
            proposal = propose(self.draft)
        except ReportUnavailable:
            return redirect("report_draft", self.draft.uuid)
        context = {"report": proposal.report}
        if not proposal.report.adds_up:
            return render(request, "reporting/status_report_no_pdf.html", context, status=409)
        try:
            pdf = render_pdf(proposal.report, proposal.issue)
        except PDFUnavailable:
            return render(request, "reporting/status_report_no_pdf.html", context, status=503)
        return attachment(pdf, "application/pdf", f"kladde-{self.draft.programme.slug}-{self.draft.on.isoformat()}.pdf")


class HandOver(OfDraft):
    """Where two people are needed: the one who has written it asks another coordinator to issue it."""

    http_method_names = ["post"]

    def post(self, request):
        ReportDraft.objects.filter(pk=self.draft.pk, revision=self.draft.revision).update(ready_by=request.user)
        messages.success(request, "Kladden er klar. En anden tovholder kan nu godkende og udsende den.")
        return redirect("report_draft", self.draft.uuid)


class IssueReport(OfDraft):
    http_method_names = ["post"]

    def post(self, request):
        try:
            issued = issue(
                self.draft, by=request.user, seen=request.POST.get("set", ""), ticked="forbehold" in request.POST
            )
        except (NotIssued, ReportUnavailable) as error:
            return self.show(refused=error.messages[0] if isinstance(error, NotIssued) else str(error), status=409)
        except PDFUnavailable:
            return self.show(refused="Rapporten er ikke udsendt: denne maskine kan ikke lave PDF.", status=503)
        to = " og ".join({"committee": "skoleudvalget", "follow_group": "følgegruppen"}[who] for who in sent_to(issued))
        messages.success(request, f"Rapport {issued.name} er udsendt til {to}.")
        return redirect(issued)


class DiscardDraft(OfDraft):
    http_method_names = ["post"]

    def post(self, request):
        self.draft.delete()
        messages.success(request, "Kladden er kasseret.")
        return redirect("reports")


def attachment(content, content_type, name):
    """A file to be saved under the name."""
    return HttpResponse(
        content, content_type=content_type, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )
