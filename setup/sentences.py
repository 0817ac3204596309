from itertools import pairwise

from django.utils.timezone import localtime

from cases.models import Status
from web.danish import listed
from web.dates import long_date, today


def otherwise(report):
    """'Rapport 2019-1 pr. 1. marts 2019 siger 10 af mål 30. Det nye ville have sagt 12 af 30.'"""
    issued = report.issued
    printed = issued.report.goal
    then = "intet tal" if printed.count is None else printed.count
    return (
        f"Rapport {issued.name} pr. {long_date(issued.on)} siger {then}, mål {printed.goal} af "
        f"{printed.target}; med det nye {report.count}, mål {report.goal} af {report.target}."
    )


def of_the_past(reports):
    """Asked before something is decided about days gone by. `reports`: [Otherwise]."""
    about = " ".join(map(otherwise, reports)) or "Ingen udsendt rapport ville have sagt andet."
    return (
        f"Det gælder også dage, der er gået. {about} Udsendte rapporter bliver, som de er. "
        "En anden skal sige ja, før det gælder."
    )


def period(row):
    """'Fra 1. december 2026'"""
    return f"Fra {long_date(row.effective_on)}"


def source(row):
    """'Skoleudvalget 3.4.2019 · skrevet af Torben Kjær 28. november 2026 · ...'"""
    parts = [row.decided_by, row.note]
    if row.recorded_by_id:
        written_on = long_date(localtime(row.recorded_at))
        parts.append(f"skrevet af {row.recorded_by} {written_on}")
    else:
        parts.append("fra indsatsens begyndelse")
    if row.takes_two:
        parts.append(f"bekræftet af {row.answered_by}" if row.answered_by_id else "venter på et ja")
    if row.withdrawn_at:
        parts.append(f"trukket tilbage af {row.withdrawn_by}: {row.withdrawn_reason}")
    return " · ".join(filter(None, parts))


def saved(row):
    if row.is_waiting:
        return "Forslaget er gemt. Det gælder, når en anden har sagt ja under Godkendelser."
    when = "fra i dag" if row.effective_on == today() else f"fra {long_date(row.effective_on)}"
    return f"Gemt. Det gælder {when}."


def usual_ways(counts):
    """[(number, statuses)] of the three usual ways to count. `counts`: {Status: number}."""
    education_work = [Status.EDUCATION, Status.WORK]
    ways = (
        education_work,
        [*education_work, Status.COMPLETED],
        [*education_work, Status.COMPLETED, Status.SCHOOL],
    )
    return [
        (sum(counts[status] for status in way), listed([status.label for status in way]))
        for way in ways
    ]


def area_history(area):
    """[('Hed Søparken før 1. december 2026', who and when)], the latest first."""
    spells = area.spells.select_related("recorded_by")
    changes = pairwise([*spells, area])
    return [(before_that(spell, later), recorded(spell)) for spell, later in changes][::-1]


def before_that(spell, later):
    """What changed when the spell ended and `later`, a spell or the area, began."""
    day = long_date(spell.until)
    if spell.name != later.name:
        return f"Hed {spell.name} før {day}"
    return f"{'Taget i brug' if later.in_use else 'Taget ud af brug'} {day}"


def recorded(row):
    """'skrevet af Torben Kjær 28. november 2026'"""
    return f"skrevet af {row.recorded_by} {long_date(localtime(row.recorded_at))}"
