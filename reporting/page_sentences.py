"""Sentences about drafts and issued reports that are not printed in them."""

from django.utils.html import format_html
from django.utils.timezone import localtime

from web.dates import day_and_month, long_date
from web.tables import link

from .issue import Edition


def draft_name(draft):
    """'Rettelse af rapport 2019-1'"""
    if draft.corrects:
        return f"Rettelse af rapport {draft.corrects.name}"
    return f"Statusrapport pr. {long_date(draft.on)}"


def draft_details(draft):
    """'Fuld udgave, skrevet af Torben 3. april, klar til en anden tovholder'"""
    written_on = day_and_month(localtime(draft.written_at))
    edition = draft.get_edition_display().capitalize()
    ready = ", klar til en anden tovholder" if draft.ready_by_id else ""
    return f"{edition}, skrevet af {draft.written_by} {written_on}{ready}"


def not_issued_heading(draft):
    """'Rettelse af 2019-1, ikke udsendt'"""
    name = f"Rettelse af {draft.corrects.name}" if draft.corrects else "Kladde"
    return f"{name}, ikke udsendt"


def edit_heading(draft):
    return f"Ret rapport {draft.corrects.name}" if draft.corrects else "Skriv statusrapport"


def edit_link(draft):
    return "Ret tekster" if draft.corrects else "Ret dag og tekster"


def issue_button(draft):
    return "Godkend og udsend" if draft.ready_by else "Udsend rapporten"


def issued_details(issued):
    """'2019-1, udsendt 3. april 2019, åben udgave'"""
    edition = ", åben udgave" if issued.edition == Edition.OPEN else ""
    return f"{issued.name}, udsendt {long_date(localtime(issued.issued_at))}{edition}"


def correction(issued):
    """What a later version corrects, with a link to the earlier; '' for a first version."""
    if not issued.corrects:
        return ""
    return format_html(
        "<br>Version {} retter: {} {}", issued.version, issued.change, link_to_corrected(issued)
    )


def link_to_corrected(issued):
    """'Læs version 1'; '' for a first version."""
    if not issued.corrects:
        return ""
    return link(f"Læs version {issued.corrects.version}", issued.corrects.get_absolute_url()).face


def decision_text(decision):
    """The text, and below it who was absent."""
    return f"{decision.text}\n\nFraværende: {decision.absent}" if decision.absent else decision.text


def decision_heading(decision, issued):
    """'Beslutning 10. april 2019 (om version 1)'"""
    about = ""
    if decision.report_id != issued.pk:
        about = f" (om version {decision.report.version})"
    return f"Beslutning {long_date(decision.decided_on)}{about}"


def since_issued(then, now, differences):
    """[sentence] of what is not in the table of differences."""
    sentences = [] if now.goal.statuses == then.goal.statuses else [new_goal(now)]
    return sentences if differences else [*sentences, "Ingen tal er ændret."]


def new_goal(report):
    statuses = ", ".join(status.label for status in report.goal.statuses)
    return f"Målet er defineret anderledes nu. Det tæller unge med status {statuses}."
