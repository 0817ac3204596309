"""Overblik: how the programme stands on a day, and what to do about it."""

from django.views.generic import TemplateView

from cases.dates import day_and_month
from cases.drawing import dot_field
from cases.models import Mentee
from cases.register import Register
from cases.views.base import Allowed
from reporting.attention import Attention
from reporting.forms import DayForm
from reporting.heat import HeatMap
from reporting.status_report import ReportUnavailable, StatusReport
from reporting.trend import months_before

SHOWN = 6  # lines of attention; the others lie in a fold


def since_before(report, before, then):
    """'3 flere end 1. oktober.'"""
    more = report.goal.count - len(then)
    words = f"{abs(more)} {'flere' if more > 0 else 'færre'} end" if more else "lige så mange som"
    return f"{words} {day_and_month(before)}.".capitalize()


def area_field(area, target):
    """A housing area's residents, five dots to the line, and the area's goal as a dashed line."""
    label = f"{target} unge"
    return dot_field(area.in_goal, area.on_the_way, area.dropped_out, target, target, label, per_row=5)


class Overview(Allowed, TemplateView):
    """The whole page as of `?pr=`: the goal, the statuses, who needs attention, areas, development, contact."""

    template_name = "reporting/overview.html"
    permission_required = "reporting.see_overview"

    def get(self, request, *args, **kwargs):
        form = DayForm(request.GET, programme=request.programme)
        context = {"form": form, "goal_statuses": request.programme.goal_set}
        status = 400
        if form.day:
            try:
                context |= self.figures(form.day)
                status = 200
            except ReportUnavailable as error:
                context |= {"unavailable": error, "empty": not request.programme.mentees.exists()}
                status = 200 if context["empty"] else 400
        return self.render_to_response(self.get_context_data(**context), status=status)

    def figures(self, on):
        """What the page shows of the day; ReportUnavailable as StatusReport.build."""
        programme = self.request.programme
        register = Register.load(Mentee.objects.visible_to(self.request.user).filter(programme=programme))
        report = StatusReport.build(programme, on=on, register=register)
        before = months_before(on, 3)
        earlier = register.statuses(before) if before >= programme.starts_on and register.enrolled(before) else None
        lines = Attention(register, programme, on).lines()
        return {
            "on": on,
            "report": report,
            "rows": [(row, earlier and row.count - earlier[row.status]) for row in report.rows],
            "before": earlier and before,
            "more_in_goal": earlier and since_before(report, before, register.in_goal(before, programme.goal_set)),
            "areas": [(area, area_field(area, report.area_target)) for area in report.areas],
            "attention": lines[:SHOWN],
            "more_attention": lines[SHOWN:],
            "attention_count": len(lines),
            "key_figures": (key_figures := list(programme.key_figures.select_related("area"))),
            "sources": list(dict.fromkeys(figure.source for figure in key_figures)),
            "heat": HeatMap.build(register, on),
        }
