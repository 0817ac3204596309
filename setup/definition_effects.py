"""Which issued reports would have said otherwise."""

from dataclasses import dataclass

from cases.definitions import definitions_of
from cases.register import Register
from reporting.models import IssuedReport


@dataclass(frozen=True)
class Otherwise:
    """An issued report, and what it would say of the goal."""

    issued: IssuedReport
    count: int
    goal: int
    target: int


def reports_otherwise(definition):
    """[Otherwise], newest first, of the reports that a new GoalDefinition is about.

    The people are those of the register now; an issued report never changes.
    """
    programme, since = definition.programme, definition.effective_on
    later = [
        goal.effective_on
        for goal in definitions_of(programme).goals
        if goal.withdrawn_at is None and goal.effective_on > since
    ]
    rows = IssuedReport.objects.standing().not_withdrawn().without_files()
    rows = rows.filter(programme=programme, on__gte=since).newest_first()
    if later:
        rows = rows.filter(on__lt=min(later))
    register, result = None, []
    for issued in rows:
        printed = issued.report.goal
        now = definition.goal_set, definition.goal, definition.target
        if (frozenset(printed.statuses), printed.goal, printed.target) != now:
            register = register or Register.of_programme(programme)
            count = len(register.in_goal(issued.on, definition.goal_set))
            result.append(Otherwise(issued, count, definition.goal, definition.target))
    return result
