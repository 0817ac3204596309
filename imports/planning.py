"""Tables become a plan: what would be written, and everything that is wrong. Nothing is written here.

An import adds and never changes: a row that says what the register says already is passed over, one that says something
else about the same thing is a problem.
"""

from .facts import check_first_statuses, plan_matches, plan_residences, plan_statuses
from .import_context import ImportContext
from .layout import MATCHES, MEETINGS, MENTEES, RESIDENCES, STATUSES
from .meetings import plan_meetings
from .mentees import plan_mentees

PLANS = {
    STATUSES.name: plan_statuses,
    RESIDENCES.name: plan_residences,
    MATCHES.name: plan_matches,
    MEETINGS.name: plan_meetings,
}


def plan(programme, tables, *, by, keep_reach=False, say=lambda line: None):
    """(Plan, Problems) of the tables, {sheet's name: Table}, for the user `by`. With problems no plan is to be written.

    `say` is told how far it has come, a line at a time.
    """
    desk = ImportContext(programme, by, keep_reach=keep_reach)
    new = {}
    if table := tables.get(MENTEES.name):
        say(f"unge: checking {len(table.rows):,} rows")
        new = plan_mentees(desk, table)
    for name, plan_sheet in PLANS.items():
        if table := tables.get(name):
            say(f"{name}: checking {len(table.rows):,} rows")
            plan_sheet(desk, table)
    check_first_statuses(desk, new)
    return desk.plan, desk.problems
