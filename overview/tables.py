from collections.abc import Callable
from functools import partial
from typing import NamedTuple

from django.utils.html import format_html

from cases.badges import status_badge
from overview.attention import attention_groups
from overview.caseload import caseload
from overview.heat_map import heat_map
from overview.links import entry_url, mentee_link
from overview.missing_data import missing_data
from overview.sentences import compared_day
from overview.snapshot import Snapshot
from reporting.report_dots import status_dots
from reporting.transitions import NEW, NONE
from web.dates import long_date, short_date
from web.tables import Column, Drawn, Kind, Table, link

COUNT = Column("Antal", Kind.NUMBER)
YOUNG_PERSON, MENTOR = Column("Ung"), Column("Mentor")


def numbers(*labels):
    return tuple(Column(label, Kind.NUMBER) for label in labels)


def status_table(snapshot, since=""):
    """`since`: the day compared with, in words."""
    report, goal = snapshot.status_report, snapshot.goal.goal_set
    columns, rows = [Column("Status"), COUNT], []
    earlier = snapshot.register.statuses(snapshot.before) if snapshot.before else None
    if earlier:
        columns.append(Column(f"Siden {since or long_date(snapshot.before)}", Kind.CHANGE))
    for row in report.rows:
        badge, dots = status_badge(row.status, goal), status_dots(report, row)
        face = format_html('<span class="with-dots">{}{}</span>', badge, dots)
        change = (row.count - earlier[row.status],) if earlier else ()
        rows.append((Drawn(row.label, face), row.count, *change))
    caption = "Rundt ikon: tæller med i målet. Én prik er én ung."
    return Table("statusser", caption, tuple(columns), tuple(rows))


def status_table_for_page(snapshot):
    since = compared_day(snapshot, short_date) if snapshot.before else ""
    return status_table(snapshot, since)


def place_label(place):
    return NONE if place is None else place if place is NEW else place.label


def transition_table(snapshot):
    rows = [
        (place_label(move.before), place_label(move.after), move.count)
        for move in snapshot.transitions.moves
    ]
    columns = (Column("Fra"), Column("Til"), COUNT)
    return Table("bevaegelser", "De største først.", columns, tuple(rows))


def transition_people_table(snapshot):
    rows = [
        (
            place_label(move.before),
            place_label(move.after),
            mentee_link(person),
            snapshot.mentor_words(person),
        )
        for move in snapshot.transitions.moves
        for person in move.people
    ]
    columns = (Column("Fra"), Column("Til"), YOUNG_PERSON, MENTOR)
    return Table("bevaegelser-unge", "Hvem der har flyttet sig.", columns, tuple(rows))


def people_by_transition(snapshot):
    return [
        (
            f"{place_label(move.before)} → {place_label(move.after)}",
            [mentee_link(person).face for person in move.people],
        )
        for move in snapshot.transitions.moves
    ]


def agreed_starts_table(snapshot):
    forecast = snapshot.forecast
    rows = [
        (mentee_link(start.person), start.due_on, start.agreement.what, forecast.in_goal + n)
        for n, start in enumerate(forecast.starts, start=1)
    ]
    columns = (YOUNG_PERSON, Column("Dag", Kind.DAY), Column("Aftale"), *numbers("I mål"))
    return Table("prognose", "Aftalte starter, der fører i mål.", columns, tuple(rows))


def attention_table(snapshot):
    columns = (Column("Grund"), YOUNG_PERSON, MENTOR, Column("Hvad"), Column("Gør"))
    rows = [
        (group.title, mentee_link(line), line.mentor, line.what, line.do)
        for group in attention_groups(snapshot)
        for line in group.lines
    ]
    return Table("opmaerksomhed", "Kræver opmærksomhed.", columns, tuple(rows))


def area_table(snapshot):
    columns = (Column("Boligområde"), *numbers("Indskrevet", "I mål", "Frafald"))
    areas = snapshot.status_report.areas
    rows = [(area.name, area.enrolled, area.in_goal, area.dropped_out) for area in areas]
    foot = ("I alt", *(sum(row[n] for row in rows) for n in (1, 2, 3)))
    return Table("boligomraader", "Bopæl på dagen.", columns, tuple(rows), foot)


CASELOAD_LABELS = (
    "I forløb",
    "Pause",
    "Ventet i ugen",
    "Mødt 4 uger",
    "Uden aftale",
    "Over tiden",
)


def caseload_table(snapshot, mentor_url=None):
    caseloads = caseload(snapshot)
    columns = (MENTOR, *numbers(*CASELOAD_LABELS))
    rows = [
        (link(load.name, mentor_url(load.mentor)) if mentor_url else load.name, *load.counts)
        for load in caseloads
    ]
    sums = (sum(load.counts[n] for load in caseloads) for n in range(len(CASELOAD_LABELS)))
    caption = (
        "Ventet i ugen: en kontakt er ventet i dagens uge. "
        "Mødt 4 uger: mødt mindst én gang på 28 dage. "
        "Uden aftale: ingen dag for næste gang. Over tiden: aftaler, hvis dag er gået."
    )
    return Table("mentorer", caption, columns, tuple(rows), ("I alt", *sums))


def trend_table(snapshot):
    columns = (Column("Pr.", Kind.DAY), *numbers("Indskrevet", "I mål"))
    points = snapshot.status_report.trend
    rows = tuple((point.on, point.enrolled, point.in_goal) for point in points)
    return Table("udvikling", "Hver tredje måned", columns, rows)


def contact_table(snapshot, by_area):
    """A row for each cell: a spreadsheet reads 7/9 as a date."""
    first = Column("Boligområde" if by_area else "Mentor")
    columns = (first, *numbers("År", "Uge", "Mødt", "Forventet"))
    heat = heat_map(snapshot, by_area)
    rows = [
        (name, week.year, week.number, cell.met, cell.expected)
        for name, cells in heat.rows
        for week, cell in zip(heat.weeks, cells, strict=True)
        if cell
    ]
    name = "kontakt-omraader" if by_area else "kontakt-mentorer"
    return Table(name, "Unge mødt ud af forventede.", columns, tuple(rows))


def missing_data_table(snapshot):
    columns = (Column("Mangler"), YOUNG_PERSON, Column("Hvem kan skrive det"), Column("Hvilken"))
    rows = [
        (gap.title, link(entry.name, entry_url(entry)), entry.mentor, entry.which)
        for gap in missing_data(snapshot)
        for entry in gap.entries
    ]
    return Table("mangler", "Det, der ikke er skrevet.", columns, tuple(rows))


class Download(NamedTuple):
    title: str
    build: Callable[[Snapshot], Table]
    names: bool


# by name in the URL
MISSING_DATA = {
    "mangler": Download("Det, der mangler i registeret", missing_data_table, names=True)
}
OVERVIEW = {
    "statusser": Download("De ni statusser", status_table, names=False),
    "bevaegelser": Download("Bevægelser mellem statusser", transition_table, names=False),
    "bevaegelser-unge": Download("Hvem der har flyttet sig", transition_people_table, names=True),
    "prognose": Download("Aftalte starter", agreed_starts_table, names=True),
    "opmaerksomhed": Download("Kræver opmærksomhed", attention_table, names=True),
    "boligomraader": Download("Boligområderne", area_table, names=False),
    "mentorer": Download("Mentorerne", caseload_table, names=True),
    "udvikling": Download("Udvikling", trend_table, names=False),
    "kontakt-mentorer": Download(
        "Ugentlig kontakt, mentorer", partial(contact_table, by_area=False), names=True
    ),
    "kontakt-omraader": Download(
        "Ugentlig kontakt, boligområder", partial(contact_table, by_area=True), names=False
    ),
}
TABLES = OVERVIEW | MISSING_DATA


def downloads_for(user, programme, downloads):
    """((title, name in the URL), …)"""
    may_have_names = user.has_perm("reporting.download_names", programme)
    return tuple(
        (download.title, name)
        for name, download in downloads.items()
        if may_have_names or not download.names
    )
