from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.views.generic import TemplateView, View

from cases.models import Role
from cases.models.second_person import second_people
from reporting.forms import BeginReportForm, DraftForm, IssueForm
from reporting.issue import FILE_ENDING, HEADINGS, sent_to
from reporting.issuing import GONE, propose, report_page
from reporting.models import IssuedReport, ReportDraft
from reporting.page_sentences import awaits
from reporting.receivers import receiver_names
from reporting.status_report import ReportUnavailable
from web.dates import long_date, today
from web.views import ActionView, ProgrammePermissionMixin, RecordView

from .reports import pdf_response


class BeginReport(RecordView):
    """Begins with the texts of the newest issued report."""

    permission_required = "reporting.draft_report"
    template_name = "reporting/report_day.html"

    def get(self, request):
        return redirect("reports")

    def get_form(self):
        return BeginReportForm(self.request.POST, programme=self.get_programme())

    def record(self, form):
        programme = self.get_programme()
        reports = IssuedReport.objects.filter(programme=programme).standing()
        newest = reports.not_withdrawn().newest_first().without_files().first()
        texts = dict(newest.texts) if newest else {}
        self.draft = ReportDraft.objects.create(
            programme=programme, on=form.chosen_day, written_by=self.request.user, **texts
        )

    def add_messages(self, form, rows):
        """None: the draft itself is the next page."""

    def get_success_url(self):
        return reverse("edit_report_draft", args=[self.draft.uuid])


class ReportDraftMixin(ProgrammePermissionMixin):
    """Set `self.draft` from the URL; None after a POST about one that is gone."""

    permission_required = "reporting.draft_report"

    def load(self):
        request = self.request
        drafts = ReportDraft.objects.visible_to(request.user).select_related(
            "programme", "written_by", "ready_by", "corrects"
        )
        self.draft = drafts.filter(uuid=self.kwargs["uuid"]).first()
        may_write = request.user.has_perm(self.permission_required, request.programme)
        if self.draft is None and not (request.method == "POST" and may_write):
            raise Http404

    def get_programme(self):
        return self.draft.programme if self.draft else self.request.programme

    def get_success_url(self):
        return reverse("report_draft", args=[self.draft.uuid])


class DraftPageMixin(ReportDraftMixin):
    template_name = "reporting/report_draft.html"

    def get_template_names(self):
        if self.unavailable:
            return ["reporting/report_draft_unavailable.html"]
        return [self.template_name]

    def get_context_data(self, **kwargs):
        self.unavailable, context = None, {"refused": None}
        try:
            proposal = propose(self.draft)
        except ReportUnavailable as error:
            self.unavailable = context["unavailable"] = error
        else:
            context |= {
                "proposal": proposal,
                "page": report_page(proposal.report, proposal.issue),
                "needs_another": self.needs_another(),
            }
            if self.draft.ready_by:
                context["awaits"] = self.awaits()
        return super().get_context_data(draft=self.draft, **context | kwargs)

    def needs_another(self):
        is_second = self.draft.may_be_issued_by(self.request.user)
        return self.draft.programme.two_to_issue and not is_second

    def awaits(self):
        keys = self.draft.author_keys
        others = second_people(self.draft.programme, Role.COORDINATOR, but=keys)
        return awaits(self.draft.authors.order_by("name"), others.exists())


class ShowDraft(DraftPageMixin, TemplateView):
    pass


class DraftPDF(ReportDraftMixin, View):
    is_file = True

    def get(self, request, uuid):
        try:
            proposal = propose(self.draft)
        except ReportUnavailable:
            return redirect("report_draft", self.draft.uuid)
        day, ending = self.draft.on.isoformat(), FILE_ENDING[self.draft.edition]
        name = f"kladde-{self.draft.programme.slug}-{day}-{ending}.pdf"
        return pdf_response(request, proposal.report, name, proposal.issue)


class WriteDraftMixin(ReportDraftMixin):
    def post(self, request, *args, **kwargs):
        if self.draft is None:
            return self.draft_is_gone()
        return super().post(request, *args, **kwargs)

    def draft_is_gone(self):
        messages.warning(self.request, GONE)
        return redirect("reports")


class EditDraft(WriteDraftMixin, RecordView):
    """A 409 with both versions if someone else saved first."""

    template_name = "reporting/edit_report_draft.html"
    form_class = DraftForm
    success_message = "Kladden er gemt."

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"instance": self.draft}

    def not_saved(self, form):
        typed = self.request.POST.copy()
        drafts = ReportDraft.objects.select_related("programme", "written_by", "corrects")
        self.draft = drafts.filter(pk=self.draft.pk).first()
        if self.draft is None:
            return self.draft_is_gone()
        typed["revision"] = self.draft.revision
        their_texts = changed_fields(self.draft, typed)  # before the form changes the draft
        form = DraftForm(typed, instance=self.draft)
        form.full_clean()
        context = self.get_context_data(form=form, theirs=self.draft, their_texts=their_texts)
        return self.render_to_response(context, status=409)

    def draft_is_gone(self):
        """Save what was typed as a new draft, so that nothing is lost."""
        programme = self.get_programme()
        self.draft = ReportDraft(programme=programme, on=today(), written_by=self.request.user)
        form = DraftForm(self.request.POST, instance=self.draft)
        if not form.is_valid():
            return self.form_invalid(form)
        form.save()
        messages.info(self.request, f"{GONE} Din tekst er gemt som en ny kladde.")
        return redirect("report_draft", self.draft.uuid)

    def get_context_data(self, **kwargs):
        return super().get_context_data(draft=self.draft, **kwargs)


def changed_fields(stored, data):
    """[(heading, stored value)]"""
    fields = []  # (heading, stored value, is it changed?)
    if stored.corrects_id:
        is_changed = stored.change != data.get("change", "").strip()
        fields.append(("Hvad rettes", stored.change, is_changed))
        withdraws = "ja" if stored.withdraws else "nej"
        is_changed = stored.withdraws != ("withdraws" in data)
        fields.append(("Den forrige udgave skal ikke kunne læses længere", withdraws, is_changed))
        reason = stored.withdrawal_reason
        is_changed = reason != data.get("withdrawal_reason", "").strip()
        fields.append(("Hvorfor ikke", reason, is_changed))
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


class HandOver(WriteDraftMixin, ActionView):
    def act(self):
        unchanged = ReportDraft.objects.filter(pk=self.draft.pk, revision=self.draft.revision)
        if not unchanged.update(ready_by=self.request.user):
            raise ValidationError("Kladden er ændret imens. Se den igennem igen.")
        return "Kladden er klar. En anden tovholder kan nu godkende og udsende den."


class IssueReport(WriteDraftMixin, DraftPageMixin, RecordView):
    """As it was reviewed; shown again with the reason if that is refused."""

    def get(self, request, uuid):
        return redirect("report_draft", uuid)

    def get_form(self):
        request = self.request
        return IssueForm(request.POST, draft=self.draft, drawing=request.work_done)

    def not_saved(self, form):
        if not ReportDraft.objects.filter(pk=self.draft.pk).exists():
            return self.draft_is_gone()
        context = self.get_context_data(refused=form.warnings[0].sentence)
        return self.render_to_response(context, status=409)

    def record(self, form):
        self.issued = form.record(self.request.user)

    def get_success_message(self, form):
        return f"Rapport {self.issued.name} er udsendt til {receiver_names(sent_to(self.issued))}."

    def get_success_url(self):
        return self.issued.get_absolute_url()


class DiscardDraft(WriteDraftMixin, ActionView):
    def act(self):
        self.draft.delete()
        return "Kladden er kasseret."

    def get_success_url(self):
        return reverse("reports")
