from django.core.paginator import Paginator
from django.urls import reverse
from django.views.generic import TemplateView

from cases import params, questions
from cases.filters import MenteeFilter
from cases.mentee_rows import WEEKS_SHOWN, rows_of
from cases.models import Mentee
from cases.register import Register
from web.danish import danish_order
from web.dates import today
from web.views import ProgrammePermissionMixin
from web.weeks import Week

PAGE_SIZE = 50


class MenteeList(ProgrammePermissionMixin, TemplateView):
    """Mentees, longest without contact first. Filters are in the URL, so it can be shared.

    A name to search for is posted instead: it is kept out of URLs, browser history and logs.
    """

    template_name = "cases/mentees.html"
    permission_required = "cases.see_mentees"

    def post(self, request, *args, **kwargs):
        return self.get(request, *args, **kwargs)

    def get_template_names(self):
        return ["cases/_mentees.html"] if self.request.htmx else [self.template_name]

    def get_context_data(self, **kwargs):
        user, on, programme = self.request.user, today(), self.request.programme
        people = Register.visible_to(user, programme, on).people
        sees_all = user.has_perm("cases.match_mentor", programme)
        filters = self.get_filters(on, filters_mentors=sees_all)
        selected = self.sorted(rows_of(filters.select(people, on), programme, on))
        page = Paginator(selected, PAGE_SIZE).get_page(self.request.GET.get(params.PAGE))
        week = Week.of(on)
        order = "efter navn" if self.by_name else "længst uden kontakt først"
        return super().get_context_data(
            form=filters.form,
            choice_fields=[field for field in filters.form if field.name != "q"],
            is_narrowed=filters.is_narrowed,
            rows=[(row, draw(row, with_mentor=sees_all)) for row in page],
            page=page,
            found=len(selected),
            total=len(people),
            by_name=self.by_name,
            caption=f"Unge, {order}",
            place_heading="Mentor" if sees_all else "Boligområde",
            weeks=f"{week.plus(1 - WEEKS_SHOWN).number}–{week.number}",
            show_mentor=sees_all,
            first_steps=self.get_first_steps(),
            **kwargs,
        )

    def get_first_steps(self):
        steps = [
            ("cases.take_in_mentee", "Indskriv den første ung", "take_in"),
            ("cases.import_register", "Importér fra et regneark", "import_register"),
        ]
        user, programme = self.request.user, self.request.programme
        return [
            (label, reverse(page)) for verb, label, page in steps if user.has_perm(verb, programme)
        ]

    def get_filters(self, on, filters_mentors):
        programme, mentors = self.request.programme, []
        if filters_mentors:
            mentors = list(questions.mentors_of(programme=programme.pk, on=on))
        data = self.request.GET.copy()
        data["q"] = self.request.POST.get("q", "")
        queryset = Mentee.objects.none()  # only the form is used
        return MenteeFilter(data, programme=programme, mentors=mentors, queryset=queryset)

    @property
    def by_name(self):
        return self.request.GET.get(params.SORT) == params.BY_NAME

    def sorted(self, rows):
        # Sorted here: the databases' collations do not sort æ, ø and å.
        rows = sorted(rows, key=lambda row: danish_order(row.name))
        return rows if self.by_name else sorted(rows, key=lambda row: row.last_contact_on)


def draw(row, with_mentor):
    return row.draw("cases/_mentee_row.html", place=row.mentor if with_mentor else row.area)
