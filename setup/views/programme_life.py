"""A programme's beginning and end: what it continues, closed, reopened, copied."""

from django.core.exceptions import ValidationError
from django.urls import reverse, reverse_lazy
from django.views.generic import TemplateView

from cases.models import FieldChange
from setup.forms.programme_life import (
    ClosingForm,
    CopyForm,
    PredecessorForm,
    in_words,
    open_courses,
)
from setup.lineage import lineage_of
from web.dates import long_date, today
from web.views import ActionView, ProgrammePermissionMixin, RecordView


class LifeMixin(ProgrammePermissionMixin):
    permission_required = "cases.run_programme"
    success_url = reverse_lazy("programme_life")

    def get_success_url(self):
        return str(self.success_url)


class LifePageMixin(LifeMixin):
    """Draws the page with the posted form, if any."""

    template_name = "setup/programme_life.html"

    def get_context_data(self, form=None, **kwargs):
        programme, user = self.get_programme(), self.request.user
        ends_on = programme.ends_on
        return super().get_context_data(
            form=form or PredecessorForm(programme=programme, user=user),
            period=period(programme),
            is_closed=ends_on is not None,
            open_count=open_courses(programme, user).count(),
            stages=lineage_of(programme),
            **kwargs,
        )


def period(programme):
    """'Begyndte 1. juni 2018 og sluttede 31. december 2021.'"""
    began = "Begyndte" if programme.starts_on <= today() else "Begynder"
    first = f"{began} {long_date(programme.starts_on)}"
    if programme.ends_on is None:
        return f"{first} og har ingen sidste dag."
    ends = "sluttede" if programme.has_ended(today()) else "slutter"
    return f"{first} og {ends} {long_date(programme.ends_on)}."


class ProgrammeLife(LifePageMixin, TemplateView):
    pass


class LinkProgramme(LifePageMixin, RecordView):
    form_class = PredecessorForm

    def get_form_kwargs(self):
        common = {"programme": self.get_programme(), "user": self.request.user}
        return super().get_form_kwargs() | common

    def get_context_data(self, **kwargs):
        return super().get_context_data(form=kwargs.pop("form", None) or self.get_form(), **kwargs)


class CloseProgramme(LifeMixin, RecordView):
    template_name = "setup/close_programme.html"
    form_class = ClosingForm

    def get_form_kwargs(self):
        common = {"programme": self.get_programme(), "user": self.request.user}
        return super().get_form_kwargs() | common

    def get_success_message(self, form):
        return f"Indsatsens sidste dag er {long_date(form.cleaned_data['ends_on'])}."


class ReopenProgramme(LifeMixin, ActionView):
    """Who has been closed or moved stays so."""

    def act(self):
        programme = self.get_programme()
        if programme.ends_on is None:
            raise ValidationError("Indsatsen er allerede åben.")
        words = in_words(programme.ends_on), ""
        FieldChange.objects.change_setting(
            programme, "ends_on", None, words, by=self.request.user, logged="none"
        )
        return "Indsatsen er åben igen."


class CopyProgramme(LifeMixin, RecordView):
    template_name = "setup/copy_programme.html"
    form_class = CopyForm

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"source": self.get_programme()}

    def form_valid(self, form):
        self.form = form
        return super().form_valid(form)

    def get_success_url(self):
        return f"{reverse('programme')}?indsats={self.form.programme.slug}"

    def get_success_message(self, form):
        return f"{form.programme} er oprettet. Du er tovholder."
