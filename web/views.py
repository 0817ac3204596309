"""What views of every app share: the permission check, and the two ways to write."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.generic import FormView, View

from web import security_log
from web.forms import NotSaved


def is_uuid(text):
    try:
        UUID(text)
    except ValueError:
        return False
    return True


class ProgrammePermissionMixin:
    """403 without `permission_required` in the programme of what the URL names."""

    permission_required = ""

    def load(self):
        """Find what the URL names; raise Http404 if the user may not see it."""

    def get_programme(self):
        """By default the one the user has chosen."""
        return self.request.programme

    def get_permission_required(self):
        return self.permission_required

    def has_permission(self):
        return self.request.user.has_perm(self.get_permission_required(), self.get_programme())

    def dispatch(self, request, *args, **kwargs):
        self.load()
        if not self.has_permission():
            raise PermissionDenied
        request.programme = self.get_programme()  # for the menu and the page
        return super().dispatch(request, *args, **kwargs)


class RecordView(ProgrammePermissionMixin, FormView):
    """A page with a form that writes: `mentorship/writing.py` guards every POST.

    The form answers `is_valid()`, has `warnings` that the user must accept, and `record(by)` saves
    it and returns the rows that can be undone.
    """

    success_message = "Gemt."
    preview = ""  # a button that shows what was typed, and saves nothing

    def post(self, request, *args, **kwargs):
        form = self.get_form()
        if self.preview and self.preview in request.POST:
            return self.render_form(form, status=200 if form.is_valid() else 422)
        if not form.is_valid():
            return self.form_invalid(form)
        if form.warnings:
            return self.render_form(form, status=409)
        return self.form_valid(form)

    def form_valid(self, form):
        try:
            with transaction.atomic():
                rows = self.record(form)
        except NotSaved:
            return self.not_saved(form)
        except ValidationError as error:
            form.add_error(None, error)
            return self.form_invalid(form)
        self.add_messages(form, rows)
        return redirect(self.get_success_url())

    def record(self, form):
        return form.record(self.request.user)

    def add_messages(self, form, rows):
        """`rows`: what `record` returned."""
        messages.success(self.request, self.get_success_message(form))

    def get_success_message(self, form):
        return self.success_message

    def not_saved(self, form):
        return self.render_form(form, status=409)

    def form_invalid(self, form):
        return self.render_form(form, status=409 if form.is_conflict else 422)

    def render_form(self, form, status):
        return self.render_to_response(self.get_context_data(form=form), status=status)


class ProgrammeRecordView(RecordView):
    """Tells its form the programme."""

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"programme": self.get_programme()}


class ActionView(ProgrammePermissionMixin, View):
    """A button that writes. A ValidationError of `act` is shown, and nothing is saved.

    A GET, of somebody who types or reloads the address, comes to the page of the button.
    """

    def act(self):
        """Return the sentence that says what was done."""
        raise NotImplementedError

    def get_success_url(self):
        raise NotImplementedError

    def get(self, request, *args, **kwargs):
        return redirect(self.get_success_url())

    def post(self, request, *args, **kwargs):
        do(request, self.act)
        return redirect(self.get_success_url())


def is_yes(posted, yes, no, otherwise):
    """Whether the button `yes` was sent; raise ValidationError(otherwise) for both or neither."""
    if (yes in posted) == (no in posted):
        raise ValidationError(otherwise)
    return yes in posted


def do(request, act):
    """Show the sentence that `act` returns, or why nothing was saved."""
    try:
        with transaction.atomic():
            sentence = act()
    except ValidationError as error:
        messages.warning(request, error.messages[0])
    else:
        messages.success(request, sentence)


def attachment(content, content_type, name, event=None, **facts):
    """Recorded as a security event."""
    if event:
        security_log.record(event, file_type=name.rpartition(".")[2], **facts)
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=content_type, headers=headers)
