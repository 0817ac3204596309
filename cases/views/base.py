"""What the pages about young people share: what one must be allowed to, and whose rows one sees."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect
from django.views.generic import FormView

from cases.models import Mentee
from web.form_errors import add_errors
from web.views import ProgrammePermissionMixin


def visible_mentee(request, **lookup):
    """The one young person of the user's, and the page's programme becomes that person's. Anyone else's is a 404."""
    mentees = Mentee.objects.visible_to(request.user).select_related("programme")
    mentee = get_object_or_404(mentees, **lookup)
    request.programme = mentee.programme
    return mentee


class MenteeMixin(ProgrammePermissionMixin):
    """A page about one young person of the user's: `self.mentee`, named by the address."""

    def dispatch(self, request, *args, **kwargs):
        self.mentee = self.find_mentee()
        return super().dispatch(request, *args, **kwargs)

    def find_mentee(self):
        return visible_mentee(self.request, uuid=self.kwargs["uuid"])

    def get_context_data(self, **kwargs):
        return super().get_context_data(mentee=self.mentee, **kwargs)

    def get_success_url(self):
        return self.mentee.get_absolute_url()


class MenteeFormView(MenteeMixin, FormView):
    """A small form about one young person: `title`, `button`, and what the form's `write` does when it is valid.

    What the register refuses comes back at its field, with everything that was typed.
    """

    template_name = "cases/small_form.html"
    permission_required = "cases.change_facts"
    title = ""
    button = "Gem"
    saved = "Gemt."

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"mentee": self.mentee}

    def get_context_data(self, **kwargs):
        return super().get_context_data(title=self.title, button=self.button, **kwargs)

    def write(self, form):
        form.write(self.request.user)

    def form_valid(self, form):
        try:
            with transaction.atomic():
                self.write(form)
        except ValidationError as error:
            add_errors(form, error)
            return self.form_invalid(form)
        messages.success(self.request, self.saved)
        return redirect(self.get_success_url())

    def form_invalid(self, form):
        return self.render_to_response(self.get_context_data(form=form), status=422)
