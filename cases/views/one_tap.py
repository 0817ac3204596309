from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect

from cases import sentences
from cases.forms.one_tap import OneTapForm
from web.views import RecordView

from .base import MeetingMixin, UndoableMixin


class RecordOutcome(UndoableMixin, MeetingMixin, RecordView):
    """Ask first if a meeting is logged today already."""

    template_name = "cases/one_tap_again.html"
    form_class = OneTapForm

    def get(self, request, *args, **kwargs):
        return redirect(self.get_success_url())

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"mentee": self.mentee, "mentor": self.request.user}

    def form_invalid(self, form):
        if not form.non_field_errors():
            raise Http404  # no page of the site posts it
        messages.warning(self.request, form.non_field_errors()[0])
        return redirect(self.get_success_url())

    def get_success_message(self, form):
        return sentences.outcome_today(self.mentee, form.outcome)
