"""Reports as plain values, without a register: the figures of 1 March 2019, and unusual ones."""

import hashlib
from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from cases.models import Gender, Status
from cases.weekly_contact import Mark
from reporting.issue import Edition
from reporting.models import IssuedReport
from reporting.open_report import OpenReport
from reporting.status_report import (
    AlternativeGoal,
    Area,
    ContactSummary,
    Goal,
    Sources,
    StatusCount,
    StatusReport,
)
from reporting.trend import Point, quarter_days
from web.weeks import Week

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
GOAL_STATUSES = (Status.EDUCATION, Status.WORK, Status.COMPLETED)
CONTACT = ContactSummary(
    first=Week(2018, 49),
    last=Week(2019, 8),
    weeks=12,
    tally=(
        (Mark.MET, 196),
        (Mark.CANCELLED, 17),
        (Mark.NO_SHOW, 14),
        (Mark.TRIED, 12),
        (Mark.NOTHING, 21),
    ),
)


def rows(*counts):
    """Return the nine StatusCounts."""
    return tuple(StatusCount(status, count) for status, count in zip(Status, counts, strict=True))


def goal_of(rows, goal=30, target=40):
    count = {row.status: row.count for row in rows}
    met = sum(count[status] for status in GOAL_STATUSES)
    neighbours = (
        AlternativeGoal(Status.COMPLETED, False, met - count[Status.COMPLETED]),
        AlternativeGoal(Status.SCHOOL, True, met + count[Status.SCHOOL]),
    )
    return Goal(GOAL_STATUSES, met, goal, target, neighbours)


def report_of(*counts, goal=30, target=40, **changes):
    """Return the report of 1 March 2019 with other counts and `changes`."""
    nine = rows(*counts)
    enrolled = sum(counts)
    met = goal_of(nine, goal, target)
    facts = {
        "rows": nine,
        "enrolled": enrolled,
        "goal": met,
        "areas": (Area("Karlemoseparken", enrolled, met.count, counts[8]),),
        "trend": (Point(date(2019, 3, 1), enrolled, met.count),),
    }
    return replace(REPORT_2019, **facts | changes)


def quarters(*pairs, until=date(2019, 3, 1)):
    """Return Points of (enrolled, in goal), a quarter apart, the last on `until`."""
    days = quarter_days(until, date.min.replace(year=1900), most=len(pairs))
    return tuple(Point(day, *pair) for day, pair in zip(days, pairs, strict=True))


ROWS_2019 = rows(2, 6, 7, 1, 3, 4, 2, 1, 0)
REPORT_2019 = StatusReport(
    programme="Særlig boligsocial mentorindsats, Køge",
    sender="Boligsocialt Fællessekretariat og UUV",
    committee="Skoleudvalget",
    on=date(2019, 3, 1),
    known_at=datetime(2019, 3, 1, 16, tzinfo=COPENHAGEN),
    rows=ROWS_2019,
    enrolled=26,
    goal=goal_of(ROWS_2019),
    area_target=10,
    areas=(
        Area("Karlemoseparken", 10, 4),
        Area("Hastrupparken", 9, 4),
        Area("Ellemarken", 7, 2),
        Area("Søparken", 0, 0),
    ),
    ages=(16, 27),
    sexes=((Gender.MALE, 23), (Gender.FEMALE, 2)),
    trend=quarters((11, 2), (19, 6), (26, 10)),
    contact=CONTACT,
    sources=Sources(status_changes=61, meetings=412, without_area=0, without_mentor=0),
)

ROWS_DECEMBER = rows(2, 3, 7, 1, 3, 2, 1, 0, 1)
OPEN_DECEMBER = OpenReport.build(
    replace(
        REPORT_2019,
        on=date(2018, 12, 1),
        rows=ROWS_DECEMBER,
        enrolled=20,
        goal=goal_of(ROWS_DECEMBER),
        areas=(
            Area("Karlemoseparken", 10, 3),
            Area("Hastrupparken", 9, 3),
            Area("Ellemarken", 1, 0),
            Area("Søparken", 0, 0),
        ),
    )
)
OPEN_SECOND = OpenReport.build(REPORT_2019, [OPEN_DECEMBER])

# Other figures; each report still fits on two pages.
ODD = {
    "one ung": report_of(
        0,
        0,
        1,
        0,
        0,
        0,
        0,
        0,
        0,
        ages=(17, 17),
        sexes=((Gender.FEMALE, 1),),
        contact=None,
        sources=Sources(1, 1, 1, 1),
    ),
    "nobody in progress": report_of(0, 0, 0, 0, 0, 0, 0, 3, 2, ages=None, sexes=()),
    "nobody in the goal": report_of(5, 0, 5, 0, 0, 3, 2, 0, 1),
    "the goal reached": report_of(0, 20, 0, 0, 10, 0, 0, 5, 5),
    "nine quarters": replace(
        REPORT_2019,
        trend=quarters(
            (3, 0), (5, 2), (9, 9), (15, 10), (21, 11), (29, 12), (30, 13), (33, 30), (38, 31)
        ),
    ),
    "more than the places": report_of(
        12, 15, 9, 8, 7, 6, 5, 4, 3, areas=(Area("Karlemoseparken", 69, 26, 3),)
    ),
    "hundreds": report_of(30, 99, 40, 21, 88, 10, 12, 40, 20, goal=300, target=400),
    "thousands": report_of(300, 990, 400, 210, 880, 100, 120, 400, 200, goal=3000, target=4000),
    "outside the areas": replace(
        REPORT_2019,
        areas=(
            *REPORT_2019.areas[:2],
            Area("Ellemarken", 0, 0),
            Area("Søparken", 0, 0),
            Area("Uden for områderne", 7, 2),
        ),
    ),
    "many areas and quarters": replace(
        REPORT_2019,
        areas=tuple(Area(f"Boligområdet ved den lange vej nummer {n}", 2, 1) for n in range(1, 14)),
        trend=quarters(*[(n + 2, n) for n in range(9)]),
    ),
    "long names": replace(
        REPORT_2019,
        programme="Særlig boligsocial mentorindsats for unge og familier i fire boligområder "
        "i Køge Kommune, 2018-2021",
        sender="Boligsocialt Fællessekretariat, Uddannelsesvejledningen, Ungecenteret, SSP "
        "og Center for Integration",
        committee="Børne-, Uddannelses- og Beskæftigelsesudvalget "
        "samt Social- og Sundhedsudvalget i Køge Kommune",
    ),
    "no contact expected": replace(
        REPORT_2019,
        contact=replace(
            CONTACT,
            weeks=1,
            first=Week(2019, 8),
            tally=tuple((mark, 0) for mark, _ in CONTACT.tally),
        ),
    ),
    "no target for the areas": replace(REPORT_2019, area_target=0, sender=""),
}


def an_issued_report(programme, *, by, report=None, **changes):
    """Store an IssuedReport without the cost of printing one."""
    report = report or replace(REPORT_2019, on=programme.starts_on.replace(year=2026, month=3))
    pdf = b"%PDF-1.7 as it was"
    values = {
        "programme": programme,
        "year": report.on.year,
        "number": IssuedReport.objects.filter(programme=programme).count() + 1,
        "edition": Edition.FULL,
        "to_committee": True,
        "to_follow_group": False,
        "on": report.on,
        "known_at": report.known_at,
        "answer": report.answer,
        "figures": report.to_json(),
        "page": f"<h1>{report.title}</h1>",
        "pdf": pdf,
        "pdf_size": len(pdf),
        "pdf_sha256": hashlib.sha256(pdf).hexdigest(),
        "prepared_by": by,
        "issued_by": by,
    }
    return IssuedReport.objects.create(**values | changes)
