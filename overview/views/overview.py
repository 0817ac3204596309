"""Overblik: how the programme stands on a day.

The figures of a day are kept in the process for as long as nothing in the programme changes, under
the young people they are about, each at their version: whoever sees others gets others.
"""

from urllib.parse import urlencode

from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.generic import View

from cases.key_figures import key_figures_of
from cases.programme_names import names_of
from cases.register import Register
from cases.roles import running_roles
from overview import params, sentences, tables
from overview.attention import attention_groups
from overview.forms import OverviewForm
from overview.heat_map import heat_map
from overview.selection import area_choices, mentor_choices, mentor_key
from overview.snapshot import Snapshot
from reporting.trend import months_before
from setup.checklist import missing
from setup.lineage import lineage_of
from web.dates import long_date, today
from web.versioned_cache import VersionedCache
from web.views import ProgrammePermissionMixin

BODIES = VersionedCache(64)


class OverviewMixin(ProgrammePermissionMixin, View):
    """A page about a Snapshot; 400 if a parameter is not valid.

    A subclass has `template_name` and `figures_for`, or its own `build` and `respond`.
    """

    permission_required = "reporting.see_overview"
    title = "Overblik"
    when_empty = (
        "Når den første ung er indskrevet, "
        "står målet, de ni statusser og den ugentlige kontakt her."
    )
    compares = True  # has figures of an earlier day
    is_first_page = False  # also shows what came before, and what is still to be set up
    status_of_nobody = 200  # a selection without young people is valid

    def get(self, request):
        programme = request.programme
        names = names_of(programme)
        self.form = OverviewForm(
            request.GET,
            programme=programme,
            areas=area_choices(names.areas),
            mentors=mentor_choices(programme, names.mentors),
            compares=self.compares,
        )
        if not self.form.is_valid():
            return self.invalid()
        register = Register.visible_to(request.user, programme, today())
        if not register.people:
            return self.page("overview/empty.html", when_empty=self.when_empty)
        on, selection = self.form.cleaned_data[params.DAY], self.form.selection
        if not register.enrolled(on):
            nobody = f"Ingen unge var indskrevet {long_date(on)}, så der er intet at vise."
            self.form.add_error(params.DAY, nobody)
            return self.invalid()
        register = selection.filter(register, programme, on)
        if not register.enrolled(on):
            return self.page(
                "overview/nobody.html", on=on, selection=selection, status=self.status_of_nobody
            )
        return self.respond(self.kept(register, on, selection))

    def kept(self, register, on, selection):
        programme = self.request.programme
        key = programme.pk, self.request.path, self.query()
        roles = frozenset(running_roles(self.request.user)[programme])
        version = register.versions, programme.version, today(), roles

        def build():
            before = self.compared_with(register)
            return self.build(Snapshot(programme, register, on, before=before, selection=selection))

        return BODIES.read_one(key, version, build)

    def compared_with(self, register):
        """Return the day in the form, or three months before; None if nobody was enrolled then."""
        data = self.form.cleaned_data
        before = data[params.COMPARED_WITH] or months_before(data[params.DAY], 3)
        if before < self.request.programme.starts_on or not register.enrolled(before):
            return None
        return before

    def build(self, snapshot):
        figures = self.figures_for(snapshot)
        return self.body(
            self.template_name, on=snapshot.on, selection=snapshot.selection, **figures
        )

    def respond(self, body):
        return self.show(body)

    def show(self, body, status=200):
        # Outside what is kept: it also changes with the earlier programmes.
        programme = self.request.programme
        context = {"title": self.title, "body": body, "stages": [], "missing": []}
        if self.is_first_page:
            context |= {"stages": lineage_of(programme), "missing": missing(programme)}
        return render(self.request, "overview/page.html", context, status=status)

    def invalid(self):
        return self.page("overview/body.html", status=400)

    def page(self, template, *, status=200, **context):
        return self.show(self.body(template, **context), status)

    def body(self, template, *, on=None, selection=None, **figures):
        programme = self.request.programme
        context = figures | {
            "programme": programme,
            "title": self.title,
            "subtitle": sentences.subtitle(programme, on),
            "on": on,
            "selection": selection,
            "form": self.form,
            "query": self.query(),
            "everybody": self.query({params.AREA: None, params.MENTOR: None}),
        }
        return render_to_string(template, context)

    def query(self, changes=None):
        """Return the page's query string with `changes`; None removes a parameter."""
        values = self.form.parameters | (changes or {})
        return urlencode({name: value for name, value in values.items() if value})

    def downloads(self, choice):
        return tables.downloads_for(self.request.user, self.request.programme, choice)


class Overview(OverviewMixin):
    template_name = "overview/overview.html"
    is_first_page = True

    def figures_for(self, snapshot):
        report, by_area = snapshot.status_report, self.form.by_area
        groups = attention_groups(snapshot)
        return {
            "report": report,
            **self.goal_figures(snapshot),
            "statuses": tables.status_table_for_page(snapshot),
            "compared_day": sentences.compared_day(snapshot) if snapshot.before else "",
            "transitions": snapshot.transitions,
            "transition_table": tables.transition_table(snapshot),
            "people_by_transition": tables.people_by_transition(snapshot),
            "attention": groups,
            "attention_count": sum(len(group.lines) for group in groups),
            "areas": () if snapshot.selection.area else report.areas,
            **self.key_figures(snapshot),
            "mentors": tables.caseload_table(snapshot, self.mentor_url),
            "not_in_goal": sentences.not_in_goal(snapshot.selection),
            "heat": heat_map(snapshot, by_area),
            "heat_choices": self.heat_choices(by_area),
            "tables": self.downloads(tables.OVERVIEW),
        }

    def goal_figures(self, snapshot):
        report = snapshot.status_report
        asked = self.form.cleaned_data[params.COMPARED_WITH]
        return {
            "out_of": report.enrolled if snapshot.selection else report.goal.goal,
            "goal_line": sentences.goal_line(snapshot),
            "goal_details": sentences.goal_details(snapshot, asked),
            "forecast_line": sentences.forecast_line(snapshot.forecast),
            "starts": tables.agreed_starts_table(snapshot),
            "pace_line": sentences.pace_line(snapshot),
        }

    def key_figures(self, snapshot):
        """They are about everybody, so left out with a selection."""
        if snapshot.selection:
            return {"key_figures": (), "sources": ""}
        figures = [kind.newest for kind in key_figures_of(snapshot.programme)]
        return {
            "key_figures": tuple(sentences.key_figure(figure) for figure in figures),
            "sources": "; ".join(dict.fromkeys(figure.source for figure in figures)),
        }

    def url(self, changes):
        return f"{reverse('overview')}?{self.query(changes)}"

    def mentor_url(self, pk):
        """`pk` None: without a mentor."""
        key = mentor_key(self.request.programme, pk) if pk else params.WITHOUT_MENTOR
        return self.url({params.MENTOR: key})

    def heat_choices(self, by_area):
        """((label, URL, whether it is shown now), …) of the rows of the heat map."""
        return (
            ("Mentorer", f"{self.url({params.CONTACT_ROWS: None})}#rytme", not by_area),
            ("Boligområder", f"{self.url({params.CONTACT_ROWS: params.BY_AREA})}#rytme", by_area),
        )
