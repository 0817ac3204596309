from django.http import Http404
from django.shortcuts import get_object_or_404, redirect

from cases import params
from cases.forms.agreement import AgreementForm, AppointmentForm, MoveAgreementForm
from cases.models import Agreement
from web.dates import today
from web.views import do

from .base import MenteeFormView, visible_mentee


class MakeAgreement(MenteeFormView):
    permission_required = "cases.make_agreement"
    form_class = AgreementForm
    title = "Lav aftale"
    button = "Gem aftale"
    success_message = "Aftalen er gemt."


class PlanAppointment(MenteeFormView):
    permission_required = "cases.make_agreement"
    form_class = AppointmentForm
    title = "Næste aftale"
    button = "Gem tid"
    success_message = "Næste aftale er gemt."


class CloseAgreement(MenteeFormView):
    """This form moves it; a button on the mentee's page closes it as kept or dropped."""

    permission_required = "cases.make_agreement"
    form_class = MoveAgreementForm
    form_takes = "agreement"
    title = "Flyt aftale"
    button = "Flyt aftale"
    success_message = "Aftalen er flyttet."
    buttons = (Agreement.Outcome.KEPT, Agreement.Outcome.DROPPED)

    def load(self):
        self.agreement = get_object_or_404(Agreement.objects.known(), uuid=self.kwargs["agreement"])
        self.mentee = visible_mentee(self.request.user, key=self.agreement.mentee_id)
        closed_on = self.agreement.closed_on
        if closed_on and not self.mentee.may_read(closed_on):
            raise Http404

    def get_context_data(self, **kwargs):
        return super().get_context_data(about=self.agreement.what, **kwargs)

    def post(self, request, *args, **kwargs):
        if request.POST.get(params.OUTCOME) not in self.buttons:
            return super().post(request, *args, **kwargs)
        do(request, self.close)
        return redirect(self.mentee)

    def close(self):
        self.agreement.close(self.request.POST[params.OUTCOME], on=today(), by=self.request.user)
        return f"Aftalen er {self.agreement.get_outcome_display()}."
