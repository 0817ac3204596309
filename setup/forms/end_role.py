from datetime import date

from django import forms
from django.core.exceptions import ValidationError

from cases.models import Mentee
from setup.leaving import LeftBehind
from web.dates import last_of_month, today, weekday_and_month
from web.forms import DateInput, PlainForm, radios, select, with_other_day
from web.validators import not_far_ahead, valid_text

COORDINATOR_FINDS = "ingen"
FILL = "udfyld"


class EndRoleForm(PlainForm):
    """`left`: the LeftBehind of what is chosen so far.

    Of a role that is over only the young people are asked about.
    """

    day = forms.ChoiceField(label="Sidste dag", widget=radios())
    last_on = forms.DateField(label="Dato", widget=DateInput, validators=[not_far_ahead])
    reason = forms.CharField(
        label="Hvorfor slutter rollen?",
        max_length=300,
        validators=[valid_text],
        help_text="Kort, fx “nyt job”. Intet om helbred.",
        error_messages={"required": "Skriv, hvorfor rollen slutter."},
    )

    def __init__(self, data=None, *, membership, **kwargs):
        self.membership, self.is_over = membership, membership.is_over(today())
        self.chips = {today().isoformat(): "I dag"}
        month_ends = last_of_month(today())
        self.chips.setdefault(month_ends.isoformat(), weekday_and_month(month_ends).capitalize())
        data = with_other_day(data, self.chips, "last_on")
        initial = {"day": today().isoformat()} | kwargs.pop("initial", {})
        super().__init__(data, initial=initial, **kwargs)
        self.fields["day"].choices = [*self.chips.items(), ("other", "Anden dag")]
        self.fields["day"].required = self.fields["last_on"].required = False
        if self.is_over:
            del self.fields["day"], self.fields["last_on"], self.fields["reason"]
        self.left = LeftBehind(membership, self.last_day())

    def last_day(self):
        """As far as it is known now."""
        if self.is_over:
            return self.membership.last_on
        chip = self["day"].value()
        if chip in self.chips:
            return date.fromisoformat(chip)
        try:
            day = self.fields["last_on"].clean(self["last_on"].value())
        except ValidationError:
            day = None
        return day or today()

    def clean(self):
        data = super().clean()
        if self.is_over:
            return data
        if data.get("day") in self.chips:
            data["last_on"] = self.last_day()
        elif not data.get("last_on") and "last_on" not in self.errors:
            self.add_error("last_on", "Vælg den sidste dag.")
        if not self.errors and self.left.meetings_after:
            number = self.left.meetings_after
            self.warn(
                f"{self.membership.user} har logget {number} "
                f"{'møde' if number == 1 else 'møder'} efter den dag. De bliver stående. "
                "Er dagen rigtig, så gem igen.",
                code="moeder_efter",
            )
        return data

    def record(self, by):
        if not self.is_over:
            data = self.cleaned_data
            self.membership.end(on=data["last_on"], by=by, reason=data["reason"])
        self.hand_over(by)
        return []

    def hand_over(self, by):
        """Nobody, unless a subclass asks."""

    def match(self, person, mentor, by):
        mentee = self.mentees[person.id]
        mentee.match(mentor, on=max(self.left.from_day, mentee.enrolled_on), by=by)

    @property
    def mentees(self):
        if not hasattr(self, "_mentees"):
            self._mentees = Mentee.objects.in_bulk([person.id for person in self.left.people])
        return self._mentees

    def mentor_choices(self):
        return [(str(user.pk), str(user)) for user in self.left.mentors]

    def mentor_of(self, value):
        return next((user for user in self.left.mentors if str(user.pk) == value), None)


class HandOverForm(EndRoleForm):
    """A mentor's, by the coordinator: each young person gets another mentor, or nobody yet.

    Where `initial` has nothing, the one chosen for all is put in.
    """

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        choices = [*self.mentor_choices(), (COORDINATOR_FINDS, "Tovholder finder en")]
        self.rows = []
        for person in self.left.people:
            name = f"m-{person.uuid}"
            self.fields[name] = forms.ChoiceField(
                label=f"Ny mentor for {person.name}",
                choices=[("", "Vælg"), *choices],
                widget=select(),
                error_messages={
                    "required": f"Vælg, hvem der tager over for {person.name}.",
                    "invalid_choice": f"Vælg en anden til {person.name}: Mentor er ikke mere med.",
                },
            )
            self.initial[name] = self.initial.get(name) or self.initial.get("alle", "")
            self.rows.append((person, name))
        self.fields["alle"] = forms.ChoiceField(
            label="Den samme til alle, der ikke er valgt endnu",
            choices=[("", "Vælg"), *choices],
            widget=select(),
            required=False,
        )

    @property
    def selects(self):
        """[(MenteeRow, bound field)], something late first."""
        fields = {person.id: self[name] for person, name in self.rows}
        return [(row, fields[row.pk]) for row in self.left.rows]

    @property
    def missing(self):
        """The names of those for whom nothing is chosen."""
        return [person.name for person, name in self.rows if not self[name].value()]

    @property
    def loads(self):
        """[(mentor, how many they have, how many they get)]"""
        chosen = [self[name].value() for _, name in self.rows]
        return [
            (user, self.left.loads[user.pk], chosen.count(str(user.pk)))
            for user in self.left.mentors
        ]

    def hand_over(self, by):
        for person, name in self.rows:
            self.match(person, self.mentor_of(self.cleaned_data[name]), by)


class OperatorsForm(EndRoleForm):
    """The operator sees numbers, and chooses who chooses."""

    LATER, ONE = "later", "one"

    who = forms.ChoiceField(
        label="Hvem finder nye mentorer?",
        choices=[(LATER, "Tovholder vælger bagefter"), (ONE, "Alle til én mentor")],
        widget=radios(),
        error_messages={"required": "Vælg, hvem der finder nye mentorer."},
    )
    mentor = forms.ChoiceField(label="Mentor, hvis alle skal til én", widget=select())

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["mentor"].required = False
        self.fields["mentor"].choices = [("", "Vælg"), *self.mentor_choices()]
        if not self.left.people:
            del self.fields["who"], self.fields["mentor"]

    def clean(self):
        data = super().clean()
        if data.get("who") == self.ONE and not data.get("mentor"):
            self.add_error("mentor", "Vælg den mentor, der tager alle.")
        return data

    @property
    def leaves_it_to_coordinators(self):
        return bool(self.left.people) and self.cleaned_data["who"] == self.LATER

    def hand_over(self, by):
        if not self.left.people:
            return
        mentor = self.mentor_of(self.cleaned_data["mentor"])
        is_one = self.cleaned_data["who"] == self.ONE
        for person in self.left.people:
            self.match(person, mentor if is_one else None, by)
