from django import forms

from setup.models import FactorReset
from setup.models.factor_reset import users_to_reset
from web.dates import today
from web.forms import PlainForm, layout


class FactorResetForm(PlainForm):
    helper = layout("user")

    user = forms.ChoiceField(
        label="Hvem har mistet sin telefon?",
        error_messages={
            "required": "Vælg, hvem det er.",
            "invalid_choice": "Vælg en af dem på listen.",
        },
    )

    def __init__(self, *args, programme, by, **kwargs):
        super().__init__(*args, **kwargs)
        self.programme = programme
        self.users = {str(user.pk): user for user in users_to_reset(programme, by, today())}
        self.fields["user"].choices = [
            ("", "Vælg"),
            *((key, str(user)) for key, user in self.users.items()),
        ]

    def record(self, by):
        """Raise ValidationError if one waits already."""
        user = self.users[self.cleaned_data["user"]]
        proposal = FactorReset(programme=self.programme, user=user, recorded_by=by)
        proposal.validate_constraints()
        proposal.save()
        return [proposal]
