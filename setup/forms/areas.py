"""Forms of the housing areas. AreasForm can be a page, or a step of setting a programme up."""

from dataclasses import dataclass, field

from django import forms
from django.core.exceptions import ValidationError

from cases.models import AreaSpell, FieldChange, HousingArea, Residence
from cases.models.field_change import AREAS
from cases.register import Register
from setup import params
from web.danish import listed, simplify
from web.dates import long_date, today
from web.forms import DateInput, PlainForm, layout
from web.validators import valid_label
from web.views import is_yes

MOST_AREAS = 100
MOST_CHARACTERS = 40_000
NAME = HousingArea._meta.get_field("name")


@dataclass
class AreaLine:
    """A line that was read. `area`: the HousingArea of that name; None for a new one."""

    number: int
    name: str
    aliases: list = field(default_factory=list)
    area: HousingArea | None = None

    @property
    def words(self):
        return [self.name, *self.aliases]


def as_line(name, aliases):
    """'Karlemoseparken = Karlemosen, KP'"""
    return " = ".join(filter(None, (name, ", ".join(map(str, aliases)))))


def as_lines(areas):
    return "\n".join(as_line(area.name, area.aliases) for area in areas)


def read_name(text):
    """Return the name as it is stored; raise ValidationError if it is none."""
    name = NAME.clean(" ".join(text.split()), None)
    if "," in name or "=" in name:  # they separate names in the list
        raise ValidationError("Skriv navnet uden komma og lighedstegn.", code="separator")
    if simplify(name) == simplify(Residence.NO_AREA):
        raise ValidationError("Det skrives om dem, der ikke bor i et område.", code="no_area")
    return name


def distinct(names):
    """Return the names without those that read as an earlier one."""
    first = {}
    for name in names:
        first.setdefault(simplify(name), name)
    return list(first.values())


def record_change(programme, before, after, by):
    """Leave a trace of the areas' change among the programme's settings."""
    FieldChange.objects.record(programme, {AREAS: (before, after)}, by=by)


class AreasForm(PlainForm):
    """All areas in use, one on each line, in the order of reports.

    After `=` come other names that a spreadsheet may use. A name that is not among the lines any
    more is an error, since it may have been meant as a new name: the page of the area renames it
    and takes it out of use. Before anybody is enrolled it goes.
    """

    lines = forms.CharField(
        label="Ét boligområde på hver linje",
        help_text="Indsæt gerne en liste. Har stedet flere navne, så skriv dem efter et "
        "lighedstegn, så kan regneark med gamle navne også læses.",
        max_length=MOST_CHARACTERS,
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false", "autocomplete": "off"}),
        error_messages={
            "required": "Skriv mindst ét boligområde.",
            "max_length": "Listen er for lang. Skriv kun navne, ét på hver linje.",
        },
    )
    helper = layout("lines")

    def __init__(self, *args, programme, **kwargs):
        self.programme = programme
        self.areas = list(programme.areas.prefetch_related("spells"))
        self.in_use = [area for area in self.areas if area.in_use]
        kwargs["initial"] = {"lines": as_lines(self.in_use)} | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        self.read = [
            AreaLine(number, area.name, area.aliases, area)
            for number, area in enumerate(self.in_use, start=1)
        ]
        self.repeated = []  # sentences about lines that stand there already
        self.removed = []

    def clean_lines(self):
        self.read, errors = [], []
        texts = self.cleaned_data["lines"].splitlines()
        if sum(bool(text.strip()) for text in texts) > MOST_AREAS:
            raise ValidationError(
                f"Der er flere end {MOST_AREAS} linjer. En indsats kan højst have {MOST_AREAS} "
                "boligområder.",
                code="too_many",
            )
        for number, text in enumerate(texts, start=1):
            try:
                self.read_line(number, text)
            except ValidationError as error:
                errors += [f"Linje {number}: {message}" for message in error.messages]
        self.check_words(errors)
        self.check_missing(errors)
        if errors:
            raise ValidationError(errors)
        return self.cleaned_data["lines"]

    def read_line(self, number, text):
        if not text.strip():
            return
        name, _, others = text.partition("=")
        area = next((a for a in self.areas if simplify(a.name) == simplify(name)), None)
        name = area.name if area else read_name(name)
        aliases = [read_name(other) for other in others.split(",") if other.strip()]
        for earlier in self.read:
            if simplify(earlier.name) == simplify(name):
                earlier.aliases = distinct([earlier.name, *earlier.aliases, *aliases])[1:]
                self.repeated.append(
                    f"Linje {number}, “{name}”, er det samme område som linje {earlier.number}. "
                    "Den bliver ikke til et nyt."
                )
                return
        if area and not area.in_use:
            raise ValidationError("Området er ude af brug. Tag det i brug igen på dets egen side.")
        self.read.append(AreaLine(number, name, distinct([name, *aliases])[1:], area))

    def check_words(self, errors):
        """A name means one area, today and in earlier reports."""
        meant = {simplify(line.name): line for line in self.read}
        for line in self.read:
            for alias in line.aliases:
                other = meant.setdefault(simplify(alias), line)
                if other is not line:
                    errors.append(
                        f"Linje {line.number}: “{alias}” står også på linje {other.number}. Et "
                        "navn kan kun høre til ét område."
                    )
        kept = {line.area.pk for line in self.read if line.area}
        for area in self.areas:
            out = [] if area.in_use or area.pk in kept else [area.name, *area.aliases]
            for word in (*out, *(spell.name for spell in area.spells.all())):
                line = meant.get(simplify(word))
                if line and line.area != area:
                    errors.append(
                        f"Linje {line.number}: “{word}” er {area}, også i tidligere rapporter. "
                        "Vælg et andet navn."
                    )

    def check_missing(self, errors):
        kept = {line.area.pk for line in self.read if line.area}
        missing = [area for area in self.in_use if area.pk not in kept]
        if self.programme.mentees.exists():
            used = missing
        else:
            used = [area for area in missing if area.spells.all() or area.keyfigure_set.exists()]
        self.removed = [area for area in missing if area not in used]
        if used:
            errors.append(
                f"{listed([area.name for area in used])} mangler. Sæt linjen ind igen. Et område "
                "får et nyt navn, eller tages ud af brug, på dets egen side."
            )

    def record(self, by):
        before = as_lines(self.in_use)
        for area in self.removed:
            area.delete()
        areas = []
        for position, line in enumerate(self.read):
            area = line.area or HousingArea(programme=self.programme, name=line.name)
            is_new = area.pk is None
            area.aliases, area.position = line.aliases, position
            area.full_clean(exclude=["programme"])
            area.save()
            if is_new:
                self.keep_from_earlier_days(area, by)
            areas.append(area)
        record_change(self.programme, before, as_lines(areas), by)
        return []  # the lines are written again

    def keep_from_earlier_days(self, area, by):
        """Reports of earlier days do not list what was not there."""
        if self.programme.mentees.exists():
            AreaSpell.objects.create(
                area=area, name=area.name, in_use=False, until=today(), recorded_by=by
            )


class ChangeForm(PlainForm):
    """A change of one area from a day."""

    effective_on = forms.DateField(
        label="Fra",
        widget=DateInput,
        error_messages={"required": "Vælg en dag.", "invalid": "Den dag findes ikke."},
    )

    def __init__(self, *args, area, **kwargs):
        self.area = area
        kwargs["initial"] = {"effective_on": today()} | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)

    def clean_effective_on(self):
        self.area.check_day(self.cleaned_data["effective_on"])
        return self.cleaned_data["effective_on"]


class AreaNameForm(ChangeForm):
    """Another name from a day; days before keep the one they had."""

    name = forms.CharField(
        validators=[valid_label],
        label="Nyt navn",
        max_length=NAME.max_length,
        error_messages={"required": "Skriv, hvad området skal hedde."},
    )
    helper = layout("name", "effective_on")

    def clean_name(self):
        name = read_name(self.cleaned_data["name"])
        if name == self.area.name:
            raise ValidationError("Det hedder området i forvejen.", code="the_same")
        others = self.area.programme.areas.exclude(pk=self.area.pk).prefetch_related("spells")
        for other in others:
            spells = (spell.name for spell in other.spells.all())
            if simplify(name) in map(simplify, (other.name, *other.aliases, *spells)):
                raise ValidationError(f"Det er {other}, også i tidligere rapporter.", code="taken")
        return name

    def record(self, by):
        before = self.area.name
        name, on = self.cleaned_data["name"], self.cleaned_data["effective_on"]
        self.area.rename(name, on=on, by=by)
        words = f"{name} fra {long_date(on)}"
        record_change(self.area.programme, before, words, by)
        return []  # it can be renamed back


class AreaUseForm(ChangeForm):
    """Out of use from a day, or in use again. The button that is sent says which."""

    helper = layout("effective_on")

    def clean(self):
        data = super().clean()
        otherwise = "Vælg, om området skal være i brug."
        self.put_in_use = is_yes(self.data, params.PUT_IN_USE, params.TAKE_OUT, otherwise)
        if self.put_in_use == self.area.in_use:
            now = "i brug" if self.area.in_use else "ude af brug"
            raise ValidationError(f"{self.area} er allerede {now}.", code="the_same")
        if not self.put_in_use and (number := self.count_residents()):
            who = "1 ung i forløb bor" if number == 1 else f"{number} unge i forløb bor"
            self.warn(
                f"{who} i {self.area}. De bliver stående der, og rapporter viser området, så længe "
                "nogen bor der. Flyttede de, så skriv det hos hver enkelt.",
                params.WITH_RESIDENTS,
            )
        return data

    def count_residents(self):
        people = Register.of_programme(self.area.programme).in_progress(today())
        return sum(person.areas.on(today()) == self.area.pk for person in people)

    def record(self, by):
        on = self.cleaned_data["effective_on"]
        self.area.put_in_use(self.put_in_use, on=on, by=by)
        name, out = self.area.name, f"{self.area}, ude af brug"
        words = (out, name) if self.put_in_use else (name, out)
        record_change(self.area.programme, words[0], f"{words[1]} fra {long_date(on)}", by)
        return []  # it can be put in use again
