"""The person's page, taking a young person in, and mending what was written about one."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.shortcuts import redirect
from django.views.generic import FormView, TemplateView

from cases import weekly_contact
from cases.forms.mentee import EditForm, TakeInForm
from cases.history import KINDS, History
from cases.mentee_rows import WEEKS_SHOWN, appointment_words
from cases.models import Agreement, Appointment, Mentee, Substitution
from cases.status_line import StatusLine
from cases.weekly_contact import WeeklyMarks
from web.dates import day_and_month, days_ago, today
from web.form_errors import add_errors
from web.views import ProgrammePermissionMixin
from web.weeks import Week, last_weeks

from .base import MenteeMixin


class MenteePage(MenteeMixin, TemplateView):
    """Who, where, which mentor, status since when; own goal; the status line; what is agreed; the story by day."""

    template_name = "cases/mentee.html"
    permission_required = "cases.see_mentees"

    def get_context_data(self, **kwargs):
        on, goal = today(), self.mentee.programme.goal_set
        story = History(self.mentee, goal, self.request.user)
        person = story.person
        status, met = (
            person.statuses.fact_on(on),
            weekly_contact.last_met([self.mentee.pk], on).get(self.mentee.pk),
        )
        weeks = last_weeks(WEEKS_SHOWN, Week.of(on))
        marks = WeeklyMarks(weekly_contact.contacts([self.mentee.pk], weeks[0].monday, on))
        kind = self.request.GET.get("vis", "")
        following = Appointment.objects.coming(on=on).filter(mentee=self.mentee).first()
        agreements = [
            a
            for a in story.agreements
            if a.outcome == Agreement.Outcome.OPEN and not a.withdrawn_at
        ]
        details = {
            fact.effective_on: fact.detail for fact in story.statuses if not fact.withdrawn_at
        }
        return super().get_context_data(
            age=self.mentee.age(on),
            status=status and status.value,
            status_words=status and f"{status.value.label}, siden {day_and_month(status.since)}",
            stands_in=self.stands_in(person.mentors.on(on), on),
            area=person.areas.on(on),
            mentor=person.mentors.on(on),
            is_paused=person.pauses.on(on),
            line=StatusLine(person, on, goal, details) if status else None,
            strip=[(week, marks.mark(person, week)) for week in weeks],
            last_met=last_met_words(met, on) if met else "Endnu ikke mødt",
            following=following and appointment_words(following, on),
            place=following.place if following else "",
            agreements=agreements,
            today=on,
            days=story.days(kind if kind in dict(KINDS) else ""),
            kinds=[(slug, word, slug == kind) for slug, word in KINDS],
            criteria=[label for name, label in Mentee.CRITERIA if getattr(self.mentee, name)],
            goal_statuses=goal,
            **kwargs,
        )

    def stands_in(self, mentor, on):
        """The Substitution by which the user sees the page today; None for the mentor himself and the coordinator."""
        if mentor is None or mentor == self.request.user:
            return None
        standing_in = Substitution.objects.running(on).filter(
            substitute=self.request.user, mentor=mentor
        )
        return standing_in.filter(programme=self.mentee.programme).first()


def last_met_words(day, on):
    """'Sidst mødt for 9 dage siden', 'Sidst mødt i går'"""
    return f"Sidst mødt {'for ' if (on - day).days > 1 else ''}{days_ago(day, on)}"


class MenteeDetailsFormView(FormView):
    """What intake and mending share: what the register refuses comes back at its field."""

    def form_valid(self, form):
        try:
            with transaction.atomic():
                mentee = self.record(form)
        except ValidationError as error:
            add_errors(form, error)
            return self.form_invalid(form)
        messages.success(self.request, self.saved_words(mentee))
        for hint in form.hints():
            messages.info(self.request, hint)
        return redirect(mentee)

    def record(self, form):
        return form.save()

    def form_invalid(self, form):
        status = 409 if getattr(form, "is_conflict", False) else 422
        return self.render_to_response(self.get_context_data(form=form), status=status)


class TakeIn(ProgrammePermissionMixin, MenteeDetailsFormView):
    template_name = "cases/take_in.html"
    permission_required = "cases.take_in_mentee"
    form_class = TakeInForm

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {
            "programme": self.request.programme,
            "user": self.request.user,
        }

    def saved_words(self, mentee):
        return f"{mentee.name} er indskrevet."


class EditMentee(MenteeMixin, MenteeDetailsFormView):
    template_name = "cases/edit_mentee.html"
    permission_required = "cases.change_facts"
    form_class = EditForm

    def get_form_kwargs(self):
        # A row of its own: the form changes it, and the page's heading must not change. A form that
        # is sent locks it, so that of two at once the second sees what the first one saved.
        mentees = Mentee.objects.filter(pk=self.mentee.pk)
        fresh = (mentees.select_for_update() if self.request.method == "POST" else mentees).get()
        return super().get_form_kwargs() | {"programme": self.mentee.programme, "instance": fresh}

    def record(self, form):
        return form.record(by=self.request.user)

    def saved_words(self, mentee):
        return "Oplysningerne er gemt."
