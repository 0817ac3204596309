"""Overblik: how the programme stands on a day, and what to do about it."""

from urllib.parse import urlencode

from django.db.models import prefetch_related_objects
from django.shortcuts import render
from django.urls import reverse
from django.views.generic import View

from cases.models import Mentee
from cases.register import Register
from overview import tables
from overview.attention import Attention
from overview.forecast import distance, pace_so_far
from overview.forms import BY_AREA, OverviewForm
from overview.heat_map import HeatMap
from overview.selection import area_choices, mentor_choices, mentor_key
from overview.snapshot import Snapshot, mentor_names
from reporting.trend import months_before
from web.dates import long_date
from web.svg import dot_field
from web.views import ProgrammePermissionMixin

SHOWN = 2  # lines of each kind of attention; the others lie in a fold


class OverviewMixin(ProgrammePermissionMixin, View):
    """A page about the young people and the day its address asks for; what the address cannot mean is a 400.

    A subclass has a `template_name` and says in `figures` what the template shows of a Day.
    """

    permission_required = "reporting.see_overview"
    status_of_nobody = 200  # of an area or a mentor without young people: an answer, no mistake

    def get(self, request):
        programme = request.programme
        prefetch_related_objects([programme], "areas")
        names = mentor_names(programme)
        areas, mentors = area_choices(programme.areas.all()), mentor_choices(programme, names)
        self.form = OverviewForm(request.GET, programme=programme, areas=areas, mentors=mentors)
        if not self.form.is_valid():
            return self.page({}, status=400)
        register = Register.load(
            Mentee.objects.visible_to(request.user).filter(programme=programme)
        )
        if not register.people:
            return self.page({"empty": True})
        on, selection = self.form.cleaned_data["pr"], self.form.selection
        chosen = selection.of(register, on)
        if not register.enrolled(on):
            self.form.add_error(
                "pr", f"Ingen unge var indskrevet {long_date(on)}, så der er intet at vise."
            )
            return self.page({}, status=400)
        if not chosen.enrolled(on):
            return self.page(
                {"on": on, "selection": selection, "nobody": True}, status=self.status_of_nobody
            )
        before = self.day_before(chosen)
        return self.answer(
            Snapshot(programme, chosen, on, before=before, selection=selection, mentors=names)
        )

    def day_before(self, register):
        """The day to compare with, three months earlier if none is asked for; None where nobody was there yet."""
        asked = self.form.cleaned_data
        before = asked["mod"] or months_before(asked["pr"], 3)
        return (
            before
            if before >= self.request.programme.starts_on and register.enrolled(before)
            else None
        )

    def answer(self, day):
        return self.page({"on": day.on, "selection": day.selection, "day": day} | self.figures(day))

    def query(self, **changes):
        """The query string of this view with something else in it; None takes it out."""
        return urlencode(
            {name: value for name, value in (self.form.said | changes).items() if value}
        )

    def offered(self, choice):
        return tables.offered_to(self.request.user, self.request.programme, choice)

    def page(self, context, status=200):
        everybody = self.query(omraade=None, mentor=None)
        context |= {"form": self.form, "query": self.query(), "everybody": everybody}
        return render(self.request, self.template_name, context, status=status)


def since_before(day, asked):
    """'3 flere end 1. oktober.'; where there is no day to compare with, that the one `asked` for cannot be, if any."""
    if not day.before:
        nobody = "Ingen af dem var indskrevet {}, så der er intet at sammenligne med."
        return nobody.format(long_date(asked)) if asked else ""
    more = day.more_in_goal
    words = f"{abs(more)} {'flere' if more > 0 else 'færre'} end" if more else "lige så mange som"
    return f"{words} {tables.day_before(day)}.".capitalize()


def area_field(area, target):
    """A housing area's residents, five dots to the line, and the area's goal as a dashed line; 0 for none."""
    label = f"{target} unge" if target else ""
    return dot_field(
        area.in_goal, area.on_the_way, area.dropped_out, target, target, label, per_row=5
    )


class Overview(OverviewMixin):
    """The goal, what is agreed, the statuses, who needs attention, areas, mentors, development, contact."""

    template_name = "overview/overview.html"

    def figures(self, day):
        """What the page shows of the Day."""
        report, programme = day.report, day.programme
        groups = Attention(day).groups
        by_area = self.form.cleaned_data["kontakt"] == BY_AREA
        key_figures = [] if day.selection else list(programme.key_figures.select_related("area"))
        return {
            "report": report,
            "since_before": since_before(day, self.form.cleaned_data["mod"]),
            "forecast": day.forecast,
            "starts": tables.starts(day),
            "distance": "" if day.selection else distance(report.goal, day.on, programme.ends_on),
            "pace": pace_so_far(day.more_in_goal, day.before, day.on) if day.before else "",
            "statuses": tables.statuses_on_the_page(day),
            "flow": day.flow,
            "day_before": tables.day_before(day) if day.before else "",
            "moves": tables.moves(day),
            "movers": tables.who_moved(day),
            "attention": [(group, group.lines[:SHOWN], group.lines[SHOWN:]) for group in groups],
            "attention_count": sum(len(group.lines) for group in groups),
            "areas": []
            if day.selection.area
            else [(a, area_field(a, report.area_target)) for a in report.areas],
            "key_figures": key_figures,
            "sources": list(dict.fromkeys(figure.source for figure in key_figures)),
            "mentors": tables.mentors(day, self.address_of_mentor),
            "heat": HeatMap.build(day, by_area),
            "heat_choices": self.heat_choices(by_area),
            "tables": self.offered(tables.ON_THE_PAGE),
        }

    def address_of_mentor(self, pk):
        key = mentor_key(self.request.programme, pk) if pk else "ingen"
        return self.address(mentor=key)

    def address(self, **changes):
        return f"{reverse('overview')}?{self.query(**changes)}"

    def heat_choices(self, by_area):
        """[(word, address, whether it is what the page shows)]"""
        return [
            ("Mentorer", f"{self.address(kontakt=None)}#rytme", not by_area),
            ("Boligområder", f"{self.address(kontakt=BY_AREA)}#rytme", by_area),
        ]
