from django import forms

from cases.models import Strike
from web.forms import BaseFormMixin, layout


class StrikeForm(BaseFormMixin, forms.ModelForm):
    helper = layout("reason")

    class Meta:
        model = Strike
        fields = ["reason"]
        labels = {"reason": "Hvorfor?"}
        widgets = {"reason": forms.Textarea(attrs={"rows": 2})}
        help_texts = {
            "reason": "Fx “Skrevet om den forkerte”. Den bliver stående: gentag ikke teksten."
        }
        error_messages = {"reason": {"required": "Skriv, hvorfor teksten skal slettes."}}

    def __init__(self, *args, strike, **kwargs):
        super().__init__(*args, instance=strike, **kwargs)

    def record(self, by):
        self.instance.ask(by=by)
        return []  # taken back on the page where it is answered
