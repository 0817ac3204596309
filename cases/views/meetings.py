from django.http import Http404
from django.views.generic import TemplateView

from cases import params
from cases.forms.meeting_entry import NewMeeting
from cases.models import Mentee
from cases.register import Register
from web import expired_session
from web.danish import danish_order
from web.dates import today
from web.views import ProgrammePermissionMixin, RecordView, is_uuid

from .base import MeetingMixin, UndoableMixin, visible_mentee


class MeetingFormView(UndoableMixin, MeetingMixin, RecordView):
    kept_data = None  # what was posted after the session had expired

    def get(self, request, *args, **kwargs):
        self.kept_data = expired_session.take(request)
        return super().get(request, *args, **kwargs)

    def get_form(self):
        data = self.request.POST if self.request.method == "POST" else self.kept_data
        return self.build_form(data)

    def build_form(self, data):
        """`data` None: not posted."""
        raise NotImplementedError

    def get_submit_key(self, form):
        return str(form.submit_key)

    def get_success_message(self, form):
        if form.is_repeated:
            return "Allerede gemt. Mødet står i historien én gang."
        return self.success_message

    def get_context_data(self, **kwargs):
        form = kwargs.pop("form", None) or self.get_form()
        stored = form.stored.attendances.visible_to(self.request.user) if form.stored else ()
        return super().get_context_data(
            was_signed_out=self.kept_data is not None,
            stored_attendances=stored and stored.select_related("mentee"),
            form=form,
            **kwargs,
        )


def mentees_in_progress(user, programme):
    """The Persons whom the user can log a meeting with, by name."""
    on = today()
    register = Register.visible_to(user, programme, on)
    return sorted(register.in_progress(on), key=lambda person: danish_order(person.name))


class ChooseMentee(ProgrammePermissionMixin, TemplateView):
    template_name = "cases/with_whom.html"
    permission_required = "cases.record_meeting"

    def get_context_data(self, **kwargs):
        people = mentees_in_progress(self.request.user, self.request.programme)
        return super().get_context_data(people=people, **kwargs)


class RecordMeeting(MeetingFormView):
    template_name = "cases/record_meeting.html"
    edits_companions = False

    def dispatch(self, request, *args, **kwargs):
        if request.method == "GET" and not request.GET.get(params.MENTEE):
            return ChooseMentee.as_view()(request)
        return super().dispatch(request, *args, **kwargs)

    def load(self):
        key = self.request.GET.get(params.MENTEE, "")
        if not is_uuid(key):
            raise Http404
        self.mentee = visible_mentee(self.request.user, uuid=key)
        self.companions = self.find_companions()

    def find_companions(self):
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

    def post(self, request, *args, **kwargs):
        if params.ADD_COMPANIONS in request.POST or params.REMOVE_COMPANION in request.POST:
            self.edits_companions = True
            return self.render_form(self.get_form(), status=200)
        return super().post(request, *args, **kwargs)

    def build_form(self, data):
        return NewMeeting(
            data, mentee=self.mentee, companions=self.companions, mentor=self.request.user
        )

    @property
    def success_message(self):
        return f"Gemt: mødet med {self.mentee.name}."

    def get_context_data(self, **kwargs):
        programme = self.mentee.programme
        taking_part = {self.mentee.pk, *(mentee.pk for mentee in self.companions)}
        people = mentees_in_progress(self.request.user, programme)
        return super().get_context_data(
            title="Log møde",
            age=self.mentee.age(today()),
            back_url=self.get_success_url(),
            back_label="Tilbage",
            draft_mode="draft" if programme.keeps_drafts else "no-drafts",
            edits_companions=self.edits_companions,
            possible_companions=[person for person in people if person.id not in taking_part],
            **kwargs,
        )
