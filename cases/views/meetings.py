"""Logging a meeting, correcting one, and the one-tap outcomes of Min uge."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST
from django.views.generic import FormView, TemplateView

from cases.danish import danish_order
from cases.dates import today
from cases.forms.errors import Together, add_errors
from cases.forms.facts import WithdrawForm
from cases.forms.meeting import AttendanceForm, HappenedForm, MeetingForm, NextForm
from cases.models import Appointment, Attendance, Form, Meeting, Mentee, Outcome, StatusChange
from cases.models.status import ENDED

from .base import Allowed, visible_mentee
from .week import is_uuid

QUICK = (Outcome.NO_SHOW, Outcome.TRIED)


class MeetingPage(Allowed, TemplateView):
    """What logging and correcting share: a few small forms on one page, saved together or not at all."""

    template_name = "cases/meeting.html"
    permission_required = "cases.record_meeting"

    def forms(self, data=None):
        """{name: form}, bound when `data` is given."""
        raise NotImplementedError

    def save(self, forms):
        """Write the meeting; ValidationError and IntegrityError as Meeting.record."""
        raise NotImplementedError

    def get(self, request, *args, **kwargs):
        return self.show(self.forms())

    def post(self, request, *args, **kwargs):
        forms = self.forms(request.POST)
        if not all([form.is_valid() for form in forms.values()]):
            return self.show(forms, status=422)
        try:
            with transaction.atomic():
                return self.save(forms)
        except ValidationError as error:
            add_errors(forms["meeting"], error)
            return self.show(forms, status=422)
        except IntegrityError:
            return self.saved_before(forms)

    def show(self, forms, status=200, **more):
        context = self.get_context_data(**forms, together=Together(forms.values()), **more)
        return render(self.request, self.template_name, context, status=status)


class RecordMeeting(MeetingPage):
    """A new meeting with the young person `?ung=`; without one, the page asks with whom."""

    def dispatch(self, request, *args, **kwargs):
        key = request.GET.get("ung", "")
        if not key:
            return self.ask_with_whom()
        if not is_uuid(key):
            raise Http404
        self.mentee = visible_mentee(request, uuid=key)
        return super().dispatch(request, *args, **kwargs)

    def ask_with_whom(self):
        if not self.has_permission():
            return self.handle_no_permission()
        mine = Mentee.objects.visible_to(self.request.user).filter(programme=self.request.programme).as_of(today())
        mentees = sorted(mine.exclude(status__in=ENDED), key=lambda mentee: danish_order(mentee.name))
        return render(self.request, "cases/with_whom.html", {"mentees": mentees})

    def forms(self, data=None):
        usual = Meeting.objects.known().filter(attendances__mentee=self.mentee, attendances__outcome=Outcome.MET)
        planned = Appointment.objects.known().filter(mentee=self.mentee).order_by("-on", "-pk").first()
        status = StatusChange.objects.in_force(on=today()).filter(mentee=self.mentee).first()
        return {
            "meeting": MeetingForm(data, usual=usual.order_by("-held_on", "-pk").first()),
            "attendance": AttendanceForm(data, mentee=self.mentee),
            "next": NextForm(data, planned=planned, prefix="naeste"),
            "happened": HappenedForm(data, mentee=self.mentee, status=status, prefix="nyt"),
        }

    def save(self, forms):
        user = self.request.user
        meeting = forms["meeting"].meeting(self.mentee.programme, held_by=user)
        meeting.record([forms["attendance"].attendance()], by=user)
        try:
            forms["happened"].write(self.mentee, on=meeting.held_on, by=user)
        except ValidationError as error:
            add_errors(forms["happened"], error)
            raise
        appointment = forms["next"].appointment(self.mentee)
        if appointment:
            appointment.make(by=user)
        messages.success(self.request, f"Gemt: mødet med {self.mentee.name}.", extra_tags=str(meeting.submit_key))
        return redirect(self.after())

    def saved_before(self, forms):
        messages.info(self.request, "Allerede gemt. Mødet står i historien én gang.")
        return redirect(self.mentee)

    def after(self):
        mentor = self.request.user.has_perm("cases.have_mentees", self.request.programme)
        return reverse("my_week") if mentor else self.mentee.get_absolute_url()

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            title="Log møde", mentee=self.mentee, age=self.mentee.age(today()), back=self.after(), **kwargs
        )


class OfMeeting(Allowed):
    """A page about one meeting the user may correct: his own, or any in the programme for a coordinator."""

    permission_required = "cases.record_meeting"

    def dispatch(self, request, *args, **kwargs):
        meetings = Meeting.objects.visible_to(request.user).select_related("programme")
        self.meeting = get_object_or_404(meetings, uuid=kwargs["meeting"])
        request.programme = self.meeting.programme
        seen = self.meeting.attendances.filter(mentee__in=Mentee.objects.visible_to(request.user))
        self.attendances = list(seen.select_related("mentee__programme").order_by("pk"))
        self.mentee = self.attendances[0].mentee
        mine = self.meeting.held_by_id == request.user.pk
        if not (mine or request.user.has_perm("cases.correct_any_meeting", self.meeting.programme)):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class CorrectMeeting(OfMeeting, MeetingPage):
    """A correction is a new version. Of two people correcting the same one, the second is shown both texts."""

    def get(self, request, *args, **kwargs):
        newest = self.newest()
        if newest != self.meeting:
            return redirect("correct_meeting", newest.uuid)
        if self.meeting.withdrawn_at:
            raise Http404
        return super().get(request, *args, **kwargs)

    def newest(self):
        meeting = self.meeting
        while following := Meeting.objects.filter(replaces=meeting).first():
            meeting = following
        return meeting

    def forms(self, data=None):
        forms = {"meeting": MeetingForm(data, meeting=self.meeting)}
        for attendance in self.attendances:
            forms[str(attendance.mentee.uuid)] = AttendanceForm(
                data, mentee=attendance.mentee, attendance=attendance, prefix=str(attendance.mentee.uuid)
            )
        return forms

    def post(self, request, *args, **kwargs):
        if self.meeting.withdrawn_at:
            return self.saved_before(self.forms(request.POST))
        return super().post(request, *args, **kwargs)

    def save(self, forms):
        user = self.request.user
        corrected = forms["meeting"].meeting(
            self.meeting.programme, held_by=self.meeting.held_by, replaces=self.meeting
        )
        rows = [form.attendance() for name, form in forms.items() if name != "meeting"]
        unseen = self.meeting.attendances.exclude(pk__in=[a.pk for a in self.attendances]).prefetch_related("topics")
        rows += [(Attendance(mentee_id=a.mentee_id, outcome=a.outcome, note=a.note), a.topics.all()) for a in unseen]
        corrected.record(rows, by=user)
        messages.success(self.request, "Rettelsen er gemt.")
        return redirect(self.mentee)

    def saved_before(self, forms):
        """Somebody was first, or the same form came twice: show what is stored beside what was typed."""
        for form in forms.values():
            form.is_valid()
        stored = self.newest()
        seen = stored.attendances.filter(mentee__in=[a.mentee for a in self.attendances]).select_related("mentee")
        return self.show(forms, status=409, stored=stored, stored_attendances=list(seen))

    def get_context_data(self, **kwargs):
        forms = [(name, form) for name, form in kwargs.items() if isinstance(form, AttendanceForm)]
        kwargs = {name: value for name, value in kwargs.items() if not isinstance(value, AttendanceForm)}
        return super().get_context_data(
            title="Ret møde",
            corrected=self.meeting,
            mentee=self.mentee,
            attendance_forms=[form for _, form in forms],
            back=self.mentee.get_absolute_url(),
            **kwargs,
        )


class WithdrawMeeting(OfMeeting, FormView):
    """A meeting that never was is withdrawn with a reason and stays readable."""

    template_name = "cases/small_form.html"
    form_class = WithdrawForm

    def get_context_data(self, **kwargs):
        words = {"title": "Træk møde tilbage", "button": "Træk tilbage", "about": str(self.meeting)}
        return super().get_context_data(mentee=self.mentee, **words, **kwargs)

    def form_valid(self, form):
        try:
            form.write(self.meeting, self.request.user)
        except ValidationError as error:
            add_errors(form, error)
            return self.form_invalid(form)
        messages.success(self.request, "Mødet er trukket tilbage og kan stadig læses i historien.")
        return redirect(self.mentee)

    def form_invalid(self, form):
        return self.render_to_response(self.get_context_data(form=form), status=422)


@require_POST
def quick_record(request, uuid):
    """Udeblevet or Forsøgt, today, in one tap from Min uge."""
    mentee = visible_mentee(request, uuid=uuid)
    if not request.user.has_perm("cases.record_meeting", mentee.programme):
        raise PermissionDenied
    outcome, key = request.POST.get("udfald"), request.POST.get("submit_key", "")
    if outcome not in QUICK or not is_uuid(key):
        raise Http404
    meeting = Meeting(
        programme=mentee.programme,
        held_on=today(),
        form=Form.PHONE if outcome == Outcome.TRIED else Form.AREA,
        held_by=request.user,
        submit_key=key,
    )
    try:
        with transaction.atomic():
            meeting.record([(Attendance(mentee=mentee, outcome=outcome), [])], by=request.user)
    except IntegrityError:  # the same tap twice: the first one counts
        meeting = get_object_or_404(Meeting.objects.visible_to(request.user), submit_key=key)
    return redirect(f"{reverse('my_week')}?gemt={meeting.uuid}")


@require_POST
def undo_quick_record(request, meeting):
    """Take back what one has just logged with one tap."""
    mine = Meeting.objects.known().visible_to(request.user).filter(recorded_by=request.user, held_on=today())
    get_object_or_404(mine, uuid=meeting).withdraw(by=request.user, reason="Fortrudt med det samme")
    messages.success(request, "Fortrudt. Der er ikke logget noget.")
    return redirect("my_week")
