"""The page Nøgletal, and withdrawing one of them."""

from django.http import Http404
from django.urls import reverse_lazy

from cases.key_figures import key_figures_of
from cases.models import KeyFigure
from cases.roles import programmes_where
from cases.views.programme import ProgrammeMixin
from setup.forms.key_figures import KeyFigureForm, WithdrawKeyFigureForm
from web.views import ProgrammeRecordView, RecordView


class KeyFigures(ProgrammeMixin, ProgrammeRecordView):
    form_class = KeyFigureForm
    template_name = "setup/key_figures.html"
    success_url = reverse_lazy("key_figures")
    success_message = "Nøgletallet er tilføjet."

    def get_context_data(self, **kwargs):
        programme = self.get_programme()
        withdrawn = programme.key_figures.exclude(withdrawn_at=None)
        return super().get_context_data(
            kinds=key_figures_of(programme),
            withdrawn=withdrawn.select_related("area", "withdrawn_by"),
            **kwargs,
        )


class WithdrawKeyFigure(ProgrammeMixin, RecordView):
    form_class = WithdrawKeyFigureForm
    template_name = "setup/withdraw_key_figure.html"
    success_url = reverse_lazy("key_figures")
    success_message = "Nøgletallet er trukket tilbage."

    def load(self):
        programmes = programmes_where(self.request.user, self.permission_required)
        rows = KeyFigure.objects.known().filter(programme__in=programmes)
        self.figure = rows.select_related("area").filter(uuid=self.kwargs["uuid"]).first()
        if self.figure is None:
            raise Http404

    def get_programme(self):
        return self.figure.programme

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"figure": self.figure}

    def get_context_data(self, **kwargs):
        return super().get_context_data(figure=self.figure, **kwargs)
