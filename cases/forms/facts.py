from crispy_forms.layout import Div
from django import forms

from cases.models import Agreement, Match, Membership, Pause, Residence, Status
from web.dates import today
from web.forms import Chips, DateInput, ObjectChoiceField, PlainForm, layout, radios
from web.validators import valid_line, valid_text

from .agreement_start import AgreementStartFields


class FactForm(PlainForm):
    """`record(by)` returns the rows that can be undone.

    It raises ValidationError if the fact cannot hold from that day.
    """

    effective_on = forms.DateField(
        label="Fra hvilken dag?", widget=DateInput, error_messages={"required": "Vælg dagen."}
    )

    def __init__(self, data=None, *, mentee, **kwargs):
        self.mentee = mentee
        kwargs["initial"] = {"effective_on": today(), **kwargs.get("initial", {})}
        super().__init__(data, **kwargs)


class StatusForm(FactForm, AgreementStartFields):
    status = forms.ChoiceField(
        label="Ny status",
        choices=Status,
        widget=radios(),
        error_messages={"required": "Vælg den nye status."},
    )
    detail = forms.CharField(
        label="Uddybning",
        required=False,
        max_length=120,
        validators=[valid_line],
        help_text="Fx 10. klasse, FGU, EUD, fritidsjob, elevplads. Ved frafald: frafald fra hvad.",
    )
    helper = layout(
        Chips("status"),
        "detail",
        Div("start_kind", "start_what", "start_on", css_class="start"),
        "effective_on",
    )

    def __init__(self, data=None, *, mentee, agreement=None, **kwargs):
        """`agreement`: closed as kept by this change; its status and day are proposed. Or None."""
        self.agreement = agreement
        if agreement:
            kwargs["initial"] = {
                "status": agreement.status_it_leads_to,
                "effective_on": min(agreement.due_on, today()),
            }
        super().__init__(data, mentee=mentee, **kwargs)

    def record(self, by):
        data = self.cleaned_data
        status = self.mentee.change_status(
            data["status"], on=data["effective_on"], by=by, detail=data["detail"]
        )
        rows = [status, *self.record_start(self.mentee, by)]
        if self.agreement:
            self.agreement.close(Agreement.Outcome.KEPT, on=today(), by=by)
            return []  # an agreement is not opened again
        return rows


class AreaForm(FactForm):
    area = ObjectChoiceField(
        label="Boligområde",
        none=Residence.NO_AREA,
        error_messages={"required": "Vælg boligområdet."},
    )
    helper = layout(Chips("area"), "effective_on")

    def __init__(self, data=None, *, mentee, **kwargs):
        super().__init__(data, mentee=mentee, **kwargs)
        self.fields["area"].offer(mentee.programme.areas.offered())

    def record(self, by):
        data = self.cleaned_data
        return [self.mentee.move(data["area"], on=data["effective_on"], by=by)]


class MatchForm(FactForm):
    mentor = ObjectChoiceField(
        label="Mentor", none=Match.NO_MENTOR, error_messages={"required": "Vælg den nye mentor."}
    )
    helper = layout(Chips("mentor"), "effective_on")

    def __init__(self, data=None, *, mentee, **kwargs):
        super().__init__(data, mentee=mentee, **kwargs)
        self.fields["mentor"].offer(Membership.objects.mentors_of(mentee.programme, today()))
        self.fields["effective_on"].help_text = "Den nye mentor kan se den unges side fra den dag."

    def record(self, by):
        data = self.cleaned_data
        return [self.mentee.match(data["mentor"], on=data["effective_on"], by=by)]


class PauseForm(FactForm):
    reason = forms.ChoiceField(
        label="Hvorfor?",
        choices=[(value, label.capitalize()) for value, label in Pause.Reason.choices],
        widget=radios(),
        error_messages={"required": "Vælg en grund."},
    )
    last_day = forms.DateField(
        label="Til og med",
        required=False,
        widget=DateInput,
        help_text="Lad den stå tom, hvis I ikke ved det endnu.",
    )
    helper = layout(Chips("reason"), "effective_on", "last_day")

    def record(self, by):
        data = self.cleaned_data
        return self.mentee.pause(
            data["reason"], on=data["effective_on"], by=by, last_day=data["last_day"]
        )


class EndPauseForm(FactForm):
    helper = layout("effective_on")

    def __init__(self, data=None, *, mentee, **kwargs):
        super().__init__(data, mentee=mentee, **kwargs)
        self.fields["effective_on"].label = "Fra hvilken dag er pausen slut?"

    def record(self, by):
        return [self.mentee.end_pause(on=self.cleaned_data["effective_on"], by=by)]


class WithdrawForm(PlainForm):
    reason = forms.CharField(
        label="Hvorfor?",
        max_length=300,
        validators=[valid_text],
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Fx “Jobbet blev ikke til noget”. Det bliver stående på den unges side.",
        error_messages={"required": "Skriv, hvorfor det trækkes tilbage."},
    )
    helper = layout("reason")

    def __init__(self, data=None, *, row, **kwargs):
        super().__init__(data, **kwargs)
        self.row = row

    def record(self, by):
        self.row.withdraw(by=by, reason=self.cleaned_data["reason"])
        return []


class WithdrawStatusForm(WithdrawForm):
    """Also records the right status for that day, if it needs one or one is given."""

    status = forms.ChoiceField(label="Den rigtige status", required=False)
    detail = forms.CharField(
        label="Uddybning", required=False, max_length=120, validators=[valid_line]
    )
    helper = layout("reason", "status", "detail")

    def __init__(self, data=None, *, row, **kwargs):
        super().__init__(data, row=row, **kwargs)
        self.needed = row.is_first
        self.fields["status"].choices = [
            ("", "Vælg status" if self.needed else "Ingen, den forrige gælder"),
            *Status.choices,
        ]
        if self.needed:
            self.fields["status"].label = "Den rigtige status"
            self.fields["status"].help_text = "En ung har altid en status fra indskrivningsdagen."

    def clean_status(self):
        status = self.cleaned_data["status"]
        if self.needed and not status:
            raise forms.ValidationError("Vælg den status, der er den rigtige.")
        return status

    def record(self, by):
        data, row = self.cleaned_data, self.row
        if data["status"]:  # recorded first: no moment is without a status
            row.mentee.change_status(
                data["status"], on=row.effective_on, by=by, detail=data["detail"]
            )
        return super().record(by)
