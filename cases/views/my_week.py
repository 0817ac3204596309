"""Min uge: a mentor's mentees, those who need contact first."""

from django.views.generic import TemplateView

from cases import weekly_contact
from cases.mentee_rows import rows
from cases.models import Mentee
from web.dates import hours, today
from web.views import ProgrammePermissionMixin
from web.weeks import Week


class MyWeek(ProgrammePermissionMixin, TemplateView):
    template_name = "cases/my_week.html"
    permission_required = "cases.have_mentees"

    def get_context_data(self, **kwargs):
        on = today()
        user, programme, week = self.request.user, self.request.programme, Week.of(on)
        mentees = Mentee.objects.visible_to(user).filter(programme=programme)
        active = [
            row for row in rows(mentees, programme, on) if row.status and row.status.in_progress
        ]
        missing = [row for row in active if row.needs_contact]
        paused = [row for row in active if row.paused and not row.needs_contact]
        contacted = [row for row in active if not row.needs_contact and not row.paused]
        expected = sum(row.expected for row in active)
        minutes = weekly_contact.minutes(user, programme, week.monday, on)
        return super().get_context_data(
            week=week,
            time_spent=f"{hours(minutes)} til møder i denne uge" if minutes else "",
            has_mentees=bool(active),
            missing=sorted(missing, key=lambda row: row.urgency),
            contacted=sorted(contacted, key=lambda row: row.last_contact_on, reverse=True),
            contacted_heading="Kontakt i denne uge" if missing else "Alle har haft kontakt",
            paused=paused,
            made=expected - len(missing),
            expected=expected,
            me=user.pk,
            goal_statuses=programme.goal_set,
            **kwargs,
        )
