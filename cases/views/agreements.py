"""Agreements, and when to meet next."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect

from cases.forms.agreement import AgreementForm, AppointmentForm, MoveAgreementForm
from cases.models import Agreement
from web.dates import today

from .base import MenteeFormView, visible_mentee


class MakeAgreement(MenteeFormView):
    permission_required = "cases.make_agreement"
    form_class = AgreementForm
    title = "Lav aftale"
    button = "Gem aftale"
    saved = "Aftalen er gemt."

    def write(self, form):
        form.save(commit=False).make(by=self.request.user)


class PlanAppointment(MenteeFormView):
    permission_required = "cases.make_agreement"
    form_class = AppointmentForm
    title = "Næste aftale"
    button = "Gem tid"
    saved = "Næste aftale er gemt."

    def write(self, form):
        form.save(commit=False).make(by=self.request.user)


class CloseAgreement(MenteeFormView):
    """Kept and dropped are one tap on the person's page; moving one asks for the new day."""

    permission_required = "cases.make_agreement"
    form_class = MoveAgreementForm
    title = "Flyt aftale"
    button = "Flyt aftale"
    saved = "Aftalen er flyttet."

    def find_mentee(self):
        self.agreement = get_object_or_404(Agreement.objects.known(), uuid=self.kwargs["agreement"])
        return visible_mentee(self.request, pk=self.agreement.mentee_id)

    def get_form_kwargs(self):
        kwargs = super().get_form_kwargs()
        del kwargs["mentee"]
        return kwargs

    def get_context_data(self, **kwargs):
        return super().get_context_data(about=self.agreement.what, **kwargs)

    def post(self, request, *args, **kwargs):
        outcome = request.POST.get("udfald")
        if outcome not in (Agreement.Outcome.KEPT, Agreement.Outcome.DROPPED):
            return super().post(request, *args, **kwargs)
        try:
            self.agreement.close(outcome, on=today(), by=request.user)
        except ValidationError as error:
            messages.warning(request, error.messages[0])
        else:
            messages.success(request, f"Aftalen er {self.agreement.get_outcome_display()}.")
        return redirect(self.mentee)

    def write(self, form):
        self.agreement.move(form.cleaned_data["due_on"], on=today(), by=self.request.user)
