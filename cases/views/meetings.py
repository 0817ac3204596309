"""Logging a meeting: one form, saved whole or not at all, and never twice."""

import uuid

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.generic import TemplateView

from cases.forms.meeting import AttendanceForm, CompanionForm, MeetingForm
from cases.forms.meeting_followup import ChangesForm, NextAppointmentForm
from cases.models import Appointment, AttendanceOutcome, Meeting, Mentee, StatusChange
from cases.register import Register
from web import expired_session
from web.danish import danish_order
from web.dates import today
from web.form_errors import CombinedForms, add_errors
from web.views import ProgrammePermissionMixin, is_uuid

from .base import visible_mentee


class MeetingFormView(ProgrammePermissionMixin, TemplateView):
    """What logging and correcting share: a few small forms on one page."""

    template_name = "cases/meeting.html"
    permission_required = "cases.record_meeting"

    def forms(self, data=None):
        """{name: form}, bound when `data` is given."""
        raise NotImplementedError

    def save(self, forms):
        """Write the meeting and answer; ValidationError and IntegrityError as Meeting.record."""
        raise NotImplementedError

    def saved_before(self, forms):
        """The answer when the database has this form, or another correction of the same meeting, already."""
        raise NotImplementedError

    def get(self, request, *args, **kwargs):
        typed = expired_session.take(request)
        return self.show(self.forms(typed), was_kept=typed is not None)

    def post(self, request, *args, **kwargs):
        forms = self.forms(request.POST)
        if not all([form.is_valid() for form in forms.values()]):
            return self.show(forms, status=422)
        return self.write(forms)

    def write(self, forms):
        try:
            with transaction.atomic():
                return self.save(forms)
        except ValidationError as error:
            add_errors(forms["meeting"], error)
            return self.show(forms, status=422)
        except IntegrityError:
            return self.saved_before(forms)

    def show(self, forms, status=200, beside=None, **more):
        """The page; `beside` is a stored Meeting to be read beside the form, and `why` in `more` the reason."""
        context = self.get_context_data(
            **forms, together=CombinedForms(forms.values()), beside=beside, **more
        )
        context["author"] = expired_session.author(self.request.user)
        if beside:
            context["beside_attendances"] = beside.attendances.visible_to(
                self.request.user
            ).select_related("mentee")
        return render(self.request, self.template_name, context, status=status)


class RecordMeeting(MeetingFormView):
    """A new meeting with the young person `?ung=`, and whoever else was there; without one, the page asks with whom."""

    def dispatch(self, request, *args, **kwargs):
        key = request.GET.get("ung", "")
        if not key:
            return self.ask_with_whom()
        if not is_uuid(key):
            raise Http404
        self.mentee = visible_mentee(request, uuid=key)
        self.companions = self.find_companions()
        return super().dispatch(request, *args, **kwargs)

    def ask_with_whom(self):
        if not self.has_permission():
            return self.handle_no_permission()
        return render(self.request, "cases/with_whom.html", {"people": self.people()})

    def people(self):
        """Whom the user can log a meeting with, by name."""
        mine = Mentee.objects.visible_to(self.request.user).filter(programme=self.request.programme)
        people = Register.load(mine, kinds=("statuses",)).in_progress(today())
        return sorted(people, key=lambda person: danish_order(person.name))

    def find_companions(self):
        """The others of a group, as the form names them: `med`, and those just added or taken away."""
        data = self.request.POST
        named = data.getlist("med") + (data.getlist("tilfoej") if "flere" in data else [])
        keys = {key for key in named if is_uuid(key) and key != data.get("fjern")} - {
            str(self.mentee.uuid)
        }
        if not keys:
            return []
        mine = Mentee.objects.visible_to(self.request.user).filter(programme=self.mentee.programme)
        return list(mine.filter(uuid__in=keys).select_related("programme").order_by("pk"))

    def forms(self, data=None):
        usual = Meeting.objects.known().filter(
            attendances__mentee=self.mentee, attendances__outcome=AttendanceOutcome.MET
        )
        planned = (
            Appointment.objects.known().filter(mentee=self.mentee).order_by("-on", "-pk").first()
        )
        status = StatusChange.objects.in_force(on=today()).filter(mentee=self.mentee).first()
        forms = {
            "meeting": MeetingForm(data, usual=usual.order_by("-held_on", "-pk").first()),
            "attendance": AttendanceForm(data, mentee=self.mentee, mentor=self.request.user),
            "next": NextAppointmentForm(data, planned=planned, prefix="naeste"),
            "happened": ChangesForm(data, mentee=self.mentee, status=status, prefix="nyt"),
        }
        for mentee in self.companions:
            sent = data is not None and f"{mentee.uuid}-outcome" in data
            forms[str(mentee.uuid)] = CompanionForm(data if sent else None, mentee=mentee)
        return forms

    def post(self, request, *args, **kwargs):
        if (
            "flere" in request.POST or "fjern" in request.POST
        ):  # somebody joins or leaves; nothing is saved yet
            return self.show(self.forms(request.POST), is_group=True)
        return super().post(request, *args, **kwargs)

    def write(self, forms):
        # In this order: of two equal forms at once the second may find the first one's meeting here, and then its key.
        again = None if "nyt_moede" in self.request.POST else self.earlier_that_day(forms)
        if Meeting.objects.filter(submit_key=forms["meeting"].cleaned_data["submit_key"]).exists():
            return self.saved_before(forms)
        return (
            self.show(forms, status=409, beside=again, why="again")
            if again
            else super().write(forms)
        )

    def earlier_that_day(self, forms):
        """The user's meeting with one of them on the same day, None when there is none: asked about once."""
        mine = Meeting.objects.known().filter(
            held_by=self.request.user, held_on=forms["meeting"].cleaned_data["held_on"]
        )
        return (
            mine.filter(attendances__mentee__in=[self.mentee, *self.companions])
            .order_by("-pk")
            .first()
        )

    def attendances(self, forms):
        """[(Attendance, topics)] of everybody who was there."""
        first, topics = forms["attendance"].attendance()
        others = [
            form.attendance(topics) for form in forms.values() if isinstance(form, CompanionForm)
        ]
        return [(first, topics), *others]

    def described(self, forms):
        """The Meeting and the attendances of the forms, not written yet."""
        attendances = self.attendances(forms)
        was_held = any(attendance.outcome == AttendanceOutcome.MET for attendance, _ in attendances)
        return forms["meeting"].meeting(
            self.mentee.programme, self.request.user, was_held
        ), attendances

    def save(self, forms):
        user = self.request.user
        meeting, attendances = self.described(forms)
        meeting.record(attendances, by=user)
        try:
            forms["happened"].write(self.mentee, on=meeting.held_on, by=user)
        except ValidationError as error:
            add_errors(forms["happened"], error)
            raise
        appointment = forms["next"].appointment(self.mentee)
        if appointment:
            appointment.make(by=user)
        self.say(f"Gemt: mødet med {self.mentee.name}.", meeting)
        return redirect(self.after())

    def saved_before(self, forms):
        """The same form came before: with the same text it is saved already; with another, both are shown."""
        key = forms["meeting"].cleaned_data["submit_key"]
        stored = Meeting.objects.filter(submit_key=key, recorded_by=self.request.user).first()
        meeting, attendances = self.described(forms)
        if stored and stored.is_same_as(meeting, [attendance for attendance, _ in attendances]):
            self.say("Allerede gemt. Mødet står i historien én gang.", stored)
            return redirect(self.mentee)
        data = self.request.POST.copy()
        data["submit_key"] = str(uuid.uuid4())
        return self.show(self.forms(data), status=409, beside=stored, why="sent_before")

    def say(self, words, meeting):
        messages.success(self.request, words, extra_tags=str(meeting.submit_key))

    def after(self):
        mentor = self.request.user.has_perm("cases.have_mentees", self.request.programme)
        return reverse("my_week") if mentor else self.mentee.get_absolute_url()

    def get_context_data(self, **kwargs):
        companions = [form for form in kwargs.values() if isinstance(form, CompanionForm)]
        taken = {self.mentee.pk, *(mentee.pk for mentee in self.companions)}
        return super().get_context_data(
            title="Log møde",
            mentee=self.mentee,
            age=self.mentee.age(today()),
            back=self.after(),
            companions=companions,
            others=[person for person in self.people() if person.id not in taken],
            **{
                name: value
                for name, value in kwargs.items()
                if not isinstance(value, CompanionForm)
            },
        )
