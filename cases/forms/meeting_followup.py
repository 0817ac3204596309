"""What else a logged meeting can hold: when to meet next, and what has happened since the last time."""

from datetime import timedelta

from django import forms

from cases.models import Agreement, Appointment, Status
from web.dates import short_weekday_date, today
from web.forms import FutureDateField, PlainForm, TimeInput, radios
from web.validators import no_cpr

from .agreement_start import AgreementStartFields

RUNNING_DAYS = 7  # so long after an appointment, the same time next week is taken for granted


class NextAppointmentForm(PlainForm):
    """The next appointment; the same weekday and time a week on is proposed."""

    when = forms.ChoiceField(label="Næste aftale", required=False, widget=radios())
    on = FutureDateField(label="Dato", required=False)
    at = forms.TimeField(label="Klokken", required=False, widget=TimeInput)
    place = forms.CharField(label="Sted", required=False, max_length=80, validators=[no_cpr])

    def __init__(self, data=None, *, planned=None, day=None, **kwargs):
        """`planned`: the latest appointment there is (None: none); `day`: today, None to read the clock."""
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
            choices.insert(0, ("keep", self._words(planned.on, planned.at)))
        elif planned:
            weeks = (self.day - planned.on).days // 7 + 1
            self.proposal = planned.on + timedelta(weeks=weeks)
            choices.insert(0, ("same", self._words(self.proposal, planned.at)))
        self.fields["when"].choices = choices

    @staticmethod
    def _words(on, at):
        day = short_weekday_date(on).capitalize()
        return f"{day} kl. {at:%H.%M}" if at else day

    def clean(self):
        data = super().clean()
        if data.get("when") == "other" and not data.get("on") and "on" not in self.errors:
            self.add_error("on", "Vælg, hvilken dag I mødes.")
        return data

    def appointment(self, mentee):
        """The Appointment to make, None when there is nothing new to agree."""
        data = self.cleaned_data
        if data.get("when") == "same":
            return Appointment(
                mentee=mentee, on=self.proposal, at=self.planned.at, place=self.planned.place
            )
        if data.get("when") == "other":
            return Appointment(mentee=mentee, on=data["on"], at=data["at"], place=data["place"])
        return None


class ChangesForm(PlainForm, AgreementStartFields):
    """ "Er der sket noget?": a new status or a new agreement in the same save."""

    status = forms.ChoiceField(label="Ny status", required=False)
    detail = forms.CharField(label="Uddybning", required=False, max_length=120, validators=[no_cpr])
    what = forms.CharField(
        label="Ny aftale",
        required=False,
        max_length=200,
        validators=[no_cpr],
    )
    responsible = forms.ChoiceField(
        label="Hvem gør det",
        choices=Agreement.Responsible,
        required=False,
        initial=Agreement.Responsible.MENTEE,
    )
    due_on = FutureDateField(label="Senest", required=False)

    def __init__(self, data=None, *, mentee, status=None, **kwargs):
        """`status`: the StatusChange in force, for the hint."""
        self.mentee = mentee
        super().__init__(data, **kwargs)
        self.fields["status"].choices = [("", "Ingen ændring"), *Status.choices]
        now = f"Nu: {status.get_status_display()}. " if status else ""
        self.fields["status"].help_text = f"{now}Gælder fra mødets dag."
        self.fields[
            "detail"
        ].help_text = "Fx 10. klasse, FGU, fritidsjob. Ved frafald: frafald fra hvad."
        self.fields[
            "what"
        ].help_text = f"Hvem gør hvad? Fx “{mentee.given_name} sender ansøgningen”."

    def clean(self):
        data = super().clean()
        if data.get("what") and not data.get("due_on") and "due_on" not in self.errors:
            self.add_error("due_on", "Vælg, hvornår det senest skal ske.")
        if data.get("due_on") and not data.get("what") and "what" not in self.errors:
            self.add_error("what", "Skriv, hvad I har aftalt.")
        return data

    def write(self, mentee, *, on, by):
        """Record what happened, the status from the day `on`. Raises ValidationError when the day cannot be."""
        data = self.cleaned_data
        if data["status"]:
            mentee.change_status(data["status"], on=on, by=by, detail=data["detail"])
            self.write_start(mentee, by)
        if data["what"]:
            Agreement(
                mentee=mentee,
                what=data["what"],
                responsible=data["responsible"] or Agreement.Responsible.MENTEE,
                agreed_on=max(on, mentee.enrolled_on),
                due_on=data["due_on"],
            ).make(by=by)
