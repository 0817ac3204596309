from dataclasses import dataclass

from django.views.generic import TemplateView

from cases import weekly_contact
from cases.mentee_rows import rows_of
from cases.register import Register
from web.dates import hours, today
from web.svg import week_dots
from web.views import ProgrammePermissionMixin
from web.weeks import Week


@dataclass(frozen=True)
class Section:
    ident: str
    heading: str
    rows: list
    row_template: str
    css: str = "person person-calm"


class MyWeek(ProgrammePermissionMixin, TemplateView):
    template_name = "cases/my_week.html"
    permission_required = "cases.have_mentees"

    def get_context_data(self, **kwargs):
        on = today()
        user, programme, week = self.request.user, self.request.programme, Week.of(on)
        register = Register.visible_to(user, programme, on)
        active = rows_of(register.in_progress(on), programme, on)
        expected = sum(row.expected for row in active)
        missing = sum(row.needs_contact for row in active)
        minutes = weekly_contact.minutes(user, programme, week.monday, on)
        return super().get_context_data(
            week=week,
            time_spent=f"{hours(minutes)} til møder i denne uge" if minutes else "",
            has_mentees=bool(active),
            sections=[
                (section, [(row, self.draw(row, section.row_template)) for row in section.rows])
                for section in get_sections(active)
            ],
            made=expected - missing,
            expected=expected,
            dots=week_dots(expected - missing, missing) if expected else "",
            **kwargs,
        )

    def draw(self, row, template):
        return row.draw(template, is_substitute=row.mentor_id != self.request.user.pk)


def get_sections(active):
    missing = [row for row in active if row.needs_contact]
    missing.sort(key=lambda row: row.urgency)
    others = [row for row in active if not row.needs_contact]
    paused = [row for row in others if row.paused]
    contacted = [row for row in others if not row.paused]
    contacted.sort(key=lambda row: row.last_contact_on, reverse=True)
    contacted_heading = "Kontakt i denne uge" if missing else "Alle har haft kontakt"
    sections = [
        Section("nu", "Mangler kontakt", missing, "cases/_person_missing.html", "person"),
        Section("moedt", contacted_heading, contacted, "cases/_person_contacted.html"),
        Section("pause", "Pause", paused, "cases/_person_paused.html"),
    ]
    return [section for section in sections if section.rows]
