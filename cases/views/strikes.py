from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, render

from cases import params, sentences
from cases.forms.strike import StrikeForm
from cases.models import Attendance, Strike
from cases.models.strike import MODELS
from web.views import ActionView, is_yes

from .base import MenteeFormView, MenteeMixin


class AskToStrike(MenteeFormView):
    """About a meeting, whoever may correct it may ask."""

    form_class = StrikeForm
    form_takes = "strike"
    title = "Slet teksten"
    button = "Bed om at få teksten slettet"
    success_message = "Der er bedt om, at teksten bliver slettet. En anden skal også sige ja."

    def load(self):
        super().load()
        kind = self.kwargs["kind"]
        if kind not in MODELS:
            raise Http404
        if kind == Strike.Kind.MEETING:
            attendances = Attendance.objects.visible_to(self.request.user)
            about = {"pk__in": attendances.filter(mentee=self.mentee).values("meeting")}
        else:
            about = {"mentee": self.mentee}
        rows = MODELS[kind].objects.filter(**about)
        self.row = get_object_or_404(rows, uuid=self.kwargs["row"])
        self.strike = Strike(mentee=self.mentee, kind=kind, row=self.row.pk)

    def has_permission(self):
        user, programme = self.request.user, self.mentee.programme
        if self.kwargs["kind"] != Strike.Kind.MEETING:
            return super().has_permission() and not self.mentee.is_substituted
        return self.row.held_by == user or user.has_perm("cases.correct_any_meeting", programme)

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            about=sentences.what_is_struck(self.strike.kind, self.row), **kwargs
        )


class AnswerStrike(MenteeMixin, ActionView):
    permission_required = "cases.change_facts"

    def load(self):
        super().load()
        strikes = Strike.objects.open().filter(mentee=self.mentee)
        self.strike = get_object_or_404(strikes, uuid=self.kwargs["strike"])

    def has_permission(self):
        return super().has_permission() and not self.mentee.is_substituted

    def get(self, request, *args, **kwargs):
        context = {
            "mentee": self.mentee,
            "wish": sentences.struck(self.strike),
            "what": sentences.what_is_struck(self.strike.kind, self.strike.about()),
            "words": sorted(self.strike.words()),
            "is_own": self.strike.recorded_by == request.user,
            "may_agree": self.strike.may_be_agreed_to_by(request.user),
        }
        return render(request, "cases/answer_strike.html", context)

    def act(self):
        user, otherwise = self.request.user, "Vælg, om teksten skal slettes."
        if is_yes(self.request.POST, params.STRIKE, params.KEEP_TEXT, otherwise):
            self.strike.agree(by=user)
            return "Teksten er slettet."
        is_own = self.strike.recorded_by == user
        if not is_own and not self.strike.may_be_agreed_to_by(user):
            raise PermissionDenied
        self.strike.withdraw(by=user, reason="Taget tilbage" if is_own else "Afvist")
        return "Teksten bliver stående."
