from datetime import date

from cases.models import Membership, Programme, Role
from demo import koege_2018, living
from reporting.issue import Edition
from reporting.issuing import issue, propose
from reporting.models import Decision, IssuedReport, ReportDraft
from reporting.trend import quarter_days

# From the committee's paper of 3 April 2019.
TEXTS_2019 = {
    "recommendation": (
        "Børne- og Uddannelsesforvaltningen indstiller til Skoleudvalget\n\n"
        "1. at tage status på særlig boligsocial mentorindsats til efterretning\n"
        "2. at drøfte evt. forankringsmuligheder i forhold til den kommende ungereform."
    ),
    "assessment": (
        "Køge Byråd bevilgede i forbindelse med budget 2018 500.000 kr. årligt til den særlige "
        "boligsociale "
        "mentorindsats. Midlerne skulle muliggøre en videreførelse af de gode erfaringer fra den "
        "tidligere "
        "mentorindsats.\n\n"
        "Pr. 1. juni 2018 blev der ansat en mentor, som arbejder fremskudt i de fire "
        "boligområder: Søparken, "
        "Hastrupparken, Ellemarken og Karlemoseparken."
    ),
    "supplementary": (
        "En tværfaglig arbejdsgruppe med UUV, Ungecenteret, SSP og Boligsocial helhedsplan mødes "
        "to timer hver onsdag "
        "og arbejder målrettet med de unge i målgruppen."
    ),
    "perspectives": (
        "Boligsocial Helhedsplan Køge og UUV anbefaler, at indsatsen tænkes ind i arbejdet med "
        "den fremtidige "
        "organisering af ungeindsatsen i kommunen."
    ),
    "economy": (
        "Der er ingen økonomiske konsekvenser for Køge Kommune i forbindelse med orienteringen "
        "og drøftelsen."
    ),
}
DECISION_2019 = {
    "decided_on": date(2019, 4, 3),
    "text": "Ad. 1. Taget til efterretning.\nAd. 2. Drøftet.",
}
TEXTS = {"recommendation": "Forvaltningen indstiller, at udvalget tager status til efterretning."}


def issue_reports(today, say):
    """Issue reports of programmes that have none; `say` gets a line about each."""
    stories = (
        (koege_2018.SLUG, [date(2018, 12, 1), koege_2018.UNTIL], TEXTS_2019),
        (living.SLUG, None, TEXTS),
    )
    for slug, days, texts in stories:
        programme = Programme.objects.filter(slug=slug).first()
        if programme is None or IssuedReport.objects.filter(programme=programme).exists():
            continue
        by = Membership.objects.users(programme, Role.COORDINATOR, on=today).first()
        for day in days or quarter_days(today.replace(day=1), programme.starts_on)[-3:]:
            say(f"{slug}: {issued(programme, day, texts, by).name} issued")
    about_2019 = IssuedReport.objects.filter(
        programme__slug=koege_2018.SLUG, on=koege_2018.UNTIL, decisions=None
    )
    for report in about_2019:
        Decision.objects.create(report=report, recorded_by=report.issued_by, **DECISION_2019)


def issued(programme, day, texts, by):
    """For the committee and the følgegruppe."""
    draft = ReportDraft.objects.create(
        programme=programme,
        on=day,
        edition=Edition.FULL,
        written_by=by,
        to_follow_group=True,
        **texts,
    )
    return issue(draft, by=by, fingerprint=propose(draft).fingerprint, ticked=True)
