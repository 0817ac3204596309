"""Min uge: a mentor's young people, those who need contact first."""

from django.views.generic import TemplateView

from cases import weekly_contact
from cases.mentee_rows import rows
from cases.models import AttendanceOutcome, Meeting, Mentee
from cases.weekly_contact import MARK_OF
from web.dates import hours, today
from web.views import ProgrammePermissionMixin, is_uuid
from web.weeks import Week


class MyWeek(ProgrammePermissionMixin, TemplateView):
    template_name = "cases/my_week.html"
    permission_required = "cases.have_mentees"

    def get_context_data(self, **kwargs):
        on = today()
        week = Week.of(on)
        mine = Mentee.objects.visible_to(self.request.user).filter(programme=self.request.programme)
        active = [
            row
            for row in rows(mine, self.request.programme, on)
            if row.status and row.status.in_progress
        ]
        missing = sorted((row for row in active if row.needs_contact), key=lambda row: row.urgency)
        paused = [row for row in active if row.paused and not row.needs_contact]
        calm = [row for row in active if not row.needs_contact and not row.paused]
        expected = sum(row.expected for row in active)
        return super().get_context_data(
            week=week,
            hours=hours(
                weekly_contact.minutes(self.request.user, self.request.programme, week.monday, on)
            ),
            missing=missing,
            calm=sorted(calm, key=lambda row: row.last_contact_on, reverse=True),
            paused=paused,
            made=expected - len(missing),
            expected=expected,
            me=self.request.user.pk,
            goal_statuses=self.request.programme.goal_set,
            just_saved=self.just_saved(),
            **kwargs,
        )

    def just_saved(self):
        """The attendance that one tap has just logged, so that it can be undone; None otherwise."""
        key = self.request.GET.get("gemt", "")
        if not is_uuid(key):
            return None
        mine = (
            Meeting.objects.known()
            .visible_to(self.request.user)
            .filter(uuid=key, recorded_by=self.request.user)
        )
        meeting = mine.prefetch_related("attendances__mentee").first()
        return meeting and {
            "meeting": meeting,
            "name": meeting.attendances.all()[0].mentee.name,
            "words": MARK_OF[AttendanceOutcome(meeting.attendances.all()[0].outcome)].word,
        }
