from django.contrib import messages
from django.http import Http404
from django.urls import reverse

from cases import questions, undo
from web.dates import today
from web.views import ProgrammePermissionMixin, RecordView


def visible_mentee(user, *, uuid=None, key=None):
    """Raise Http404 if the user may not see the mentee."""
    asked = {"user": user.pk, "on": today()}
    if uuid is not None:
        rows = questions.visible_mentee(**asked, uuid=uuid)
    else:
        rows = questions.visible_mentee_by_key(**asked, key=key)
    for mentee in rows:
        return mentee
    raise Http404


class MenteeMixin(ProgrammePermissionMixin):
    """404 unless visible to the user."""

    def load(self):
        self.mentee = visible_mentee(self.request.user, uuid=self.kwargs["uuid"])

    def get_programme(self):
        return self.mentee.programme

    def get_context_data(self, **kwargs):
        return super().get_context_data(mentee=self.mentee, **kwargs)

    def get_success_url(self):
        return self.mentee.get_absolute_url()


class MeetingMixin(MenteeMixin):
    """A mentor comes back to Min uge."""

    permission_required = "cases.record_meeting"

    def get_success_url(self):
        is_mentor = self.request.user.has_perm("cases.have_mentees", self.get_programme())
        return reverse("my_week") if is_mentor else self.mentee.get_absolute_url()


class UndoableMixin:
    """Offer to undo what the form has written, in the message that says it is saved."""

    def add_messages(self, form, rows):
        offer = undo.offer(rows, by=self.request.user, back=self.get_success_url())
        tags = f"{self.get_submit_key(form)} {offer}"  # read by templates/_messages.html
        messages.success(self.request, self.get_success_message(form), extra_tags=tags)

    def get_submit_key(self, form):
        """The key under which the browser keeps a draft; drafts.js deletes it."""
        return ""


class MenteeFormView(UndoableMixin, MenteeMixin, RecordView):
    template_name = "cases/small_form.html"
    permission_required = "cases.change_facts"
    form_takes = "mentee"  # the attribute of the view that is an argument of the form
    title = ""
    button = "Gem"

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {self.form_takes: getattr(self, self.form_takes)}

    def get_context_data(self, **kwargs):
        return super().get_context_data(title=self.title, button=self.button, **kwargs)
