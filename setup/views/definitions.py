"""What decides a figure: the goal, and what is expected."""

from django.shortcuts import get_object_or_404
from django.urls import reverse_lazy

from cases.models import Expectation, GoalDefinition
from cases.register import Register
from cases.roles import programmes_where
from cases.views.programme import ProgrammeMixin
from reporting.views.second_person import AnswerView
from setup import params, sentences
from setup.forms.definitions import ExpectationForm, GoalForm
from web.dates import today
from web.views import ActionView, ProgrammeRecordView


class DefinitionView(ProgrammeMixin, ProgrammeRecordView):
    """The form, and below it everything that was decided."""

    template_name = "setup/definition.html"
    title = lead = withdraw = ""

    def get_success_message(self, form):
        return sentences.saved(form.instance)

    def get_context_data(self, **kwargs):
        rows = self.form_class.Meta.model.objects.filter(programme=self.get_programme())
        rows = rows.exclude(answer="dropped").select_related(
            "recorded_by", "answered_by", "withdrawn_by"
        )
        return super().get_context_data(
            title=self.title,
            lead=self.lead,
            withdraw=self.withdraw,
            history=[
                (
                    row,
                    sentences.period(row),
                    row.words,
                    sentences.source(row),
                    row.effective_on > today() and not row.withdrawn_at and not row.is_waiting,
                )
                for row in rows
            ],
            **kwargs,
        )


class Goal(DefinitionView):
    template_name = "setup/goal.html"
    form_class = GoalForm
    success_url = reverse_lazy("goal")
    title, lead = "Målet", "Det ene tal, som udvalget følger jer på."
    withdraw = "withdraw_goal"
    preview = params.COUNT

    def get_counts(self):
        register = Register.of_programme(self.get_programme())
        return register.statuses(today())

    def get_form_kwargs(self):
        self.counts = self.get_counts()
        return super().get_form_kwargs() | {"counts": self.counts}

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        chosen = set(context["form"]["statuses"].value() or ())
        return context | {
            "count": sum(n for status, n in self.counts.items() if status.value in chosen),
            "enrolled": sum(self.counts.values()),
            "ways": sentences.usual_ways(self.counts),
        }


class Expectations(DefinitionView):
    form_class = ExpectationForm
    success_url = reverse_lazy("expectations")
    title = "Forventninger"
    lead = "Hvem indsatsen er for, hvornår noget skal ses, og hvor små tal en åben rapport viser."
    withdraw = "withdraw_expectation"


class WithdrawDefinition(ProgrammeMixin, ActionView):
    model = None

    def load(self):
        programmes = programmes_where(self.request.user, self.permission_required)
        rows = self.model.objects.filter(programme__in=programmes)
        self.definition = get_object_or_404(rows, uuid=self.kwargs["uuid"])

    def get_programme(self):
        return self.definition.programme

    def act(self):
        self.definition.withdraw(by=self.request.user, reason="Før det begyndte")
        return "Det er trukket tilbage. Det, der gjaldt i forvejen, gælder stadig."


class WithdrawGoal(WithdrawDefinition):
    model = GoalDefinition
    success_url = reverse_lazy("goal")


class WithdrawExpectation(WithdrawDefinition):
    model = Expectation
    success_url = reverse_lazy("expectations")


class AnswerDefinition(AnswerView):
    confirmed = "Det gælder nu, fra den dag, der er foreslået."

    def load(self):
        programmes = programmes_where(self.request.user, self.permission_required)
        proposals = self.model.objects.filter(takes_two=True, programme__in=programmes)
        self.proposal = get_object_or_404(proposals, uuid=self.kwargs["uuid"])


class AnswerGoal(AnswerDefinition):
    model = GoalDefinition


class AnswerExpectation(AnswerDefinition):
    model = Expectation
