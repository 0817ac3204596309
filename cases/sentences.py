from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.text import capfirst
from django.utils.timezone import localdate

from cases.models import Mentee
from cases.weekly_contact import MARK_OF
from web.danish import listed
from web.dates import day_and_month, days_ago, long_date, weekday_and_month
from web.tables import link

NO_LETTER = mark_safe('<span class="late">mangler</span>')


def stopped(mentor):
    return f"{mentor} er stoppet"


def profile_summary(age, area, mentor, has_stopped=False):
    """`area` and `mentor` may be None."""
    mentor = f"mentor {stopped(mentor) if has_stopped else mentor}" if mentor else "ingen mentor"
    return f"{age} år · {area or 'uden for områderne'} · {mentor}"


def status_since(status, since):
    return f"{status.label}, siden {day_and_month(since)}"


def last_met_text(day, on):
    """`day` None: never."""
    if day is None:
        return "Endnu ikke mødt"
    return f"Sidst mødt {'for ' if (on - day).days > 1 else ''}{days_ago(day, on)}"


def own_goal_source(mentee):
    said_on = f", {long_date(mentee.own_goal_on)}" if mentee.own_goal_on else ""
    return f"{mentee.given_name}s egne ord{said_on}"


def about(mentee, is_brief=False):
    """[(label, value)] without what is not recorded; a value may be HTML.

    `is_brief`: for a substitute, without why and by whom the mentee came.
    """
    phone, email = mentee.phone, mentee.email
    criteria = [label for name, label in Mentee.CRITERIA if getattr(mentee, name)]
    informed_on = mentee.informed_on
    rows = [
        ("Født", long_date(mentee.born_on)),
        ("Telefon", phone and link(phone, f"tel:{phone}").face),
        ("E-mail", email and link(email, f"mailto:{email}").face),
        ("Indskrevet", long_date(mentee.enrolled_on)),
        ("Henvist af", "" if is_brief else mentee.referred_by),
        ("Hvorfor med", "" if is_brief else ", ".join(criteria)),
        ("Brev om oplysninger", f"givet {long_date(informed_on)}" if informed_on else NO_LETTER),
    ]
    return [(label, value) for label, value in rows if value]


def agreement_state(agreement, on):
    due = weekday_and_month(agreement.due_on)
    if agreement.due_on >= on:
        return f"{agreement.who} · senest {due} · åben"
    if agreement.is_start:
        return f"Dagen var {due}. Er {agreement.mentee.given_name} begyndt?"
    return f"{agreement.who} · skulle være sket {due}"


def role_held(membership):
    """The value is HTML."""
    role, value = capfirst(membership.get_role_display()), membership.programme.name
    if membership.last_on:
        last = long_date(membership.last_on)
        value = format_html('{} <span class="muted">til og med {}</span>', value, last)
    return role, value


def substituting_until(substitution, readable_from):
    until = f"Du er vikar for {substitution.mentor} til og med {long_date(substitution.ends_on)}."
    if readable_from is None:
        return until
    return f"{until} Du kan læse historien fra {long_date(readable_from)}."


def substitution_period(substitution):
    first, last = day_and_month(substitution.starts_on), long_date(substitution.ends_on)
    return f"{substitution}, {first} til {last}"


def already_enrolled(mentee):
    return (
        f"{mentee.name}, født {long_date(mentee.born_on)}, er allerede indskrevet "
        f"{long_date(mentee.enrolled_on)}. Er det en anden ung, så gem igen."
    )


def field_change(change, is_struck=False):
    nothing = "slettet" if is_struck else "ingenting"
    before, after = change.before or nothing, change.after or nothing
    return f"{change.label.capitalize()}: {before} → {after}"


def transfer(transfer, mentee):
    """('Flyttet til Ny indsats 1. januar 2027', URL of the other row), or 'Kom fra ...'."""
    day = long_date(transfer.entered.enrolled_on)
    if transfer.mentee == mentee:
        other, words = transfer.entered, "Flyttet til"
    else:
        other, words = transfer.mentee, "Kom fra"
    return f"{words} {other.programme} {day}", other.get_absolute_url()


WHAT_IS_STRUCK = {
    "meeting": "noten, stedet og emnerne, hvor mødet er trukket tilbage eller rettet,",
    "status": "uddybningen",
    "agreement": "aftalens tekst",
    "details": "det, der stod før rettelsen",
}


def what_is_struck(kind, row):
    name = row.label.capitalize() if kind == "details" else row
    return f"{name}: {WHAT_IS_STRUCK[kind]} bliver slettet for altid"


def struck(strike):
    asked_by, reason = strike.recorded_by, f"“{strike.reason}”"
    if strike.agreed_at:
        day = long_date(localdate(strike.agreed_at))
        return f"Teksten er slettet {day} af {asked_by} og {strike.agreed_by}: {reason}"
    day = long_date(localdate(strike.recorded_at))
    return f"{asked_by} har {day} bedt om, at teksten bliver slettet: {reason}"


def who_and_when(row):
    return f"{row.recorded_by}, {long_date(localdate(row.recorded_at))}"


SAVED_FROM_HERE = (
    "Der er allerede gemt et møde herfra. Det står her, og det, du har skrevet nu, er ikke gemt. "
    "Er det endnu et møde, så gem igen."
)


NOT_ENROLLED_YET = (
    "En anden, der var med til mødet, var ikke indskrevet den dag. Vælg en senere dag, eller "
    "spørg tovholderen."
)


def another_that_day(mentee):
    return (
        f"Du har allerede logget et møde med {mentee.given_name} den dag. Det står her. "
        "Er det endnu et møde, så gem igen."
    )


def changed_meanwhile(stored):
    """Somebody corrected or withdrew the meeting; `stored` is its newest version."""
    if stored.withdrawn_at:
        return (
            f"{stored.withdrawn_by} har trukket mødet tilbage imens: “{stored.withdrawn_reason}”. "
            "Din tekst står i felterne og er ikke gemt."
        )
    return (
        f"{stored.recorded_by} har rettet mødet imens. Rettelsen står her. Din tekst står i "
        "felterne og er ikke gemt endnu. Gem igen, hvis det er din, der skal gælde."
    )


def contact_details_in_note(mentee, contact_details):
    return (
        f"Noten om {mentee.given_name} ser ud til at indeholde et nummer eller en mailadresse: "
        f"{listed(contact_details)}. Er det en andens, så fjern det. "
        "Er det den unges eget, så gem igen."
    )


def one_more_today(mentee, outcome):
    return f"Du har allerede logget et møde med {mentee.name} i dag. Er “{outcome.label}” endnu et?"


def outcome_today(mentee, outcome):
    return f"Gemt: {mentee.name}, {MARK_OF[outcome].word} i dag."
