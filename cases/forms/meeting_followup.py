"""Parts of the meeting form: the next appointment, and what has changed."""

from datetime import timedelta

from django import forms

from cases.models import Agreement, Appointment, Status
from web.dates import short_weekday_date, today
from web.forms import FutureDateField, PlainForm, TimeInput, radios
from web.validators import valid_line

from .agreement_start import AgreementStartFields

RUNNING_DAYS = 7  # within these days of the last appointment, the same time is preselected


class NextAppointmentForm(PlainForm):
    """Proposes the same weekday and time in the coming week."""

    when = forms.ChoiceField(label="Næste aftale", required=False, widget=radios())
    on = FutureDateField(label="Dato", required=False)
    at = forms.TimeField(label="Klokken", required=False, widget=TimeInput)
    place = forms.CharField(label="Sted", required=False, max_length=80, validators=[valid_line])

    def __init__(self, data=None, *, planned=None, day=None, **kwargs):
        """`planned`: the mentee's latest appointment or None. `day` None: today."""
        self.day = day or today()
        self.planned = planned
        coming = planned is not None and planned.on > self.day
        running = planned is not None and (self.day - planned.on).days <= RUNNING_DAYS
        super().__init__(
            data, initial={"when": "keep" if coming else "same" if running else "none"}, **kwargs
        )
        self.proposal = None
        choices = [("other", "En anden tid" if planned else "Lav aftale"), ("none", "Ingen")]
        if coming:
            choices.insert(0, ("keep", self._label(planned.on, planned.at)))
        elif planned:
            weeks = (self.day - planned.on).days // 7 + 1
            self.proposal = planned.on + timedelta(weeks=weeks)
            choices.insert(0, ("same", self._label(self.proposal, planned.at)))
        self.fields["when"].choices = choices

    @staticmethod
    def _label(on, at):
        day = short_weekday_date(on).capitalize()
        return f"{day} kl. {at:%H.%M}" if at else day

    def clean(self):
        data = super().clean()
        if data.get("when") == "other" and not data.get("on") and "on" not in self.errors:
            self.add_error("on", "Vælg, hvilken dag I mødes.")
        return data

    def build_appointment(self, mentee):
        """None if there is no new one."""
        data = self.cleaned_data
        if data.get("when") == "same":
            return Appointment(
                mentee=mentee, on=self.proposal, at=self.planned.at, place=self.planned.place
            )
        if data.get("when") == "other":
            return Appointment(mentee=mentee, on=data["on"], at=data["at"], place=data["place"])
        return None


class ChangesForm(PlainForm, AgreementStartFields):
    """A new status or agreement: "Er der sket noget?" on the page."""

    status = forms.ChoiceField(label="Ny status", required=False)
    detail = forms.CharField(
        label="Uddybning",
        required=False,
        max_length=120,
        validators=[valid_line],
        help_text="Fx 10. klasse, FGU, fritidsjob. Ved frafald: frafald fra hvad.",
    )
    what = forms.CharField(
        label="Ny aftale",
        required=False,
        max_length=200,
        validators=[valid_line],
    )
    responsible = forms.ChoiceField(
        label="Hvem gør det",
        choices=Agreement.Responsible,
        required=False,
        initial=Agreement.Responsible.MENTEE,
    )
    due_on = FutureDateField(label="Senest", required=False)

    def __init__(self, data=None, *, mentee, status=None, **kwargs):
        """`status`: the StatusChange in force, or None."""
        self.mentee = mentee
        super().__init__(data, **kwargs)
        self.fields["status"].choices = [("", "Ingen ændring"), *Status.choices]
        now = f"Nu: {status.get_status_display()}. " if status else ""
        self.fields["status"].help_text = f"{now}Gælder fra mødets dag."
        example = f"{mentee.given_name} sender ansøgningen"
        self.fields["what"].help_text = f"Hvem gør hvad? Fx “{example}”."

    def clean(self):
        data = super().clean()
        if data.get("what") and not data.get("due_on") and "due_on" not in self.errors:
            self.add_error("due_on", "Vælg, hvornår det senest skal ske.")
        if data.get("due_on") and not data.get("what") and "what" not in self.errors:
            self.add_error("what", "Skriv, hvad I har aftalt.")
        return data

    def record(self, mentee, *, on, by):
        """Record the changes, the status from the day `on`, and return the rows.

        Raise ValidationError if the register refuses them.
        """
        data, rows = self.cleaned_data, []
        if data["status"]:
            rows.append(mentee.change_status(data["status"], on=on, by=by, detail=data["detail"]))
            rows += self.record_start(mentee, by)
        if data["what"]:
            agreement = Agreement(
                mentee=mentee,
                what=data["what"],
                responsible=data["responsible"] or Agreement.Responsible.MENTEE,
                agreed_on=max(on, mentee.enrolled_on),
                due_on=data["due_on"],
            )
            rows.append(agreement.make(by=by))
        return rows
