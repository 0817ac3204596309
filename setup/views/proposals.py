"""What somebody has proposed and another must confirm, of all apps."""

from django.views.generic import TemplateView

from cases.models import Expectation, GoalDefinition
from reporting.models import ReportWithdrawal, SingleIssuerProposal
from setup.models import FactorReset
from web.views import ProgrammePermissionMixin

DEFINITIONS = (GoalDefinition, "answer_goal"), (Expectation, "answer_expectation")


class Proposals(ProgrammePermissionMixin, TemplateView):
    """An administrator sees no figure and no text of a report."""

    permission_required = "reporting.answer_proposals"
    template_name = "setup/proposals.html"

    def get_context_data(self, **kwargs):
        user, programme = self.request.user, self.request.programme
        withdrawals = ReportWithdrawal.objects.visible_to(user).waiting()
        single_issuer = SingleIssuerProposal.objects.visible_to(user).waiting()
        resets = FactorReset.objects.visible_to(user).waiting()
        return super().get_context_data(
            withdrawals=withdrawals.filter(report__programme=programme)
            .select_related("report", "recorded_by")
            .defer("report__page", "report__pdf"),
            definitions=[
                (proposal, address)
                for model, address in DEFINITIONS
                for proposal in model.objects.waiting()
                .filter(programme=programme)
                .select_related("recorded_by")
            ],
            single_issuer=single_issuer.filter(programme=programme).select_related("recorded_by"),
            factor_resets=resets.filter(programme=programme).select_related("recorded_by", "user"),
            **kwargs,
        )
