"""Changing what is true from a day on, and taking a wrong fact back."""

from django.http import Http404
from django.shortcuts import get_object_or_404

from cases.forms import facts as forms
from cases.models import Agreement, Match, Pause, Residence, StatusChange
from web.views import is_uuid

from .base import MenteeFormView, visible_mentee

# The word in the address, and the facts it names.
KINDS = {"status": StatusChange, "bopael": Residence, "mentor": Match, "pause": Pause}


class ChangeStatus(MenteeFormView):
    """`?aftale=` names an agreement that something begins: the change keeps it."""

    form_class = forms.StatusForm
    title = "Skift status"
    button = "Gem status"
    saved = "Den nye status er gemt."

    def get_form_kwargs(self):
        kept = (
            Agreement.objects.known()
            .starts()
            .filter(mentee=self.mentee, outcome=Agreement.Outcome.OPEN)
        )
        key = self.request.GET.get("aftale", "")
        return super().get_form_kwargs() | {
            "agreement": kept.filter(uuid=key).first() if is_uuid(key) else None
        }


class ChangeArea(MenteeFormView):
    form_class = forms.AreaForm
    title = "Skift boligområde"
    button = "Gem boligområde"
    saved = "Det nye boligområde er gemt."


class MatchMentor(MenteeFormView):
    permission_required = "cases.match_mentor"
    form_class = forms.MatchForm
    title = "Skift mentor"
    button = "Gem mentor"
    saved = "Den nye mentor er gemt."


class PauseMentee(MenteeFormView):
    form_class = forms.PauseForm
    title = "Sæt på pause"
    button = "Gem pause"
    saved = "Pausen er gemt. Ugerne tæller ikke med, så længe den varer."


class EndPause(MenteeFormView):
    form_class = forms.EndPauseForm
    title = "Afslut pause"
    button = "Afslut pause"
    saved = "Pausen er slut."


class WithdrawFact(MenteeFormView):
    """A wrong fact is withdrawn with a reason and stays readable; a status may get the right one in its place."""

    title = "Træk tilbage"
    button = "Træk tilbage"
    saved = "Det er trukket tilbage og kan stadig læses i historien."

    def find_mentee(self):
        if self.kwargs["kind"] not in KINDS:
            raise Http404
        facts = KINDS[self.kwargs["kind"]].objects.filter(withdrawn_at=None)
        self.fact = get_object_or_404(facts, uuid=self.kwargs["fact"])
        self.fact.mentee = visible_mentee(self.request, pk=self.fact.mentee_id)
        return self.fact.mentee

    def get_permission_required(self):
        return ["cases.match_mentor" if self.kwargs["kind"] == "mentor" else "cases.change_facts"]

    def get_form_class(self):
        return forms.WithdrawStatusForm if self.kwargs["kind"] == "status" else forms.WithdrawForm

    def get_form_kwargs(self):
        kwargs = super().get_form_kwargs()
        del kwargs["mentee"]
        if self.kwargs["kind"] == "status":
            kwargs["needed"] = self.fact.is_first
        return kwargs

    def get_context_data(self, **kwargs):
        return super().get_context_data(about=str(self.fact), **kwargs)

    def write(self, form):
        form.write(self.fact, self.request.user)
