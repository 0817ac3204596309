from django import forms

from cases.models import Agreement, Appointment
from web.dates import today
from web.forms import BaseFormMixin, Chips, FutureDateField, PlainForm, TimeInput, layout, radios


class AgreementForm(BaseFormMixin, forms.ModelForm):
    due_on = FutureDateField(
        label="Senest", error_messages={"required": "Vælg, hvornår det senest skal ske."}
    )
    helper = layout("what", Chips("responsible"), Chips("kind"), "due_on")

    class Meta:
        model = Agreement
        fields = ["what", "responsible", "kind", "due_on"]
        labels = {
            "what": "Hvad er aftalt?",
            "responsible": "Hvem gør det?",
            "kind": "Hvad slags aftale?",
        }
        widgets = {"responsible": radios(), "kind": radios()}
        error_messages = {"what": {"required": "Skriv, hvad I har aftalt."}}

    def __init__(self, *args, mentee, **kwargs):
        super().__init__(*args, **kwargs)
        self.instance.mentee, self.instance.agreed_on = mentee, today()
        labels = {
            "mentee": mentee.given_name,
            "mentor": "Mentor",
            "partner": "En samarbejdspartner",
        }
        self.fields["responsible"].choices = [
            (value, labels[value]) for value in Agreement.Responsible.values
        ]
        kinds = sorted(Agreement.Kind, key=lambda kind: kind is not Agreement.Kind.STEP)
        self.fields["kind"].choices = [(kind.value, kind.label.capitalize()) for kind in kinds]

    def record(self, by):
        return [self.save(commit=False).make(by=by)]


class MoveAgreementForm(PlainForm):
    due_on = FutureDateField(label="Ny dag", error_messages={"required": "Vælg den nye dag."})
    helper = layout("due_on")

    def __init__(self, data=None, *, agreement, **kwargs):
        super().__init__(data, **kwargs)
        self.agreement = agreement

    def record(self, by):
        self.agreement.move(self.cleaned_data["due_on"], on=today(), by=by)
        return []  # an agreement is not opened again


class AppointmentForm(BaseFormMixin, forms.ModelForm):
    on = FutureDateField(label="Dag", error_messages={"required": "Vælg dagen."})
    helper = layout("on", "at", "place")

    class Meta:
        model = Appointment
        fields = ["on", "at", "place"]
        labels = {"at": "Klokken", "place": "Sted"}
        widgets = {"at": TimeInput}

    def __init__(self, *args, mentee, **kwargs):
        super().__init__(*args, **kwargs)
        self.instance.mentee = mentee

    def record(self, by):
        return [self.save(commit=False).make(by=by)]
