"""The page Boligområder, and the page of one area."""

from django.shortcuts import get_object_or_404
from django.urls import reverse, reverse_lazy
from django.views.generic import TemplateView

from cases.views.programme import ProgrammeMixin
from setup import params, sentences
from setup.forms.areas import AreaNameForm, AreasForm, AreaUseForm
from web.views import ProgrammeRecordView, RecordView


class Areas(ProgrammeMixin, ProgrammeRecordView):
    """All areas in use in one text field, and how its lines are read."""

    form_class = AreasForm
    template_name = "setup/areas.html"
    success_url = reverse_lazy("areas")
    success_message = "Boligområderne er gemt."
    preview = params.READ

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            out_of_use=self.get_programme().areas.filter(in_use=False), **kwargs
        )


class AreaMixin(ProgrammeMixin):
    """Set `self.area` from the URL; 404 unless it is the chosen programme's."""

    template_name = "setup/area.html"

    def has_permission(self):
        if not super().has_permission():
            return False
        self.area = get_object_or_404(self.get_programme().areas, uuid=self.kwargs["area"])
        return True

    def get_success_url(self):
        return reverse("area", args=[self.area.uuid])

    def get_context_data(self, name_form=None, use_form=None, **kwargs):
        # Named anew: a form that is not valid leaves nothing of itself in what the page says.
        area = self.get_programme().areas.get(pk=self.area.pk)
        kwargs |= {
            "area": area,
            "history": sentences.area_history(area),
            "name_form": name_form or AreaNameForm(area=area, prefix=params.RENAME),
            "use_form": use_form or AreaUseForm(area=area),
        }
        return super().get_context_data(**kwargs)


class AreaPage(AreaMixin, TemplateView):
    pass


class AreaFormView(AreaMixin, RecordView):
    """A form of the page; shown there again if it is not valid."""

    form_name = ""

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"area": self.area}

    def get_context_data(self, **kwargs):
        form = kwargs.pop("form", None) or self.get_form()
        return super().get_context_data(**{self.form_name: form}, **kwargs)


class RenameArea(AreaFormView):
    form_class = AreaNameForm
    form_name = "name_form"
    prefix = params.RENAME

    def get_success_message(self, form):
        return f"Området hedder {self.area}. Dage før beholder det gamle navn."


class UseArea(AreaFormView):
    form_class = AreaUseForm
    form_name = "use_form"

    def get_success_message(self, form):
        now = "i brug igen" if self.area.in_use else "ude af brug. Tidligere tal er, som de var"
        return f"{self.area} er {now}."
