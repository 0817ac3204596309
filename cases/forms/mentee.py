from crispy_forms.layout import Div, Fieldset
from django import forms

from cases import params, sentences
from cases.definitions import definitions_of
from cases.models import FieldChange, Membership, Mentee, Residence, Status
from web.dates import age, today
from web.forms import BaseFormMixin, Chips, DateInput, ObjectChoiceField, checkboxes, layout, radios
from web.validators import valid_line

from .agreement_start import AgreementStartFields
from .merging import MergingForm, code_of

NO_MENTOR_YET = "Ingen endnu"
CRITERIA = [name for name, _ in Mentee.CRITERIA]


class PersonForm(BaseFormMixin, forms.ModelForm):
    criteria = forms.MultipleChoiceField(
        label="Hvorfor er den unge med?",
        choices=[(name, label.capitalize()) for name, label in Mentee.CRITERIA],
        required=False,
        widget=checkboxes(),
        help_text="Vælg alt, der passer.",
    )

    class Meta:
        model = Mentee
        fields = [
            "name",
            "born_on",
            "gender",
            "phone",
            "email",
            "referred_by",
            "own_goal",
            "informed_on",
        ]
        labels = {
            "name": "Navn",
            "born_on": "Fødselsdag",
            "gender": "Køn",
            "phone": "Telefon",
            "email": "E-mail",
            "referred_by": "Henvist af",
            "own_goal": "Mit mål",
            "informed_on": "Har fået brevet om sine oplysninger",
        }
        help_texts = {
            "born_on": "Kun datoen. Skriv ikke CPR-nummer noget sted.",
            "own_goal": "Med den unges egne ord.",
            "informed_on": "Hvilken dag. Lad feltet stå tomt, hvis det mangler.",
        }
        widgets = {
            "born_on": DateInput,
            "informed_on": DateInput,
            "gender": radios(),
            "phone": forms.TextInput(
                attrs={"type": "tel", "inputmode": "tel", "autocomplete": "off"}
            ),
            "email": forms.EmailInput(attrs={"autocomplete": "off"}),
            "name": forms.TextInput(attrs={"autocomplete": "off"}),
            "own_goal": forms.Textarea(attrs={"rows": 3}),
        }
        error_messages = {
            "name": {"required": "Skriv den unges navn."},
            "born_on": {"required": "Skriv fødselsdagen."},
            "gender": {"required": "Vælg køn."},
        }

    def __init__(self, *args, programme, **kwargs):
        super().__init__(*args, **kwargs)
        self.programme = self.instance.programme = programme
        self.fields["gender"].choices = [("male", "Dreng"), ("female", "Pige"), ("other", "Andet")]
        self.fields["referred_by"].queryset = programme.partners.offered(
            also=self.instance.referred_by_id
        )
        self.fields["referred_by"].empty_label = "Ved ikke"
        self.initial.setdefault(
            "criteria", [name for name in CRITERIA if getattr(self.instance, name)]
        )

    def clean(self):
        data = super().clean()
        for name in CRITERIA:
            setattr(self.instance, name, name in data.get("criteria", ()))
        if "own_goal" in self.changed_data:
            self.instance.own_goal_on = today() if data.get("own_goal") else None
        return data

    def hints(self):
        """An age or gender outside the target group is allowed."""
        hints = []
        years = age(self.instance.born_on, self.instance.enrolled_on)
        expected = definitions_of(self.programme).expectation(self.instance.enrolled_on)
        if not expected.youngest <= years <= expected.oldest:
            hints.append(
                f"{self.instance.given_name} er {years} år. Målgruppen er "
                f"{expected.youngest}–{expected.oldest} år."
            )
        if expected.expected_gender and self.instance.gender != expected.expected_gender:
            hints.append("Målgruppen er unge mænd.")
        return hints


class TakeInForm(AgreementStartFields, PersonForm):
    enrolled_on = forms.DateField(
        label="Indskrevet",
        widget=DateInput,
        initial=today,
        error_messages={"required": "Vælg dagen."},
    )
    status = forms.ChoiceField(
        label="Status den dag",
        choices=Status,
        widget=radios(),
        error_messages={"required": "Vælg den status, den unge har nu."},
    )
    detail = forms.CharField(
        label="Uddybning",
        required=False,
        max_length=120,
        validators=[valid_line],
        help_text="Fx 10. klasse, FGU, fritidsjob.",
    )
    area = ObjectChoiceField(
        label="Boligområde",
        none=Residence.NO_AREA,
        error_messages={"required": "Vælg boligområdet."},
    )
    mentor = ObjectChoiceField(
        label="Mentor",
        none=NO_MENTOR_YET,
        error_messages={"required": f"Vælg en mentor, eller {NO_MENTOR_YET}."},
    )

    class Meta(PersonForm.Meta):
        fields = [*PersonForm.Meta.fields, "enrolled_on"]

    def __init__(self, *args, programme, user, **kwargs):
        super().__init__(*args, programme=programme, **kwargs)
        self.user = user
        self.fields["area"].offer(programme.areas.offered())
        fieldsets = [
            Fieldset(
                "Den unge", "name", "born_on", Chips("gender"), "phone", "email", css_class="part"
            ),
            Fieldset(
                "Nu",
                Chips("area"),
                Chips("status"),
                "detail",
                Div("start_kind", "start_what", "start_on", css_class="start"),
                css_class="part",
            ),
            Fieldset(
                "Forløbet",
                "enrolled_on",
                "referred_by",
                Chips("criteria"),
                "own_goal",
                "informed_on",
                css_class="part",
            ),
        ]
        if user.has_perm("cases.match_mentor", programme):
            self.fields["mentor"].offer(Membership.objects.mentors_of(programme, today()))
            fieldsets[1].fields.append(Chips("mentor"))
        else:
            del self.fields["mentor"]
        self.helper = layout(*fieldsets)

    def clean(self):
        data = super().clean()
        if data.get("name") and data.get("born_on"):
            visible = Mentee.objects.visible_to(self.user)
            namesakes = visible.namesakes(self.programme, data["name"], data["born_on"])
            if namesake := namesakes.first():
                self.warn(sentences.already_enrolled(namesake), params.CONFIRM_NAMESAKE)
        return data

    def record(self, by):
        data = self.cleaned_data
        mentee = Mentee.objects.enrol(
            self.instance,
            status=data["status"],
            detail=data["detail"],
            area=data["area"],
            mentor=data.get("mentor", by),
            by=by,
        )
        self.record_start(mentee, by)
        return []  # an enrolment is not withdrawn


class EditForm(MergingForm, PersonForm):
    helper = layout(
        "drawn",
        "name",
        "born_on",
        Chips("gender"),
        "phone",
        "email",
        "referred_by",
        Chips("criteria"),
        "own_goal",
        "informed_on",
    )

    def value_of(self, name):
        if name == "criteria":
            return [name for name in CRITERIA if getattr(self.instance, name)]
        return getattr(self.instance, name)

    def clean(self):
        own_goal_on = self.instance.own_goal_on
        data = super().clean()
        if code_of(data.get("own_goal")) == code_of(self.stored["own_goal"]):
            self.instance.own_goal_on = own_goal_on
        return data

    def record(self, by):
        mentee = self.save()
        FieldChange.objects.record(self.programme, self.changes(), by=by, mentee=mentee)
        return []  # the history shows what to change back
