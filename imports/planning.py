"""Turn tables into a plan that only adds.

Rows equal to the register are skipped, rows that contradict it are problems.
"""

from .facts import check_first_statuses, plan_matches, plan_residences, plan_statuses
from .import_context import ImportContext
from .layout import MATCHES, MEETINGS, MENTEES, RESIDENCES, STATUSES
from .meetings import plan_meetings
from .mentees import plan_mentees
from .progress import report_nothing

PLANNERS = {
    STATUSES.name: plan_statuses,
    RESIDENCES.name: plan_residences,
    MATCHES.name: plan_matches,
    MEETINGS.name: plan_meetings,
}


def plan_import(programme, tables, *, by, keep_reach=False, report_progress=report_nothing):
    """(Plan, Problems) of {sheet's name: Table}"""
    context = ImportContext(programme, by, keep_reach=keep_reach, report_progress=report_progress)
    new_mentees = {}
    if table := tables.get(MENTEES.name):
        new_mentees = plan_mentees(context, table)
    for name, plan_sheet in PLANNERS.items():
        if table := tables.get(name):
            plan_sheet(context, table)
    check_first_statuses(context, new_mentees)
    return context.plan, context.problems
