from django.http import Http404
from django.shortcuts import get_object_or_404

from cases import params
from cases.forms import facts as forms
from cases.models import Agreement, Match, Pause, Residence, StatusChange
from web.views import is_uuid

from .base import MenteeFormView, visible_mentee

# By the `kind` of the URL.
FACT_MODELS = {"status": StatusChange, "bopael": Residence, "mentor": Match, "pause": Pause}


class ChangeStatus(MenteeFormView):
    form_class = forms.StatusForm
    title = "Skift status"
    button = "Gem status"
    success_message = "Den nye status er gemt."

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"agreement": self.find_agreement()}

    def find_agreement(self):
        key = self.request.GET.get(params.AGREEMENT, "")
        if not is_uuid(key):
            return None
        starts = Agreement.objects.known().starts().filter(mentee=self.mentee)
        return starts.filter(outcome=Agreement.Outcome.OPEN, uuid=key).first()


class ChangeArea(MenteeFormView):
    form_class = forms.AreaForm
    title = "Skift boligområde"
    button = "Gem boligområde"
    success_message = "Det nye boligområde er gemt."


class MatchMentor(MenteeFormView):
    permission_required = "cases.match_mentor"
    form_class = forms.MatchForm
    title = "Skift mentor"
    button = "Gem mentor"
    success_message = "Den nye mentor er gemt."


class PauseMentee(MenteeFormView):
    form_class = forms.PauseForm
    title = "Sæt på pause"
    button = "Gem pause"
    success_message = "Pausen er gemt. Ugerne tæller ikke med, så længe den varer."


class EndPause(MenteeFormView):
    form_class = forms.EndPauseForm
    title = "Afslut pause"
    button = "Afslut pause"
    success_message = "Pausen er slut."


class WithdrawFact(MenteeFormView):
    form_takes = "row"
    title = "Træk tilbage"
    button = "Træk tilbage"
    success_message = "Det er trukket tilbage og kan stadig læses i historien."

    def load(self):
        if self.kwargs["kind"] not in FACT_MODELS:
            raise Http404
        self.model = FACT_MODELS[self.kwargs["kind"]]
        facts = self.model.objects.known()
        self.row = get_object_or_404(facts, uuid=self.kwargs["fact"])
        self.mentee = self.row.mentee = visible_mentee(self.request.user, key=self.row.mentee_id)
        if not self.mentee.may_read(self.row.effective_on):
            raise Http404

    def get_permission_required(self):
        return "cases.match_mentor" if self.model is Match else "cases.change_facts"

    def get_form_class(self):
        return forms.WithdrawStatusForm if self.model is StatusChange else forms.WithdrawForm

    def get_context_data(self, **kwargs):
        return super().get_context_data(about=str(self.row), **kwargs)
