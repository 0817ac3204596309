from django.utils.html import format_html
from django.utils.timezone import localtime

from web.dates import long_date
from web.tables import Column, Drawn, Kind, Table, link


def quarter_table(quarters):
    columns = (
        Column("Rapport"),
        Column("Pr.", Kind.DAY),
        Column("Indskrevet", Kind.NUMBER),
        Column("I mål", Kind.NUMBER),
        Column("Ændring", Kind.CHANGE),
    )
    rows = [
        (quarter_link(quarter), quarter.on, quarter.enrolled, quarter.in_goal, quarter.change)
        for quarter in quarters
    ]
    caption = "Tallene, som de blev udsendt; ændringen er fra rapporten før i samme udgave"
    return Table("rapporter", caption, columns, tuple(rows))


def quarter_link(quarter):
    to_report = link(quarter.name, quarter.url)
    if not quarter.is_open:
        return to_report
    face = format_html('{} <span class="small muted">åben</span>', to_report.face)
    return Drawn(quarter.name, face)


def difference_table(differences):
    columns = (Column("Tal"), Column("I rapporten", Kind.NUMBER), Column("Nu", Kind.NUMBER))
    rows = [(row.what, shown(row.then), shown(row.now)) for row in differences]
    return Table("forskel", "Kun de tal, der er ændret", columns, tuple(rows))


def shown(figure):
    return "vises ikke" if figure is None else figure


def late_table(records, on):
    columns = (Column("Hvem det gælder"), Column("Hvad"), Column("Af"), Column("Hvornår"))
    rows = [
        (
            link(record.name, record.url) if record.url else record.name,
            with_reason(record),
            record.by,
            day_and_time(record.at),
        )
        for record in records
    ]
    caption = f"Det, der gælder {long_date(on)} eller før, det nyeste øverst"
    return Table("skrevet-siden", caption, columns, tuple(rows))


def with_reason(record):
    if not record.why:
        return record.what
    why = format_html('{} <span class="small muted d-block">{}</span>', record.what, record.why)
    return Drawn(record.what, why)


def day_and_time(moment):
    moment = localtime(moment)
    return f"{long_date(moment)} kl. {moment:%H.%M}"
