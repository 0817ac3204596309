"""The mentee list."""

from django.core.paginator import Paginator
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.views.generic import TemplateView

from cases import params
from cases.filters import MenteeFilter
from cases.mentee_rows import WEEKS_SHOWN, rows
from cases.models import Attendance, Membership, Mentee
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
        on, programme = today(), self.request.programme
        mentees = Mentee.objects.visible_to(self.request.user).filter(programme=programme)
        sees_all = self.request.user.has_perm("cases.match_mentor", programme)
        filters = self.get_filters(mentees, on, filters_mentors=sees_all)
        pks = self.sorted_pks(filters.qs)
        page = Paginator(pks, PAGE_SIZE).get_page(self.request.GET.get(params.PAGE))
        page_mentees = Mentee.objects.filter(pk__in=page.object_list)
        row_by_pk = {
            row.pk: (row, row.mentor if sees_all else row.area)
            for row in rows(page_mentees, programme, on)
        }
        week = Week.of(on)
        order = "efter navn" if self.by_name else "længst uden kontakt først"
        return super().get_context_data(
            form=filters.form,
            choice_fields=[field for field in filters.form if field.name != "q"],
            is_narrowed=filters.is_narrowed,
            rows=[row_by_pk[pk] for pk in page.object_list],
            page=page,
            found=len(pks),
            total=mentees.count(),
            by_name=self.by_name,
            caption=f"Unge, {order}",
            place_heading="Mentor" if sees_all else "Boligområde",
            weeks=f"{week.plus(1 - WEEKS_SHOWN).number}–{week.number}",
            show_mentor=sees_all,
            first_steps=self.get_first_steps(),
            **kwargs,
        )

    def get_first_steps(self):
        """Return [(label, URL)] of how the user may begin an empty register."""
        steps = [
            ("cases.take_in_mentee", "Indskriv den første ung", "take_in"),
            ("cases.import_register", "Importér fra et regneark", "import_register"),
        ]
        user, programme = self.request.user, self.request.programme
        return [
            (label, reverse(page)) for verb, label, page in steps if user.has_perm(verb, programme)
        ]

    def get_filters(self, mentees, on, filters_mentors):
        programme, mentors = self.request.programme, []
        if filters_mentors:
            users = Membership.objects.mentors_of(programme, on)
            mentors = list(users.values_list("pk", "name"))
        data = self.request.GET.copy()
        data["q"] = self.request.POST.get("q", "")
        last_met = Attendance.objects.last_met(on)
        return MenteeFilter(
            data,
            programme=programme,
            mentors=mentors,
            queryset=mentees.as_of(on).annotate(last_met=last_met),
        )

    @property
    def by_name(self):
        return self.request.GET.get(params.SORT) == params.BY_NAME

    def sorted_pks(self, mentees):
        """Return the pks in Danish alphabetical order, or longest without contact first."""
        values = mentees.order_by().values_list("pk", "name", Coalesce("last_met", "enrolled_on"))
        # Sorted here: the databases' collations do not sort æ, ø and å.
        ordered = sorted(values, key=lambda row: danish_order(row[1]))
        if not self.by_name:
            ordered.sort(key=lambda row: row[2])
        return [pk for pk, _, _ in ordered]
