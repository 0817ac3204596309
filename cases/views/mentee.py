from datetime import date

from django.contrib import messages
from django.urls import reverse
from django.views.generic import TemplateView

from cases import params, questions, sentences
from cases.definitions import definitions_of
from cases.forms.mentee import EditForm, TakeInForm
from cases.history import EVENT_KINDS, History
from cases.mentee_record import record_of
from cases.mentee_rows import next_appointment
from cases.models import Mentee, Transfer
from cases.running_mentors import RunningMentors
from cases.status_line import StatusLine
from web.dates import today
from web.views import RecordView

from .base import MenteeMixin


class MenteePage(MenteeMixin, TemplateView):
    template_name = "cases/mentee.html"
    permission_required = "cases.see_mentees"

    def get_context_data(self, **kwargs):
        on = today()
        self.goal_statuses = definitions_of(self.mentee.programme).goal(on).goal_set
        record = record_of(self.mentee, on)
        person = record.person
        history = History(record, self.mentee, self.goal_statuses, self.request.user)
        return super().get_context_data(
            **self.get_profile(person, on),
            **self.get_status_line(record, on),
            **self.get_contact(record, on),
            **self.get_history(history),
            transfers=self.get_transfers() if record.has_transfers else (),
            more=self.get_more(history, person, on),
            agreements=open_agreements(record.agreements, on),
            about=sentences.about(self.mentee, is_brief=self.mentee.is_substituted),
            goal_statuses=self.goal_statuses,
            **kwargs,
        )

    def get_profile(self, person, on):
        mentor, status = person.mentors.on(on), person.statuses.fact_on(on)
        is_mentor = self.request.user.has_perm("cases.have_mentees", self.request.programme)
        substitution = self.find_substitution(mentor, on)
        return {
            "back_url": reverse("my_week" if is_mentor else "mentees"),
            "back_label": "Min uge" if is_mentor else "Unge",
            "substituting": substitution
            and sentences.substituting_until(substitution, self.mentee.readable_from),
            "summary": sentences.profile_summary(
                self.mentee.age(on),
                person.areas.on(on),
                mentor,
                has_stopped=RunningMentors(self.mentee.programme, on).has_stopped(
                    mentor and mentor.pk
                ),
            ),
            "status": status and status.value,
            "status_label": status and sentences.status_since(status.value, status.since),
            "is_paused": person.pauses.on(on),
            "own_goal_source": sentences.own_goal_source(self.mentee),
        }

    def get_transfers(self):
        """[(sentence, URL)] of rows in other programmes, to who sees both."""
        both = Transfer.objects.about(self.mentee).visible_to(self.request.user)
        return [
            sentences.transfer(transfer, self.mentee)
            for transfer in both.select_related("mentee__programme", "entered__programme")
        ]

    def get_more(self, history, person, on):
        """[(label, URL)] that the user may follow."""
        pages = [
            ("Skift boligområde", "move"),
            ("Skift mentor", "match_mentor") if history.may_match else None,
            ("Afslut pause", "end_pause") if person.pauses.on(on) else ("Sæt på pause", "pause"),
            None if self.mentee.is_substituted else ("Ret oplysninger", "edit_mentee"),
        ]
        return [(page[0], reverse(page[1], args=[self.mentee.uuid])) for page in pages if page]

    def find_substitution(self, mentor, on):
        """The one that lets the user see the page, or None."""
        if not self.mentee.is_substituted:
            return None
        rows = questions.substitutions(
            substitute=self.request.user.pk,
            mentor=mentor.pk,
            programme=self.mentee.programme_id,
            on=on,
        )
        return next(rows, None)

    def get_status_line(self, record, on):
        person = record.person
        if not person.statuses.fact_on(on):
            return {"line": None}
        details = {
            fact.effective_on: fact.detail
            for fact in record.statuses
            if not fact.withdrawn_at and self.may_read_detail(person, fact)
        }
        return {"line": StatusLine(person, on, self.goal_statuses, details)}

    def may_read_detail(self, person, fact):
        """Whether the status held on a day that the user may read of."""
        first = self.mentee.readable_from
        in_force = first and person.statuses.fact_on(first)
        return fact.effective_on >= (in_force.since if in_force else first or date.min)

    def get_contact(self, record, on):
        return {
            "appointment": next_appointment(record.appointment, on),
            "plan_label": "Ny tid" if record.appointment else "Aftal tid",
            "strip": record.strip,
            "last_met": sentences.last_met_text(record.last_met, on),
        }

    def get_history(self, history):
        kind = self.request.GET.get(params.EVENT_KIND, "")
        return {
            "days": history.days(kind if kind in dict(EVENT_KINDS) else ""),
            "kinds": [
                (label, f"?{f'{params.EVENT_KIND}={slug}' if slug else ''}#historie", slug == kind)
                for slug, label in EVENT_KINDS
            ],
        }


def open_agreements(agreements, on):
    """[(Agreement, is overdue, sentence)]"""
    return [
        (agreement, agreement.due_on < on, sentences.agreement_state(agreement, on))
        for agreement in agreements
        if agreement.is_open
    ]


class MenteeDetailsFormView(RecordView):
    """Says when age or gender is outside the target group."""

    def add_messages(self, form, rows):
        super().add_messages(form, rows)
        for hint in form.hints():
            messages.info(self.request, hint)

    def get_success_url(self):
        return self.mentee.get_absolute_url()


class TakeIn(MenteeDetailsFormView):
    template_name = "cases/take_in.html"
    permission_required = "cases.take_in_mentee"
    form_class = TakeInForm

    def get_form_kwargs(self):
        kwargs = {"programme": self.request.programme, "user": self.request.user}
        return super().get_form_kwargs() | kwargs

    def record(self, form):
        self.mentee = form.instance
        return super().record(form)

    def get_success_message(self, form):
        return f"{self.mentee.name} er indskrevet."


class EditMentee(MenteeMixin, MenteeDetailsFormView):
    template_name = "cases/edit_mentee.html"
    permission_required = "cases.change_facts"
    form_class = EditForm
    success_message = "Oplysningerne er gemt."

    def has_permission(self):
        """A substitute does not see why the mentee is here, and so does not edit the details."""
        return super().has_permission() and not self.mentee.is_substituted

    def get_form_kwargs(self):
        # A separate instance: the form changes its own before it is valid, the heading must not.
        instance = Mentee.objects.get(pk=self.mentee.pk)
        kwargs = {"programme": self.mentee.programme, "instance": instance}
        return super().get_form_kwargs() | kwargs
