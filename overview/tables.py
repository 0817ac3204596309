"""The tables of Overblik and of what is missing: each a Table made from a Day (overview/snapshot.py)."""

from collections.abc import Callable
from typing import NamedTuple

from django.urls import reverse
from django.utils.html import format_html

from cases.badges import status_badge
from overview.attention import Attention
from overview.caseload import caseload
from overview.heat_map import HeatMap
from overview.missing_data import Missing
from overview.snapshot import Snapshot
from reporting.report_dots import status_dots
from reporting.transitions import NEW, NONE
from web.dates import day_and_month, long_date, short_date
from web.tables import Column, Drawn, Kind, Table, link

COUNT = Column("Antal", Kind.NUMBER)
YOUNG, MENTOR = Column("Ung"), Column("Mentor")


def day_before(day, words=day_and_month):
    """The day to compare with in `words`, with its year when that is another than the day's."""
    return (words if day.before.year == day.on.year else long_date)(day.before)


def statuses_on_the_page(day):
    """As in a file, with the day in short: there is little room."""
    return statuses(day, since=day_before(day, short_date) if day.before else "")


def statuses(day, since=""):
    """The nine statuses; with a day to compare with also the change since then. `since`: that day in words."""
    report, goal = day.report, day.programme.goal_set
    columns, rows = [Column("Status"), COUNT], []
    earlier = day.register.statuses(day.before) if day.before else None
    if earlier:
        columns.append(Column(f"Siden {since or long_date(day.before)}", Kind.CHANGE))
    for row in report.rows:
        face = format_html(
            '<span class="with-dots">{}{}</span>',
            status_badge(row.status, goal),
            status_dots(report, row),
        )
        change = (row.count - earlier[row.status],) if earlier else ()
        rows.append((Drawn(row.label, face), row.count, *change))
    caption = "Rundt ikon: tæller med i målet. Én prik er én ung."
    return Table("statusser", caption, tuple(columns), tuple(rows))


def place(status):
    """A Move's end in words."""
    return NONE if status is None else status if status is NEW else status.label


def moves(day):
    """From which status to which, and how many; empty without a day to compare with."""
    rows = [(place(move.before), place(move.after), move.count) for move in day.flow.moves]
    return Table(
        "bevaegelser", "De største først.", (Column("Fra"), Column("Til"), COUNT), tuple(rows)
    )


def movers(day):
    """The same, a row for each young person."""
    rows = [
        (place(move.before), place(move.after), person_link(person), day.mentor_of(person) or "")
        for move in day.flow.moves
        for person in move.people
    ]
    columns = (Column("Fra"), Column("Til"), YOUNG, MENTOR)
    return Table("bevaegelser-unge", "Hvem der har flyttet sig.", columns, tuple(rows))


def who_moved(day):
    """[('Praktik → Arbejde', the people's links)]"""
    return [
        (
            f"{place(move.before)} → {place(move.after)}",
            [person_link(person).face for person in move.people],
        )
        for move in day.flow.moves
    ]


def person_link(person):
    return link(person.name, reverse("mentee", args=[person.uuid]))


def starts(day):
    """The agreed starts that lead into the goal, and how many are in it when each has happened."""
    rows = [
        (person_link(start.person), start.due_on, start.agreement.what, day.forecast.in_goal + n)
        for n, start in enumerate(day.forecast.starts, start=1)
    ]
    columns = (YOUNG, Column("Dag", Kind.DAY), Column("Aftale"), Column("I mål", Kind.NUMBER))
    return Table("prognose", "Aftalte starter, der fører i mål.", columns, tuple(rows))


def attention(day):
    """A row for each line of each group."""
    columns = (Column("Grund"), YOUNG, MENTOR, Column("Hvad"), Column("Gør"))
    rows = [
        (group.title, link(line.name, line.url), line.mentor, line.what, line.do)
        for group in Attention(day).groups
        for line in group.lines
    ]
    return Table("opmaerksomhed", "Kræver opmærksomhed.", columns, tuple(rows))


def areas(day):
    figures = [Column(label, Kind.NUMBER) for label in ("Indskrevet", "I mål", "Frafald")]
    rows = [(area.name, area.enrolled, area.in_goal, area.dropped_out) for area in day.report.areas]
    foot = ("I alt", *(sum(row[n] for row in rows) for n in (1, 2, 3)))
    return Table(
        "boligomraader", "Bopæl på dagen.", (Column("Boligområde"), *figures), tuple(rows), foot
    )


LOADS = ("I forløb", "Pause", "Ventet i ugen", "Mødt 4 uger", "Uden aftale", "Over tiden")


def mentors(day, address=None):
    """The caseload; `address` makes a mentor's key in the register into the address of the same view of his."""
    loads = caseload(day)
    columns = (MENTOR, *(Column(label, Kind.NUMBER) for label in LOADS))
    rows = [
        (link(load.name, address(load.mentor)) if address else load.name, *load.figures)
        for load in loads
    ]
    foot = ("I alt", *(sum(load.figures[n] for load in loads) for n in range(len(LOADS))))
    caption = (
        "Ventet i ugen: en kontakt er ventet i dagens uge. Mødt 4 uger: mødt mindst én gang på 28 dage. "
        "Uden aftale: ingen dag for næste gang. Over tiden: aftaler, hvis dag er gået."
    )
    return Table("mentorer", caption, columns, tuple(rows), foot)


def development(day):
    columns = (
        Column("Pr.", Kind.DAY),
        Column("Indskrevet", Kind.NUMBER),
        Column("I mål", Kind.NUMBER),
    )
    rows = tuple((point.on, point.enrolled, point.in_goal) for point in day.report.trend)
    return Table("udvikling", "Hver tredje måned", columns, rows)


def contact(by_area):
    """The heat map as a list, a row for each cell with somebody expected: 7/9 in a file would become a day in July."""

    def contact(day):
        columns = (
            Column("Boligområde" if by_area else "Mentor"),
            *(Column(label, Kind.NUMBER) for label in ("År", "Uge", "Mødt", "Forventet")),
        )
        heat = HeatMap.build(day, by_area)
        rows = [
            (name, week.year, week.number, cell.met, cell.expected)
            for name, cells in heat.rows
            for week, cell in zip(heat.weeks, cells, strict=True)
            if cell
        ]
        name = "kontakt-omraader" if by_area else "kontakt-mentorer"
        return Table(name, "Unge mødt ud af forventede.", columns, tuple(rows))

    return contact


def missing(day):
    """A row for each thing that is not recorded."""
    columns = (Column("Mangler"), YOUNG, Column("Hvem kan skrive det"), Column("Hvilken"))
    rows = [
        (gap.title, link(entry.name, entry.url), entry.mentor, entry.which)
        for gap in Missing(day).gaps
        for entry in gap.entries
    ]
    return Table("mangler", "Det, der ikke er skrevet.", columns, tuple(rows))


class Offered(NamedTuple):
    """A table that can be downloaded. `names`: somebody is named in it, so not everybody may have it as a file."""

    title: str
    make: Callable[[Snapshot], Table]
    names: bool


# By the name in the address. What is missing has a page of its own; the others stand on Overblik.
MISSING = {"mangler": Offered("Det, der mangler i registeret", missing, names=True)}
ON_THE_PAGE = {
    "statusser": Offered("De ni statusser", statuses, names=False),
    "bevaegelser": Offered("Bevægelser mellem statusser", moves, names=False),
    "bevaegelser-unge": Offered("Hvem der har flyttet sig", movers, names=True),
    "prognose": Offered("Aftalte starter", starts, names=True),
    "opmaerksomhed": Offered("Kræver opmærksomhed", attention, names=True),
    "boligomraader": Offered("Boligområderne", areas, names=False),
    "mentorer": Offered("Mentorerne", mentors, names=True),
    "udvikling": Offered("Udvikling", development, names=False),
    "kontakt-mentorer": Offered("Ugentlig kontakt, mentorer", contact(by_area=False), names=True),
    "kontakt-omraader": Offered(
        "Ugentlig kontakt, boligområder", contact(by_area=True), names=False
    ),
}
TABLES = ON_THE_PAGE | MISSING


def offered_to(user, programme, tables):
    """[(title, name)] of those of the `tables` the user may download."""
    names_too = user.has_perm("reporting.download_names", programme)
    return [(offer.title, name) for name, offer in tables.items() if names_too or not offer.names]
