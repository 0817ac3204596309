"""Settings of the programme about issuing reports; they are shown on the page Indsatsen."""

from cases.views.programme import ProgrammePage


class SetTwoToIssue(ProgrammePage):
    """Set whether somebody other than its author must issue a report."""

    def post(self, request):
        if not self.switch("two_to_issue"):
            return self.render_page(status=400)
        issuers = "to tovholdere" if request.programme.two_to_issue else "én tovholder"
        return self.redirect_with_message(f"Rapporter udsendes nu af {issuers}.")
