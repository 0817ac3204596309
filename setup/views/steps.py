"""Setting a programme up in the browser: the first step makes it, the last one opens it.

The steps stay open afterwards to operators and coordinators; each form is that of its page.
"""

from django.shortcuts import redirect
from django.urls import reverse
from django.views.generic import View

from cases.forms.programme import SubstituteSightForm
from cases.models import Programme
from cases.params import SIGHT_PREFIX
from setup import params, sentences, steps
from setup.checklist import checklist
from setup.forms.definitions import GoalStepForm
from setup.forms.partners import PartnerForm, UsualPartnersStepForm
from setup.forms.programme import BeginForm, PrivacyForm, ProgrammeForm
from setup.operators import may_begin_programme
from setup.people import people_of
from setup.table_2019 import TABLE_2019
from web.views import ProgrammePermissionMixin, RecordView

from .areas import Areas
from .definitions import Goal
from .people import Invite


class FrameMixin:
    """The frame of a step: the list of steps, and where the two buttons lead."""

    step = None

    def get_checks(self):
        return checklist(self.request.programme)

    def get_next_url(self):
        return self.step.next.url

    def get_success_url(self):
        return reverse("account") if params.CLOSE in self.request.POST else self.get_next_url()

    def get_success_message(self, form):
        if params.CLOSE in self.request.POST:
            return "Gemt. Du kan fortsætte opsætningen en anden dag."
        return f"{self.step.word} er gemt."

    def get_context_data(self, **kwargs):
        done = {check.step: check.done for check in self.get_checks()}
        return super().get_context_data(
            step=self.step,
            steps=[(step, done.get(step, False)) for step in steps.STEPS],
            **kwargs,
        )


class StepMixin(FrameMixin, ProgrammePermissionMixin):
    """An operator without a programme begins with the first step."""

    permission_required = "setup.set_up"

    def dispatch(self, request, *args, **kwargs):
        is_new = not request.programme and may_begin_programme(request.user)
        if is_new and request.method != "POST":
            return redirect("new_programme")
        return super().dispatch(request, *args, **kwargs)


class StepView(StepMixin, RecordView):
    """`beside`: {prefix: form class} of small forms beside the step's own, whose button has the
    prefix as its name. They lead back to the step.
    """

    beside = {}

    @property
    def posted_beside(self):
        """The prefix of the small form that was sent, or None."""
        return next((prefix for prefix in self.beside if prefix in self.request.POST), None)

    def get_form_class(self):
        return self.beside.get(self.posted_beside, self.form_class)

    def get_prefix(self):
        return self.posted_beside

    def get_success_url(self):
        return self.step.url if self.posted_beside else super().get_success_url()

    def get_stored_programme(self):
        """The programme anew: a form that is not valid must not change the page's own."""
        return Programme.objects.get(pk=self.get_programme().pk)

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"programme": self.get_programme()}

    def get_context_data(self, **kwargs):
        """Each small form stands under the name of its class, as it was sent or new."""
        form = kwargs.pop("form", None) or self.get_form()
        posted, programme = self.posted_beside, self.get_programme()
        small = {
            form_class.__name__: form
            if prefix == posted
            else form_class(programme=programme, prefix=prefix)
            for prefix, form_class in self.beside.items()
        }
        return super().get_context_data(
            form=self.new_form() if posted else form, posted=form, **small, **kwargs
        )

    def new_form(self):
        """The step's own form, beside a small one that was sent."""
        return self.form_class(programme=self.get_programme())


class NewProgramme(FrameMixin, RecordView):
    """The first step of a new programme. Who makes it becomes its operator."""

    template_name = "setup/steps/name.html"
    form_class = ProgrammeForm
    step = steps.NAME

    def has_permission(self):
        return may_begin_programme(self.request.user)

    def get_checks(self):
        return ()

    def form_valid(self, form):
        self.made = form.instance
        return super().form_valid(form)

    def get_success_url(self):
        return f"{super().get_success_url()}?indsats={self.made.slug}"

    def get_context_data(self, **kwargs):
        return super().get_context_data(is_new=True, **kwargs)


class SetUp(StepMixin, View):
    """Lead to the first step that is not done."""

    def get(self, request):
        to_do = (check.step for check in checklist(request.programme) if not check.done)
        return redirect(next(to_do, steps.BEGIN).url)


class NameStep(StepMixin, RecordView):
    template_name = "setup/steps/name.html"
    form_class = ProgrammeForm
    step = steps.NAME

    def get_form_kwargs(self):
        stored = Programme.objects.get(pk=self.get_programme().pk)
        return super().get_form_kwargs() | {"instance": stored}


class AreasStep(StepMixin, Areas):
    template_name = "setup/steps/areas.html"
    step = steps.AREAS


class GoalStep(StepMixin, Goal):
    """The goal, tried on the table of 2019: a new programme has nobody to count."""

    template_name = "setup/steps/goal.html"
    form_class = GoalStepForm
    step = steps.GOAL

    def get_counts(self):
        return TABLE_2019

    def get_success_message(self, form):
        if form.instance.pk is None:
            return "Målet er som før."
        return sentences.saved(form.instance)


class PeopleStep(StepMixin, Invite):
    """Invite one after another; the step is left by a link."""

    template_name = "setup/steps/people.html"
    step = steps.PEOPLE

    def get_success_url(self):
        return self.step.url

    def get_success_message(self, form):
        return Invite.get_success_message(self, form)

    def get_context_data(self, **kwargs):
        current, _ = people_of(self.get_programme())
        return super().get_context_data(people=current, **kwargs)


class PartnersStep(StepView):
    template_name = "setup/steps/partners.html"
    form_class = UsualPartnersStepForm
    step = steps.PARTNERS
    beside = {params.OWN_PARTNER: PartnerForm}

    def get_context_data(self, **kwargs):
        partners = self.get_programme().partners.filter(in_use=True)
        return super().get_context_data(partners=partners, **kwargs)

    def get_success_message(self, form):
        if self.posted_beside:
            return f"{form.instance.name} er tilføjet."
        return super().get_success_message(form)


class PrivacyStep(StepView):
    template_name = "setup/steps/privacy.html"
    form_class = PrivacyForm
    step = steps.PRIVACY
    beside = {SIGHT_PREFIX: SubstituteSightForm}

    def get_form_kwargs(self):
        kwargs = super().get_form_kwargs()
        if self.posted_beside:
            return kwargs
        del kwargs["programme"]
        return kwargs | {"instance": self.get_stored_programme()}

    def new_form(self):
        return PrivacyForm(instance=self.get_stored_programme())

    def get_success_message(self, form):
        if self.posted_beside:
            return "Det, en vikar kan læse, er gemt."
        return super().get_success_message(form)


class BeginStep(StepView):
    """Open the programme."""

    template_name = "setup/steps/begin.html"
    form_class = BeginForm
    step = steps.BEGIN

    def get_form_kwargs(self):
        kwargs = super().get_form_kwargs()
        return kwargs | {"programme": self.get_stored_programme(), "user": self.request.user}

    def form_valid(self, form):
        self.form = form
        return super().form_valid(form)

    def get_next_url(self):
        imports = self.form.cleaned_data["start"] == BeginForm.SPREADSHEET
        if imports and self.request.user.has_perm("cases.import_register", self.get_programme()):
            return reverse("import_register")
        return reverse("home")

    def get_success_message(self, form):
        return f"{self.get_programme()} er åbnet."

    def get_context_data(self, **kwargs):
        checks = checklist(self.get_programme())
        return super().get_context_data(
            checks=checks, done_count=sum(check.done for check in checks), **kwargs
        )
