"""Make and close agreements; plan the next appointment."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect

from cases import params
from cases.forms.agreement import AgreementForm, AppointmentForm, MoveAgreementForm
from cases.models import Agreement
from web.dates import today

from .base import MenteeFormView, visible_mentee


class MakeAgreement(MenteeFormView):
    permission_required = "cases.make_agreement"
    form_class = AgreementForm
    title = "Lav aftale"
    button = "Gem aftale"
    success_message = "Aftalen er gemt."

    def save_form(self, form):
        form.save(commit=False).make(by=self.request.user)


class PlanAppointment(MenteeFormView):
    permission_required = "cases.make_agreement"
    form_class = AppointmentForm
    title = "Næste aftale"
    button = "Gem tid"
    success_message = "Næste aftale er gemt."

    def save_form(self, form):
        form.save(commit=False).make(by=self.request.user)


class CloseAgreement(MenteeFormView):
    """Close an agreement: kept or dropped by a button on the mentee's page, moved by this form."""

    permission_required = "cases.make_agreement"
    form_class = MoveAgreementForm
    form_takes_mentee = False
    title = "Flyt aftale"
    button = "Flyt aftale"
    success_message = "Aftalen er flyttet."

    def find_mentee(self):
        self.agreement = get_object_or_404(Agreement.objects.known(), uuid=self.kwargs["agreement"])
        return visible_mentee(self.request, pk=self.agreement.mentee_id)

    def get_context_data(self, **kwargs):
        return super().get_context_data(about=self.agreement.what, **kwargs)

    def post(self, request, *args, **kwargs):
        outcome = request.POST.get(params.OUTCOME)
        if outcome not in (Agreement.Outcome.KEPT, Agreement.Outcome.DROPPED):
            return super().post(request, *args, **kwargs)
        try:
            self.agreement.close(outcome, on=today(), by=request.user)
        except ValidationError as error:
            messages.warning(request, error.messages[0])
        else:
            messages.success(request, f"Aftalen er {self.agreement.get_outcome_display()}.")
        return redirect(self.mentee)

    def save_form(self, form):
        self.agreement.move(form.cleaned_data["due_on"], on=today(), by=self.request.user)
