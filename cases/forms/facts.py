"""Forms that record or withdraw a dated fact: status, area, mentor, pause."""

from crispy_forms.layout import Div
from django import forms

from cases.models import Agreement, Membership, Pause, Status
from web.dates import today
from web.forms import Chips, DateInput, ObjectChoiceField, PlainForm, layout, radios
from web.validators import no_cpr

from .agreement_start import AgreementStartFields

OUTSIDE_AREAS = "Uden for områderne"
NO_MENTOR = "Ingen mentor"


class FactForm(PlainForm):
    """Base form of a new fact about `mentee`.

    `record(by)` raises ValidationError if the fact cannot hold from that day.
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
        validators=[no_cpr],
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
        self.mentee.change_status(
            data["status"], on=data["effective_on"], by=by, detail=data["detail"]
        )
        self.record_start(self.mentee, by)
        if self.agreement:
            self.agreement.close(Agreement.Outcome.KEPT, on=today(), by=by)


class AreaForm(FactForm):
    area = ObjectChoiceField(
        label="Boligområde",
        none=OUTSIDE_AREAS,
        error_messages={"required": "Vælg boligområdet."},
    )
    helper = layout(Chips("area"), "effective_on")

    def __init__(self, data=None, *, mentee, **kwargs):
        super().__init__(data, mentee=mentee, **kwargs)
        self.fields["area"].offer(mentee.programme.areas.all())

    def record(self, by):
        return self.mentee.move(
            self.cleaned_data["area"], on=self.cleaned_data["effective_on"], by=by
        )


class MatchForm(FactForm):
    mentor = ObjectChoiceField(
        label="Mentor", none=NO_MENTOR, error_messages={"required": "Vælg den nye mentor."}
    )
    helper = layout(Chips("mentor"), "effective_on")

    def __init__(self, data=None, *, mentee, **kwargs):
        super().__init__(data, mentee=mentee, **kwargs)
        self.fields["mentor"].offer(Membership.objects.mentors_of(mentee.programme, today()))
        self.fields["effective_on"].help_text = "Den nye mentor kan se den unges side fra den dag."

    def record(self, by):
        return self.mentee.match(
            self.cleaned_data["mentor"], on=self.cleaned_data["effective_on"], by=by
        )


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
        return self.mentee.end_pause(on=self.cleaned_data["effective_on"], by=by)


class WithdrawForm(PlainForm):
    """The reason for withdrawing a fact or a meeting."""

    reason = forms.CharField(
        label="Hvorfor?",
        max_length=300,
        validators=[no_cpr],
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Fx “Jobbet blev ikke til noget”. Det bliver stående på den unges side.",
        error_messages={"required": "Skriv, hvorfor det trækkes tilbage."},
    )
    helper = layout("reason")

    def withdraw(self, fact, by):
        fact.withdraw(by=by, reason=self.cleaned_data["reason"])


class WithdrawStatusForm(WithdrawForm):
    """Withdraw a status and optionally record the right one for the same day."""

    status = forms.ChoiceField(label="Den rigtige status", required=False)
    detail = forms.CharField(label="Uddybning", required=False, max_length=120, validators=[no_cpr])
    helper = layout("reason", "status", "detail")

    def __init__(self, data=None, *, needed=False, **kwargs):
        """`needed`: the right status is required, since the mentee would have none on that day."""
        super().__init__(data, **kwargs)
        self.needed = needed
        self.fields["status"].choices = [
            ("", "Vælg status" if needed else "Ingen, den forrige gælder"),
            *Status.choices,
        ]
        if needed:
            # Without the "(frivilligt)" that BaseFormMixin has added.
            self.fields["status"].label = "Den rigtige status"
            self.fields["status"].help_text = "En ung har altid en status fra indskrivningsdagen."

    def clean_status(self):
        status = self.cleaned_data["status"]
        if self.needed and not status:
            raise forms.ValidationError("Vælg den status, der er den rigtige.")
        return status

    def withdraw(self, fact, by):
        data = self.cleaned_data
        if data["status"]:  # recorded first: no moment is without a status
            fact.mentee.change_status(
                data["status"], on=fact.effective_on, by=by, detail=data["detail"]
            )
        super().withdraw(fact, by)
