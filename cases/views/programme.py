"""The page Indsatsen: topics, substitutions and settings of the programme."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse, reverse_lazy
from django.views.generic import TemplateView

from cases import params, sentences
from cases.forms.programme import (
    SubstituteSightForm,
    SubstitutionForm,
    TopicForm,
    recorded_topics,
)
from cases.models import FieldChange, Strike, Substitution
from web.dates import today
from web.views import ActionView, ProgrammePermissionMixin, ProgrammeRecordView, is_yes

from .base import UndoableMixin

CHANGES_SHOWN = 20


class ProgrammeMixin(ProgrammePermissionMixin):
    permission_required = "cases.run_programme"
    success_url = reverse_lazy("programme")

    def get_success_url(self):
        return str(self.success_url)


class ProgrammePageMixin(ProgrammeMixin):
    """Draws the page with the posted form, if any."""

    template_name = "cases/programme.html"
    prefix = None  # of the form the view records

    def get_context_data(self, form=None, **kwargs):
        programme = self.get_programme()
        substitutions = programme.substitutions.known().filter(ends_on__gte=today())
        forms = {
            name: form if prefix == self.prefix else form_class(programme=programme, prefix=prefix)
            for name, form_class, prefix in (
                ("topic_form", TopicForm, params.TOPIC),
                ("substitution_form", SubstitutionForm, params.SUBSTITUTION_PREFIX),
                ("sight_form", SubstituteSightForm, params.SIGHT_PREFIX),
            )
        }
        return super().get_context_data(
            strikes=[
                (strike, sentences.struck(strike))
                for strike in Strike.objects.open()
                .filter(mentee__programme=programme)
                .select_related("mentee", "recorded_by")
            ],
            topics=programme.topics.all(),
            substitutions=[
                (substitution, sentences.substitution_period(substitution))
                for substitution in substitutions.select_related("mentor", "substitute")
            ],
            changes=[
                (sentences.field_change(change), sentences.who_and_when(change))
                for change in programme.field_changes.filter(mentee=None).select_related(
                    "recorded_by"
                )[:CHANGES_SHOWN]
            ],
            **forms,
            **kwargs,
        )


class ProgrammePage(ProgrammePageMixin, TemplateView):
    pass


class ProgrammeFormView(UndoableMixin, ProgrammePageMixin, ProgrammeRecordView):
    """A form of the page; shown there again if it is not valid."""

    def get_context_data(self, **kwargs):
        return super().get_context_data(form=kwargs.pop("form", None) or self.get_form(), **kwargs)


class AddTopic(ProgrammeFormView):
    form_class = TopicForm
    prefix = params.TOPIC

    def get_success_message(self, form):
        return f"Emnet {form.instance.name} er tilføjet."


class AddSubstitution(ProgrammeFormView):
    form_class = SubstitutionForm
    prefix = params.SUBSTITUTION_PREFIX

    def get_success_message(self, form):
        return f"{form.instance.substitute} er vikar."


class SetSubstituteSight(ProgrammeFormView):
    form_class = SubstituteSightForm
    prefix = params.SIGHT_PREFIX
    success_message = "Det, en vikar kan læse, er gemt."


class ChangeTopic(ProgrammeMixin, ActionView):
    """Move a topic one place up, or take it out of use or back in use."""

    def act(self):
        self.topics = list(self.get_programme().topics.all())
        by_pk = {str(topic.pk): topic for topic in self.topics}
        self.topic = by_pk.get(self.request.POST.get(params.TOPIC))
        if self.topic is None:
            raise Http404
        with recorded_topics(self.get_programme(), self.request.user):
            if params.MOVE_UP in self.request.POST:
                return self.move_up()
            self.topic.in_use = params.PUT_IN_USE in self.request.POST
            self.topic.save(update_fields=["in_use"])
        change = "i brug igen" if self.topic.in_use else "taget ud. Gamle møder beholder det"
        return f"{self.topic.name} er {change}."

    def move_up(self):
        index = self.topics.index(self.topic)
        self.topics.insert(max(0, index - 1), self.topics.pop(index))
        for position, moved in enumerate(self.topics):
            moved.position = position
            moved.save(update_fields=["position"])
        return f"{self.topic.name} er flyttet op."


class EndSubstitution(ProgrammeMixin, ActionView):
    """What the substitute has logged stays."""

    def act(self):
        substitutions = Substitution.objects.known().filter(programme=self.get_programme())
        substitution = get_object_or_404(substitutions, uuid=self.kwargs["uuid"])
        substitution.withdraw(by=self.request.user, reason="Ikke længere brug for vikar")
        return f"{substitution.substitute} er ikke længere vikar."


class Switch(ProgrammeMixin, ActionView):
    """Set the boolean `field` of the programme as posted, with a trace."""

    field = ""

    def act(self):
        otherwise = "Vælg, om det skal være slået til eller fra."
        return self.switch(
            is_yes(self.request.POST, params.SWITCH_ON, params.SWITCH_OFF, otherwise)
        )

    def switch(self, value):
        programme, words = self.get_programme(), {True: "ja", False: "nej"}
        change = words[getattr(programme, self.field)], words[value]
        FieldChange.objects.change_setting(
            programme, self.field, value, change, by=self.request.user
        )
        return self.sentences[value]


class PrivacySwitch(Switch):
    """A switch that is also drawn on the step Persondata of setting a programme up."""

    permission_required = "setup.set_up"

    def get_success_url(self):
        if params.FROM_STEP in self.request.POST:
            return reverse("setup_privacy")
        return super().get_success_url()


class SetDrafts(PrivacySwitch):
    """Whether phones keep drafts of meeting notes."""

    field = "keeps_drafts"
    sentences = {True: "Kladder er slået til.", False: "Kladder er slået fra."}


class SetPhones(PrivacySwitch):
    """Whether phones stay signed in without being used."""

    field = "phones_stay_signed_in"
    sentences = {
        True: "Telefoner bliver logget ind i otte timer, fra næste gang man logger ind.",
        False: "Telefoner bliver logget ud efter 30 minutter, fra næste gang man logger ind.",
    }


class SetFactorForReaders(PrivacySwitch):
    """Whether committee and follow_group need a second factor; all others always do."""

    field = "mfa_for_readers"
    sentences = {
        True: "Udvalg og følgegruppe skal nu logge ind med to trin.",
        False: "Udvalg og følgegruppe logger nu ind med adgangskode alene.",
    }
