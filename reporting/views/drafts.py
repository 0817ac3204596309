"""Report drafts: write, preview, hand over, issue, discard."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.generic import View

from reporting.forms import DraftForm, ReportDayForm
from reporting.issue import HEADINGS, sent_to
from reporting.issuing import GONE, NotIssued, issue, propose, report_page
from reporting.models import IssuedReport, ReportDraft
from reporting.params import ACCEPTED, FINGERPRINT
from reporting.pdf import PDFUnavailable
from reporting.receivers import receiver_names
from reporting.status_report import ReportUnavailable
from web.dates import long_date, today
from web.views import ProgrammePermissionMixin

from .reports import pdf_response


class BeginReport(ProgrammePermissionMixin, View):
    """Create a draft with the texts of the newest issued report."""

    permission_required = "reporting.draft_report"
    http_method_names = ["post"]

    def post(self, request):
        form = ReportDayForm(request.POST, programme=request.programme)
        if not form.chosen_day:
            return render(request, "reporting/report_day.html", {"form": form}, status=400)
        reports = IssuedReport.objects.filter(programme=request.programme).standing()
        newest = reports.newest_first().without_files().first()
        texts = dict(newest.texts) if newest else {}
        draft = ReportDraft.objects.create(
            programme=request.programme, on=form.chosen_day, written_by=request.user, **texts
        )
        return redirect("edit_report_draft", draft.uuid)


class ReportDraftMixin(ProgrammePermissionMixin, View):
    """A page about one draft; a 404 if it is gone, or a redirect with a warning after a POST."""

    permission_required = "reporting.draft_report"

    def dispatch(self, request, *args, **kwargs):
        drafts = ReportDraft.objects.visible_to(request.user).select_related(
            "programme", "written_by", "ready_by", "corrects"
        )
        self.draft = drafts.filter(uuid=kwargs.pop("uuid")).first()
        if self.draft:
            request.programme = self.draft.programme
            return super().dispatch(request, *args, **kwargs)
        if request.method == "POST" and self.has_permission():
            return self.draft_is_gone()
        raise Http404

    def draft_is_gone(self):
        messages.warning(self.request, GONE)
        return redirect("reports")

    def draft_page(self, refused=None, status=200):
        """Return the draft's page. refused: why it was not issued."""
        try:
            proposal = propose(self.draft)
        except ReportUnavailable as error:
            template = "reporting/report_draft_unavailable.html"
            context = {"unavailable": error}
        else:
            template = "reporting/report_draft.html"
            context = {
                "refused": refused,
                "proposal": proposal,
                "page": report_page(proposal.report, proposal.issue),
                "needs_another": self.needs_another(),
            }
        return render(self.request, template, {"draft": self.draft} | context, status=status)

    def needs_another(self):
        """Return whether somebody else must issue the draft."""
        is_writer = self.request.user == self.draft.written_by
        return self.draft.programme.two_to_issue and (self.draft.ready_by is None or is_writer)


class ShowDraft(ReportDraftMixin):
    def get(self, request):
        return self.draft_page()


class EditDraft(ReportDraftMixin):
    """Change day, edition and texts; a 409 with both versions if someone else saved first."""

    def get(self, request):
        return self.form_page(DraftForm(instance=self.draft))

    def post(self, request):
        form = DraftForm(request.POST, instance=self.draft)
        if not form.is_valid():
            return self.form_page(form, status=422)
        draft = form.save(commit=False)
        draft.revision = form.cleaned_data["revision"]
        if draft.save_revision(by=request.user):
            messages.success(request, "Kladden er gemt.")
            return redirect("report_draft", draft.uuid)
        return self.conflict_page()

    def conflict_page(self):
        theirs = (
            ReportDraft.objects.select_related("programme", "written_by", "corrects")
            .filter(pk=self.draft.pk)
            .first()
        )
        if theirs is None:
            return self.draft_is_gone()
        data = self.request.POST.copy()
        data["revision"] = theirs.revision
        their_texts = changed_fields(theirs, data)  # before the form changes `theirs`
        form = DraftForm(data, instance=theirs)
        form.full_clean()
        return self.form_page(form, status=409, theirs=theirs, their_texts=their_texts)

    def draft_is_gone(self):
        """Save what was typed as a new draft, so that nothing is lost."""
        programme = self.request.programme
        self.draft = ReportDraft(programme=programme, on=today(), written_by=self.request.user)
        form = DraftForm(self.request.POST, instance=self.draft)
        if not form.is_valid():
            return self.form_page(form, status=422)
        form.save()
        messages.info(self.request, f"{GONE} Din tekst er gemt som en ny kladde.")
        return redirect("report_draft", self.draft.uuid)

    def form_page(self, form, status=200, **context):
        return render(
            self.request,
            "reporting/edit_report_draft.html",
            {"form": form, "draft": self.draft} | context,
            status=status,
        )


def changed_fields(stored, data):
    """Return [(heading, stored value)] of what the posted data would change."""
    fields = []  # (heading, stored value, is it changed?)
    if stored.corrects_id:
        is_changed = stored.change != data.get("change", "").strip()
        fields.append(("Hvad rettes", stored.change, is_changed))
    else:
        to = sent_to(stored)
        fields += [
            ("Dag", long_date(stored.on), stored.on.isoformat() != data.get("on")),
            ("Udgave", stored.get_edition_display(), stored.edition != data.get("edition")),
            ("Til", receiver_names(to), set(to) != set(data.getlist("to"))),
        ]
    for key, heading in HEADINGS.items():
        text = getattr(stored, key)
        fields.append((heading, text, text.split() != data.get(key, "").split()))
    return [(heading, text or "(tom)") for heading, text, is_changed in fields if is_changed]


class DraftPDF(ReportDraftMixin):
    def get(self, request):
        try:
            proposal = propose(self.draft)
        except ReportUnavailable:
            return redirect("report_draft", self.draft.uuid)
        name = f"kladde-{self.draft.programme.slug}-{self.draft.on.isoformat()}.pdf"
        return pdf_response(request, proposal.report, name, proposal.issue)


class HandOver(ReportDraftMixin):
    """Mark the draft as ready for another coordinator to issue."""

    http_method_names = ["post"]

    def post(self, request):
        unchanged = ReportDraft.objects.filter(pk=self.draft.pk, revision=self.draft.revision)
        if unchanged.update(ready_by=request.user):
            messages.success(
                request, "Kladden er klar. En anden tovholder kan nu godkende og udsende den."
            )
        else:
            messages.warning(request, "Kladden er ændret imens. Se den igennem igen.")
        return redirect("report_draft", self.draft.uuid)


class IssueReport(ReportDraftMixin):
    http_method_names = ["post"]

    def post(self, request):
        try:
            issued = issue(
                self.draft,
                by=request.user,
                fingerprint=request.POST.get(FINGERPRINT, ""),
                ticked=ACCEPTED in request.POST,
            )
        except (NotIssued, ReportUnavailable) as error:
            if not ReportDraft.objects.filter(pk=self.draft.pk).exists():
                return self.draft_is_gone()
            return self.draft_page(
                refused=error.messages[0] if isinstance(error, NotIssued) else str(error),
                status=409,
            )
        except PDFUnavailable:
            return self.draft_page(
                refused="Rapporten er ikke udsendt: denne maskine kan ikke lave PDF.", status=503
            )
        messages.success(
            request, f"Rapport {issued.name} er udsendt til {receiver_names(sent_to(issued))}."
        )
        return redirect(issued)


class DiscardDraft(ReportDraftMixin):
    http_method_names = ["post"]

    def post(self, request):
        self.draft.delete()
        messages.success(request, "Kladden er kasseret.")
        return redirect("reports")
