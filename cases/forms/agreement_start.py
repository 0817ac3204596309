from django import forms

from cases.models import Agreement, Status
from web.dates import today
from web.forms import FutureDateField
from web.validators import valid_line

Kind = Agreement.Kind


class AgreementStartFields(forms.Form):
    """What starts and when: required when `status` is AGREEMENT and no such agreement is open.

    A mixin: the form has a field `status` and, unless it takes in a new mentee, `self.mentee`.
    """

    asked_at_times = ("start_kind", "start_what", "start_on")  # shown only when required

    start_kind = forms.ChoiceField(
        label="Hvad slags start?",
        choices=[
            (kind.value, kind.label.capitalize())
            for kind in (Kind.EDUCATION, Kind.JOB, Kind.INTERNSHIP)
        ],
        required=False,
    )
    start_what = forms.CharField(
        label="Hvad begynder?",
        required=False,
        max_length=200,
        validators=[valid_line],
        help_text="Fx “Begynde på FGU”.",
    )
    start_on = FutureDateField(label="Hvornår begynder det?", required=False)

    def clean(self):
        data = super().clean()
        if data.get("status") == Status.AGREEMENT and not self.has_start():
            if not data.get("start_what") and "start_what" not in self.errors:
                self.add_error("start_what", "Skriv, hvad der begynder.")
            if not data.get("start_on") and "start_on" not in self.errors:
                self.add_error("start_on", "Vælg dagen, det begynder.")
        return data

    def has_start(self):
        mentee = getattr(self, "mentee", None)
        return (
            mentee is not None
            and Agreement.objects.open(on=today()).starts().filter(mentee=mentee).exists()
        )

    def record_start(self, mentee, by):
        """[the agreement] or []"""
        data = self.cleaned_data
        if data["status"] != Status.AGREEMENT or not data["start_what"]:
            return []
        agreement = Agreement(
            mentee=mentee,
            kind=data["start_kind"] or Kind.EDUCATION,
            what=data["start_what"],
            agreed_on=today(),
            due_on=data["start_on"],
        )
        return [agreement.make(by=by)]
