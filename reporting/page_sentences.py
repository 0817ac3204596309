from django.utils.html import format_html
from django.utils.timezone import localtime

from web.danish import listed
from web.dates import day_and_month, long_date
from web.tables import link


def draft_name(draft):
    if draft.corrects:
        return f"Rettelse af rapport {draft.corrects.name}"
    return f"Statusrapport pr. {long_date(draft.on)}"


def draft_details(draft):
    written_on = day_and_month(localtime(draft.written_at))
    edition = draft.get_edition_display().capitalize()
    ready = ", klar til en anden tovholder" if draft.ready_by_id else ""
    return f"{edition}, skrevet af {draft.written_by} {written_on}{ready}"


def not_issued_heading(draft):
    name = f"Rettelse af {draft.corrects.name}" if draft.corrects else "Kladde"
    return f"{name}, ikke udsendt"


def edit_heading(draft):
    return f"Ret rapport {draft.corrects.name}" if draft.corrects else "Skriv statusrapport"


def edit_link(draft):
    return "Ret tekster" if draft.corrects else "Ret dag og tekster"


def issue_button(draft):
    return "Godkend og udsend" if draft.ready_by else "Udsend rapporten"


def issued_details(issued):
    issued_on = long_date(localtime(issued.issued_at))
    return f"{issued.name}, udsendt {issued_on}, {issued.get_edition_display()}"


def correction(issued):
    if not issued.corrects or issued.withdrawal:
        return ""
    return format_html(
        "<br>Version {} retter: {} {}", issued.version, issued.change, link_to_corrected(issued)
    )


def replaces(correction):
    """If that is withdrawn too, what it corrects is not said."""
    sentence = f"Denne version er erstattet af version {correction.version}"
    return sentence if correction.withdrawal else f"{sentence}, som retter: {correction.change}"


def link_to_corrected(issued):
    if not issued.corrects:
        return ""
    word = "Om" if issued.corrects.withdrawal else "Læs"
    return link(
        f"{word} version {issued.corrects.version}", issued.corrects.get_absolute_url()
    ).face


def withdrawn(withdrawal):
    answered_at = localtime(withdrawal.answered_at)
    return f"Trukket tilbage {long_date(answered_at)} kl. {answered_at:%H.%M}: {withdrawal.reason}"


def withdrawn_by(withdrawal):
    proposer, second = withdrawal.recorded_by, withdrawal.answered_by
    if not withdrawal.correction_id:
        return f"Foreslået af {proposer}, bekræftet af {second}."
    return f"Sammen med version {withdrawal.correction.version}, udsendt af {second}."


def withdrawal_of(proposal):
    report = proposal.report
    edition = report.get_edition_display()
    return f"Træk rapport {report.name} pr. {long_date(report.on)}, {edition}, tilbage"


def definition_of(proposal):
    """'Mål fra 1. marts 2019: 30 af 40. Tæller Uddannelse og Arbejde.'"""
    kind = proposal._meta.verbose_name.capitalize()
    return f"{kind} fra {long_date(proposal.effective_on)}: {proposal.words}"


def proposed(proposal):
    return f"Foreslået af {proposal.recorded_by} {day_and_month(localtime(proposal.recorded_at))}"


def who_can_say_yes(users):
    if users:
        *most, last = map(str, users)
        names = f"{', '.join(most)} eller {last}" if most else last
        return f"{names} kan sige ja under Konto, Godkendelser."
    return (
        "Der er ingen anden tovholder og ingen administrator i indsatsen, som kan sige ja. Den, "
        "der driver serveren, kan give en kollega rollen."
    )


def awaits(authors, others):
    """`others`: coordinators who did not write in the draft."""
    if others:
        return f"Afventer en anden tovholder end {listed([str(author) for author in authors])}."
    return (
        "Alle tovholdere i indsatsen har skrevet i kladden, så ingen af dem kan udsende den. "
        "Administratoren kan give en til rollen, eller én af jer kan skrive den i en ny kladde, "
        "som en anden så udsender."
    )


def decision_text(decision):
    return f"{decision.text}\n\nFraværende: {decision.absent}" if decision.absent else decision.text


def decision_heading(decision, issued):
    about = ""
    if decision.report_id != issued.pk:
        about = f" (om version {decision.report.version})"
    return f"Beslutning {long_date(decision.decided_on)}{about}"


def recorded(decision):
    return f"Skrevet af {decision.recorded_by} {long_date(localtime(decision.recorded_at))}"


def since_issued(then, now, differences):
    """Say what is not in the table of differences."""
    sentences = [] if now.goal.statuses == then.goal.statuses else [new_goal(now)]
    return sentences if differences else [*sentences, "Ingen tal er ændret."]


def new_goal(report):
    statuses = ", ".join(status.label for status in report.goal.statuses)
    return f"Målet er defineret anderledes nu. Det tæller unge med status {statuses}."
