from django.shortcuts import get_object_or_404
from django.urls import reverse

from reporting.forms import WithdrawalForm
from reporting.models import ReportWithdrawal, SingleIssuerProposal
from reporting.params import NO, YES
from web.views import ActionView, RecordView, is_yes

from .issued_reports import IssuedReportMixin


class ProposeWithdrawal(IssuedReportMixin, RecordView):
    permission_required = "reporting.draft_report"
    form_class = WithdrawalForm
    template_name = "reporting/propose_withdrawal.html"
    success_message = "Forslaget er gemt. Rapporten er trukket tilbage, når en anden har sagt ja."

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"report": self.report}

    def get_context_data(self, **kwargs):
        return super().get_context_data(issued=self.report, **kwargs)


class AnswerView(ActionView):
    permission_required = "reporting.answer_proposals"
    model = None
    confirmed, dropped = "", "Forslaget er taget tilbage."

    def load(self):
        proposals = self.model.objects.visible_to(self.request.user)
        self.proposal = get_object_or_404(proposals, uuid=self.kwargs["uuid"])

    def act(self):
        user = self.request.user
        if is_yes(self.request.POST, YES, NO, "Vælg ja eller nej."):
            self.proposal.confirm(by=user)
            return self.confirmed
        self.proposal.drop(by=user)
        return self.dropped

    def get_programme(self):
        return self.proposal.programme

    def get_success_url(self):
        return reverse("proposals")


class AnswerWithdrawal(AnswerView):
    model = ReportWithdrawal
    confirmed = "Rapporten er trukket tilbage. Udvalg og følgegruppe kan ikke læse den længere."

    def get_programme(self):
        return self.proposal.report.programme


class AnswerSingleIssuer(AnswerView):
    model = SingleIssuerProposal
    confirmed = "Rapporter udsendes nu af én tovholder."
