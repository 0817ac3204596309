"""The list of young people."""

from django.core.paginator import Paginator
from django.db.models.functions import Coalesce
from django.views.generic import TemplateView

from cases.filters import MenteeFilter
from cases.mentee_rows import WEEKS_SHOWN, rows
from cases.models import Attendance, Membership, Mentee
from web.danish import danish_order
from web.dates import today
from web.views import ProgrammePermissionMixin
from web.weeks import Week

A_PAGE = 50


class MenteeList(ProgrammePermissionMixin, TemplateView):
    """Who waits longest stands first; the filters are in the address, so it can be sent to a colleague.

    A name somebody searches for is posted: it stands in no address, no history and no log.
    """

    template_name = "cases/mentees.html"
    permission_required = "cases.see_mentees"

    def post(self, request, *args, **kwargs):
        return self.get(request, *args, **kwargs)

    def get_template_names(self):
        return ["cases/_mentees.html"] if self.request.htmx else [self.template_name]

    def get_context_data(self, **kwargs):
        on, programme = today(), self.request.programme
        mine = Mentee.objects.visible_to(self.request.user).filter(programme=programme)
        every = self.request.user.has_perm("cases.match_mentor", programme)
        mentors = (
            list(Membership.objects.mentors_of(programme, on).values_list("pk", "name"))
            if every
            else []
        )
        asked = self.request.GET.copy()
        asked["q"] = self.request.POST.get("q", "")
        filters = MenteeFilter(
            asked,
            programme=programme,
            mentors=mentors,
            queryset=mine.as_of(on).annotate(last_met=Attendance.objects.last_met(on)),
        )
        found = self.sorted(filters.qs)
        page = Paginator(found, A_PAGE).get_page(self.request.GET.get("side"))
        shown = {
            row.pk: row
            for row in rows(Mentee.objects.filter(pk__in=page.object_list), programme, on)
        }
        week = Week.of(on)
        return super().get_context_data(
            form=filters.form,
            is_narrowed=filters.is_narrowed,
            rows=[shown[pk] for pk in page.object_list],
            page=page,
            found=len(found),
            total=mine.count(),
            by_name=self.by_name,
            weeks=f"{week.plus(1 - WEEKS_SHOWN).number}–{week.number}",
            goal_statuses=programme.goal_set,
            show_mentor=every,
            **kwargs,
        )

    @property
    def by_name(self):
        return self.request.GET.get("sorter") == "navn"

    def sorted(self, mentees):
        """The keys of the young people found, in the order asked for."""
        found = mentees.order_by().values_list("pk", "name", Coalesce("last_met", "enrolled_on"))
        order = sorted(
            found, key=lambda row: danish_order(row[1])
        )  # no database sorts æ, ø and å for us
        if not self.by_name:
            order.sort(key=lambda row: row[2])
        return [row[0] for row in order]
