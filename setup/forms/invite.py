from django import forms

from cases.models import Role
from setup.models import Invitation
from web.dates import today
from web.forms import BaseFormMixin, DateInput, layout, select


class InviteForm(BaseFormMixin, forms.ModelForm):
    helper = layout("name", "email", "role", "starts_on", "ends_on")

    class Meta:
        model = Invitation
        fields = ["name", "email", "role", "starts_on", "ends_on"]
        labels = {
            "name": "Navn",
            "email": "E-mail",
            "role": "Rolle",
            "starts_on": "Fra",
            "ends_on": "Til og med",
        }
        help_texts = {"email": "Den, personen har på arbejdet. Invitationen sendes dertil."}
        widgets = {"starts_on": DateInput, "ends_on": DateInput, "role": select()}
        error_messages = {
            "name": {"required": "Skriv fornavn og efternavn."},
            "email": {
                "required": "Skriv e-mailen.",
                "invalid": "Skriv hele e-mailen, også det efter @.",
            },
            "role": {"required": "Vælg en rolle."},
            "starts_on": {"required": "Vælg den første dag."},
        }

    def __init__(self, *args, programme, roles, **kwargs):
        """`roles`: those the inviter may give."""
        kwargs["initial"] = {"starts_on": today()} | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        self.instance.programme = programme
        choices = [(role, Role(role).label.capitalize()) for role in roles]
        self.fields["role"].choices = choices if len(choices) == 1 else [("", "Vælg"), *choices]
        if len(choices) == 1:
            self.initial["role"] = choices[0][0]

    def record(self, by):
        """Its token is then in `token`."""
        self.token, self.replaces = self.instance.invite(by)
        return []
