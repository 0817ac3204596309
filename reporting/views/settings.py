"""Settings of the programme about issuing reports; they are shown on the page Indsatsen."""

from cases.views.programme import Switch
from reporting.models import SingleIssuerProposal


class SetTwoToIssue(Switch):
    """Whether somebody else than its authors must issue a report. Off: one proposes it."""

    field = "two_to_issue"
    sentences = {
        True: "Rapporter udsendes nu af to tovholdere.",
        False: "Rapporter udsendes nu af én tovholder.",
    }

    def switch(self, value):
        programme = self.get_programme()
        if value or not programme.two_to_issue:
            return super().switch(value)
        SingleIssuerProposal.objects.propose(programme, by=self.request.user)
        return "Forslaget er gemt. Rapporter udsendes af to, til en anden har sagt ja."
