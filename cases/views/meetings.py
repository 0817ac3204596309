"""Log a meeting: one form, saved as a whole and only once."""

import uuid

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.generic import TemplateView

from cases import params
from cases.forms.meeting import AttendanceForm, CompanionForm, MeetingForm
from cases.forms.meeting_followup import ChangesForm, NextAppointmentForm
from cases.models import Appointment, AttendanceOutcome, Meeting, Mentee, StatusChange
from cases.register import Register
from web import expired_session
from web.danish import danish_order
from web.dates import today
from web.form_errors import CombinedForms, add_errors
from web.views import ProgrammePermissionMixin, is_uuid

from . import conflicts
from .base import visible_mentee


class MeetingFormView(ProgrammePermissionMixin, TemplateView):
    """Base of logging and correcting a meeting: several forms on one page."""

    permission_required = "cases.record_meeting"

    def get_forms(self, data=None):
        """Return {name: form}, bound if `data` is given."""
        raise NotImplementedError

    def save_meeting(self, forms):
        """Save and return a response. Raises the exceptions of Meeting.record."""
        raise NotImplementedError

    def already_saved(self, forms):
        """Return the response if this form, or another correction of the meeting, is stored."""
        raise NotImplementedError

    def get(self, request, *args, **kwargs):
        data = expired_session.take(request)
        return self.render_page(self.get_forms(data), was_signed_out=data is not None)

    def post(self, request, *args, **kwargs):
        forms = self.get_forms(request.POST)
        if not all([form.is_valid() for form in forms.values()]):
            return self.render_page(forms, status=422)
        return self.forms_valid(forms)

    def forms_valid(self, forms):
        try:
            with transaction.atomic():
                return self.save_meeting(forms)
        except ValidationError as error:
            add_errors(forms["meeting"], error)
            return self.render_page(forms, status=422)
        except IntegrityError:
            return self.already_saved(forms)

    def render_page(self, forms, status=200, conflict=None, **context):
        """Return the page with the forms and, if given, a Conflict."""
        context = self.get_context_data(
            **forms, combined_forms=CombinedForms(forms.values()), conflict=conflict, **context
        )
        context["author"] = expired_session.author(self.request.user)
        if conflict and conflict.stored:
            visible = conflict.stored.attendances.visible_to(self.request.user)
            context["stored_attendances"] = visible.select_related("mentee")
        return render(self.request, self.template_name, context, status=status)

    def add_success_message(self, sentence, meeting):
        """Add the message; its tag, the submit key, lets drafts.js delete the draft."""
        messages.success(self.request, sentence, extra_tags=str(meeting.submit_key))


class RecordMeeting(MeetingFormView):
    """Log a meeting with the mentee that the URL names, and companions; without one, ask whom."""

    template_name = "cases/record_meeting.html"

    def dispatch(self, request, *args, **kwargs):
        key = request.GET.get(params.MENTEE, "")
        if not key:
            return self.choose_mentee()
        if not is_uuid(key):
            raise Http404
        # Before super(), which checks the permission against the request.programme set here.
        self.mentee = visible_mentee(request, uuid=key)
        self.companions = self.find_companions()
        return super().dispatch(request, *args, **kwargs)

    def choose_mentee(self):
        if not self.has_permission():
            return self.handle_no_permission()
        return render(self.request, "cases/with_whom.html", {"people": self.mentees_in_progress()})

    def mentees_in_progress(self):
        """Return the Persons whom the user can log a meeting with, by name."""
        mentees = Mentee.objects.visible_to(self.request.user)
        register = Register.load(
            mentees.filter(programme=self.request.programme), kinds=("statuses",)
        )
        return sorted(register.in_progress(today()), key=lambda person: danish_order(person.name))

    def find_companions(self):
        """Return the other mentees of a group meeting that the form names."""
        data = self.request.POST
        keys = [*data.getlist(params.COMPANION)]
        if params.ADD_COMPANIONS in data:
            keys += data.getlist(params.NEW_COMPANION)
        excluded = (data.get(params.REMOVE_COMPANION), str(self.mentee.uuid))
        keys = {key for key in keys if is_uuid(key) and key not in excluded}
        if not keys:
            return []
        mentees = Mentee.objects.visible_to(self.request.user).select_related("programme")
        return list(mentees.filter(programme=self.mentee.programme, uuid__in=keys).order_by("pk"))

    def get_forms(self, data=None):
        held = Meeting.objects.known().filter(
            attendances__mentee=self.mentee, attendances__outcome=AttendanceOutcome.MET
        )
        appointments = Appointment.objects.known().filter(mentee=self.mentee)
        forms = {
            "meeting": MeetingForm(data, usual=held.order_by("-held_on", "-pk").first()),
            "attendance": AttendanceForm(data, mentee=self.mentee, mentor=self.request.user),
            "appointment": NextAppointmentForm(
                data,
                planned=appointments.order_by("-on", "-pk").first(),
                prefix=params.NEXT_PREFIX,
            ),
            "changes": ChangesForm(
                data,
                mentee=self.mentee,
                status=StatusChange.objects.in_force(on=today()).filter(mentee=self.mentee).first(),
                prefix=params.CHANGES_PREFIX,
            ),
        }
        for mentee in self.companions:
            is_posted = data is not None and f"{mentee.uuid}-outcome" in data  # not just added
            forms[str(mentee.uuid)] = CompanionForm(data if is_posted else None, mentee=mentee)
        return forms

    def post(self, request, *args, **kwargs):
        if params.ADD_COMPANIONS in request.POST or params.REMOVE_COMPANION in request.POST:
            return self.render_page(self.get_forms(request.POST), edits_companions=True)
        return super().post(request, *args, **kwargs)

    def forms_valid(self, forms):
        # In this order: an identical form may be saved between the two queries.
        earlier = None
        if params.CONFIRM_ANOTHER not in self.request.POST:
            earlier = self.earlier_that_day(forms)
        submit_key = forms["meeting"].cleaned_data["submit_key"]
        if Meeting.objects.filter(submit_key=submit_key).exists():
            return self.already_saved(forms)
        if earlier:
            conflict = conflicts.same_day(earlier, self.mentee)
            return self.render_page(forms, status=409, conflict=conflict)
        return super().forms_valid(forms)

    def earlier_that_day(self, forms):
        """Return the user's meeting with one of the mentees on the same day, or None."""
        return (
            Meeting.objects.known()
            .filter(held_by=self.request.user, held_on=forms["meeting"].cleaned_data["held_on"])
            .filter(attendances__mentee__in=[self.mentee, *self.companions])
            .order_by("-pk")
            .first()
        )

    def build_meeting(self, forms):
        """Return (unsaved Meeting, [(unsaved Attendance, topics)])."""
        attendance, topics = forms["attendance"].build_attendance()
        attendances = [(attendance, topics)] + [
            form.build_attendance(topics)
            for form in forms.values()
            if isinstance(form, CompanionForm)
        ]
        was_held = any(row.outcome == AttendanceOutcome.MET for row, _ in attendances)
        meeting = forms["meeting"].build_meeting(self.mentee.programme, self.request.user, was_held)
        return meeting, attendances

    def save_meeting(self, forms):
        user = self.request.user
        meeting, attendances = self.build_meeting(forms)
        meeting.record(attendances, by=user)
        try:
            forms["changes"].record(self.mentee, on=meeting.held_on, by=user)
        except ValidationError as error:
            add_errors(forms["changes"], error)
            raise
        appointment = forms["appointment"].build_appointment(self.mentee)
        if appointment:
            appointment.make(by=user)
        self.add_success_message(f"Gemt: mødet med {self.mentee.name}.", meeting)
        return redirect(self.get_success_url())

    def already_saved(self, forms):
        """Redirect if the stored meeting is the same; else show it beside the form."""
        submit_key = forms["meeting"].cleaned_data["submit_key"]
        stored = Meeting.objects.filter(
            submit_key=submit_key, recorded_by=self.request.user
        ).first()
        meeting, attendances = self.build_meeting(forms)
        if stored and stored.is_same_as(meeting, [attendance for attendance, _ in attendances]):
            self.add_success_message("Allerede gemt. Mødet står i historien én gang.", stored)
            return redirect(self.mentee)
        data = self.request.POST.copy()
        data["submit_key"] = str(uuid.uuid4())
        return self.render_page(
            self.get_forms(data), status=409, conflict=conflicts.same_key(stored)
        )

    def get_success_url(self):
        is_mentor = self.request.user.has_perm("cases.have_mentees", self.request.programme)
        return reverse("my_week") if is_mentor else self.mentee.get_absolute_url()

    def get_context_data(self, **kwargs):
        companions = [form for form in kwargs.values() if isinstance(form, CompanionForm)]
        taking_part = {self.mentee.pk, *(mentee.pk for mentee in self.companions)}
        keeps_drafts = self.mentee.programme.keeps_drafts
        return super().get_context_data(
            title="Log møde",
            mentee=self.mentee,
            age=self.mentee.age(today()),
            back_url=self.get_success_url(),
            back_label="Tilbage",
            draft_mode="draft" if keeps_drafts else "no-drafts",
            companions=companions,
            possible_companions=[
                person for person in self.mentees_in_progress() if person.id not in taking_part
            ],
            **{
                name: value
                for name, value in kwargs.items()
                if not isinstance(value, CompanionForm)
            },
        )
