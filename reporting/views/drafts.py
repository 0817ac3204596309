"""A report being written: its texts, what it would say now, and the moment it is issued."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.generic import View

from reporting.forms import DraftForm, ReportDayForm
from reporting.issue import HEADINGS, sent_to
from reporting.issuing import GONE, NotIssued, issue, propose, report_page
from reporting.models import IssuedReport, ReportDraft
from reporting.pdf import PDFUnavailable
from reporting.status_report import ReportUnavailable
from web.danish import listed
from web.dates import long_date, today
from web.views import ProgrammePermissionMixin

from .reports import pdf_of


class BeginReport(ProgrammePermissionMixin, View):
    """A new draft as of the posted `pr`; its texts are last time's."""

    permission_required = "reporting.draft_report"
    http_method_names = ["post"]

    def post(self, request):
        form = ReportDayForm(request.POST, programme=request.programme)
        if not form.day:
            return render(request, "reporting/draft_report.html", {"form": form}, status=400)
        last = (
            IssuedReport.objects.filter(programme=request.programme)
            .standing()
            .newest_first()
            .without_files()
        )
        texts = dict(last.first().texts) if last else {}
        draft = ReportDraft.objects.create(
            programme=request.programme, on=form.day, written_by=request.user, **texts
        )
        return redirect("edit_report_draft", draft.uuid)


class ReportDraftMixin(ProgrammePermissionMixin, View):
    """A page about one draft; anyone else's is a 404."""

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
            return self.gone()
        raise Http404

    def gone(self):
        """The answer to a form about a draft that somebody has issued or thrown away in the meantime."""
        messages.warning(self.request, GONE)
        return redirect("reports")

    def show(self, refused=None, status=200):
        """The draft with its checks beside it; `refused` is the sentence why it was not issued."""
        context = {"draft": self.draft, "refused": refused}
        try:
            proposal = propose(self.draft)
        except ReportUnavailable as error:
            return render(
                self.request,
                "reporting/report_draft.html",
                context | {"unavailable": error},
                status=status,
            )
        context |= {
            "proposal": proposal,
            "page": report_page(proposal.report, proposal.issue),
            "needs_another": self.needs_another(),
        }
        return render(self.request, "reporting/report_draft.html", context, status=status)

    def needs_another(self):
        """Whether somebody else than the user must issue it."""
        is_writer = self.request.user == self.draft.written_by
        return self.draft.programme.two_to_issue and (self.draft.ready_by is None or is_writer)


class ShowDraft(ReportDraftMixin):
    def get(self, request):
        return self.show()


class EditDraft(ReportDraftMixin):
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
        theirs = (
            ReportDraft.objects.select_related("programme", "written_by", "corrects")
            .filter(pk=self.draft.pk)
            .first()
        )
        if theirs is None:
            return self.gone()
        data = self.request.POST.copy()
        data["revision"] = theirs.revision
        told = differences(theirs, data)
        form = DraftForm(data, instance=theirs)
        form.full_clean()
        return self.form_page(form, status=409, theirs=theirs, their_texts=told)

    def gone(self):
        """What was typed becomes a draft of its own, so that nothing is lost."""
        programme = self.request.programme
        self.draft = ReportDraft(programme=programme, on=today(), written_by=self.request.user)
        form = DraftForm(self.request.POST, instance=self.draft)
        if not form.is_valid():
            return self.form_page(form, status=422)
        form.save()
        messages.info(self.request, f"{GONE} Din tekst er gemt som en ny kladde.")
        return redirect("report_draft", self.draft.uuid)

    def form_page(self, form, status=200, **more):
        return render(
            self.request,
            "reporting/edit_report_draft.html",
            {"form": form, "draft": self.draft} | more,
            status=status,
        )


def differences(stored, data):
    """[(heading, what is stored)] of all in the stored draft that the posted `data` would change."""
    told = []
    if not stored.corrects_id:
        told += [
            ("Dag", long_date(stored.on), stored.on.isoformat() != data.get("on")),
            ("Udgave", stored.get_edition_display(), stored.edition != data.get("edition")),
            ("Til", words_of(sent_to(stored)), set(sent_to(stored)) != set(data.getlist("to"))),
        ]
    else:
        told.append(("Hvad rettes", stored.change, stored.change != data.get("change", "").strip()))
    for key, heading in HEADINGS.items():
        text = getattr(stored, key)
        told.append((heading, text, text.split() != data.get(key, "").split()))
    return [(heading, text or "(tom)") for heading, text, is_other in told if is_other]


def words_of(receivers):
    """'skoleudvalget og følgegruppen'"""
    return listed(
        [{"committee": "skoleudvalget", "follow_group": "følgegruppen"}[who] for who in receivers]
    )


class DraftPDF(ReportDraftMixin):
    """The draft as a file. 409 when it cannot be printed as things stand, 503 when this machine cannot make a PDF."""

    def get(self, request):
        try:
            proposal = propose(self.draft)
        except ReportUnavailable:
            return redirect("report_draft", self.draft.uuid)
        name = f"kladde-{self.draft.programme.slug}-{self.draft.on.isoformat()}.pdf"
        return pdf_of(request, proposal.report, name, proposal.issue)


class HandOver(ReportDraftMixin):
    """Where two people are needed: the one who has written it asks another coordinator to issue it."""

    http_method_names = ["post"]

    def post(self, request):
        same = ReportDraft.objects.filter(pk=self.draft.pk, revision=self.draft.revision)
        if same.update(ready_by=request.user):
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
                seen=request.POST.get("set", ""),
                ticked="forbehold" in request.POST,
            )
        except (NotIssued, ReportUnavailable) as error:
            if not ReportDraft.objects.filter(pk=self.draft.pk).exists():
                return self.gone()
            return self.show(
                refused=error.messages[0] if isinstance(error, NotIssued) else str(error),
                status=409,
            )
        except PDFUnavailable:
            return self.show(
                refused="Rapporten er ikke udsendt: denne maskine kan ikke lave PDF.", status=503
            )
        messages.success(
            request, f"Rapport {issued.name} er udsendt til {words_of(sent_to(issued))}."
        )
        return redirect(issued)


class DiscardDraft(ReportDraftMixin):
    http_method_names = ["post"]

    def post(self, request):
        self.draft.delete()
        messages.success(request, "Kladden er kasseret.")
        return redirect("reports")
