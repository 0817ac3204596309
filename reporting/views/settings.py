"""Settings of the programme about issuing reports; they are shown on the page Indsatsen."""

from cases.views.programme import Switch


class SetTwoToIssue(Switch):
    """Whether somebody other than its author must issue a report."""

    field = "two_to_issue"
    sentences = {
        True: "Rapporter udsendes nu af to tovholdere.",
        False: "Rapporter udsendes nu af én tovholder.",
    }
