"""Base views of pages about one mentee."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect
from django.views.generic import FormView

from cases.models import Mentee
from web.form_errors import add_errors
from web.views import ProgrammePermissionMixin


def visible_mentee(request, **lookup):
    """Return the mentee if visible to the user, else raise Http404.

    Sets `request.programme` to the mentee's, against which the permission is checked later.
    """
    mentees = Mentee.objects.visible_to(request.user).select_related("programme")
    mentee = get_object_or_404(mentees, **lookup)
    request.programme = mentee.programme
    return mentee


class MenteeMixin(ProgrammePermissionMixin):
    """Set `self.mentee` from the URL; 404 unless visible to the user."""

    def dispatch(self, request, *args, **kwargs):
        # Before super(), which checks the permission against the request.programme set here.
        self.mentee = self.find_mentee()
        return super().dispatch(request, *args, **kwargs)

    def find_mentee(self):
        return visible_mentee(self.request, uuid=self.kwargs["uuid"])

    def get_context_data(self, **kwargs):
        return super().get_context_data(mentee=self.mentee, **kwargs)

    def get_success_url(self):
        return self.mentee.get_absolute_url()


class MenteeFormView(MenteeMixin, FormView):
    """A small form about one mentee, saved by `save_form`.

    A ValidationError that `save_form` raises is shown in the form, which keeps its data.
    """

    template_name = "cases/small_form.html"
    permission_required = "cases.change_facts"
    form_takes_mentee = True  # whether the form class has an argument `mentee`
    title = ""
    button = "Gem"
    success_message = "Gemt."

    def get_form_kwargs(self):
        kwargs = super().get_form_kwargs()
        return kwargs | {"mentee": self.mentee} if self.form_takes_mentee else kwargs

    def get_context_data(self, **kwargs):
        return super().get_context_data(title=self.title, button=self.button, **kwargs)

    def save_form(self, form):
        form.record(self.request.user)

    def form_valid(self, form):
        try:
            with transaction.atomic():
                self.save_form(form)
        except ValidationError as error:
            add_errors(form, error)
            return self.form_invalid(form)
        messages.success(self.request, self.success_message)
        return redirect(self.get_success_url())

    def form_invalid(self, form):
        return self.render_to_response(self.get_context_data(form=form), status=422)
