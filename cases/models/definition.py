"""What decides a figure, from a day: the goal, and what is expected of people and weeks.

Bitemporal, as dated facts (facts.py): the latest `effective_on` decides, then the one known last.
Days before the first row have the first. A row about days gone by waits for a second person.
"""

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from web import security_log
from web.danish import listed
from web.dates import long_date, today
from web.validators import at_field, not_far_ahead, valid_line

from .append_only import WithdrawableModel, WithdrawableQuerySet
from .mentee import Gender
from .programme import Programme
from .second_person import Answer, ProposalQuerySet, SecondPersonModel
from .status import Status, education_work_completed


def between(least, most):
    return [
        MinValueValidator(least, f"Skriv et tal på mindst {least}."),
        MaxValueValidator(most, f"Skriv et tal på højst {most}."),
    ]


class DatedDefinitionQuerySet(WithdrawableQuerySet, ProposalQuerySet):
    def known(self, at=None):
        """Confirmed by the moment `at` (None: now), and not withdrawn."""
        if at is None:
            return self.confirmed().filter(withdrawn_at=None)
        standing = Q(withdrawn_at=None) | Q(withdrawn_at__gt=at)
        return self.confirmed().filter(standing, answered_at__lte=at)

    def begin(self, programme, **values):
        return self.create(
            programme=programme,
            effective_on=programme.starts_on,
            answer=Answer.CONFIRMED,
            answered_at=timezone.now(),
            **values,
        )


class DatedDefinition(SecondPersonModel, WithdrawableModel):
    """`recorded_by` None: with the programme. `answered_at` is when it was known."""

    set_once = (*SecondPersonModel.set_once, *WithdrawableModel.set_once)
    set_by_program = (*SecondPersonModel.set_by_program, "withdrawn_by", "programme")

    programme = models.ForeignKey(Programme, models.PROTECT, editable=False)
    recorded_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, related_name="+", editable=False
    )
    takes_two = models.BooleanField(default=False, editable=False)  # about days gone by
    effective_on = models.DateField("gælder fra")
    decided_by = models.CharField(
        "besluttet af", max_length=120, blank=True, validators=[valid_line]
    )
    note = models.CharField("note", max_length=300, blank=True, validators=[valid_line])

    objects = DatedDefinitionQuerySet.as_manager()

    values = ()  # the fields that decide
    setting = ""  # in the security log

    class Meta:
        abstract = True
        ordering = ["-effective_on", "-answered_at", "-pk"]
        constraints = [
            *WithdrawableModel.Meta.constraints,
            models.CheckConstraint(
                condition=Q(answer=Answer.WAITING, answered_at=None, answered_by=None)
                | ~Q(answer=Answer.WAITING)
                & Q(answered_at__isnull=False)
                & (Q(answered_by__isnull=False) | Q(recorded_by=None)),
                name="%(class)s_answer_says_who_and_when",
            ),
            models.CheckConstraint(
                condition=~Q(answer=Answer.CONFIRMED)
                | Q(takes_two=False)
                | ~Q(answered_by=F("recorded_by")),
                name="%(class)s_of_the_past_takes_two",
                violation_error_message="En anden skal sige ja.",
            ),
        ]

    @property
    def decides(self):
        """{field: value} of `values`."""
        return {field: getattr(self, field) for field in self.values}

    def clean(self):
        super().clean()
        if self.effective_on is None:
            return
        with at_field("effective_on"):
            if self.effective_on < self.programme.starts_on:
                start = long_date(self.programme.starts_on)
                raise ValidationError(
                    f"Indsatsen begyndte {start}. Vælg den dag eller en senere.",
                    code="before_the_programme",
                )
            not_far_ahead(self.effective_on)

    def record(self, *, by):
        """Of days gone by it is a proposal, which another must confirm.

        Raise ValidationError if it is not valid, or changes nothing.
        """
        self.recorded_by = by
        self.takes_two = self.effective_on < today()
        if not self.takes_two:
            self.answer, self.answered_by = Answer.CONFIRMED, by
            self.answered_at = self.recorded_at = timezone.now()
        self.full_clean()
        self.check_change()
        self.save()
        self.log("proposed" if self.is_waiting else "recorded")

    def check_change(self):
        """Raise ValidationError if it says what is said already.

        While a programme is set up, what it began with can be decided as it is.
        """
        rows = type(self).objects.filter(programme=self.programme)
        waiting = rows.waiting().filter(effective_on=self.effective_on)
        in_force = rows.known().filter(effective_on__lte=self.effective_on).first()
        begun_with = in_force and not in_force.recorded_by_id and not self.programme.set_up_at
        if in_force and in_force.decides == self.decides and not begun_with:
            raise ValidationError("Det er det, der gælder den dag i forvejen.", code="the_same")
        if any(row.decides == self.decides for row in waiting):
            raise ValidationError("Det er allerede foreslået. En anden skal sige ja.")

    def confirm(self, *, by):
        super().confirm(by=by)
        self.log("confirmed")

    def check_withdrawal(self):
        if self.effective_on <= today():
            raise ValidationError(
                "Det gælder allerede og kan ikke trækkes tilbage. Skriv det, der skal gælde nu.",
                code="in_force",
            )
        others = type(self).objects.known().filter(programme=self.programme_id)
        if not others.exclude(pk=self.pk).exists():
            raise ValidationError("Der skal gælde noget. Skriv først det nye.", code="the_only")

    def log(self, step):
        facts = {"programme": self.programme.slug, "setting": self.setting, "value": step}
        security_log.record_after_commit("setting_changed", **facts)


class GoalDefinition(DatedDefinition):
    """`goal` of `target` places are to have one of `statuses`; `area_target` lives in each area."""

    values = ("statuses", "goal", "target", "area_target")
    setting = "goal"

    statuses = models.JSONField(
        "statusser, der tæller med i målet", default=education_work_completed
    )
    goal = models.PositiveSmallIntegerField(
        "mål: unge i uddannelse eller arbejde", default=30, validators=between(1, 5000)
    )
    target = models.PositiveSmallIntegerField("pladser", default=40, validators=between(1, 5000))
    area_target = models.PositiveSmallIntegerField(
        "mål: unge i hvert boligområde", default=10, validators=between(0, 5000)
    )

    class Meta(DatedDefinition.Meta):
        verbose_name = "mål"
        verbose_name_plural = "mål"
        default_related_name = "goal_definitions"
        constraints = [
            *DatedDefinition.Meta.constraints,
            models.CheckConstraint(
                condition=Q(goal__lte=F("target")),
                name="goal_is_within_places",
                violation_error_message="Målet kan ikke være større end antallet af pladser.",
            ),
        ]

    def __str__(self):
        return f"{self.goal} af {self.target} fra {long_date(self.effective_on)}"

    @property
    def words(self):
        """'30 af 40, mindst 10 i hvert område. Tæller Uddannelse, Arbejde og Afsluttet.'"""
        area = f", mindst {self.area_target} i hvert område" if self.area_target else ""
        counted = listed([status.short.rstrip(" …") for status in self.counted])
        return f"{self.goal} af {self.target}{area}. Tæller {counted}."

    def clean(self):
        super().clean()
        if not self.statuses or set(self.statuses) - set(Status.values):
            raise ValidationError({"statuses": "Vælg mindst én af de ni statusser."})
        self.statuses = [status.value for status in Status if status in self.statuses]

    @property
    def goal_set(self):
        """Codes of the statuses that count."""
        return frozenset(self.statuses)

    @property
    def of_programme(self):
        return self.goal_set, self.goal, self.target

    @property
    def counted(self):
        """In order."""
        return tuple(status for status in Status if status in self.goal_set)


class Expectation(DatedDefinition):
    """Whom the programme is for, and when something is to be looked at or is too few to print."""

    values = (
        "youngest",
        "oldest",
        "expected_gender",
        "inactive_after_days",
        "review_after_days",
        "disclosure_threshold",
    )
    setting = "expectations"

    youngest = models.PositiveSmallIntegerField("alder fra", default=16, validators=between(10, 99))
    oldest = models.PositiveSmallIntegerField("alder til", default=25, validators=between(10, 99))
    expected_gender = models.CharField("målgruppens køn", max_length=6, blank=True)
    inactive_after_days = models.PositiveSmallIntegerField(
        "dage uden kontakt, før det skal ses", default=14, validators=between(1, 365)
    )
    review_after_days = models.PositiveSmallIntegerField(
        "dage med samme status, før den skal ses", default=90, validators=between(1, 730)
    )
    disclosure_threshold = models.PositiveSmallIntegerField(
        "mindste tal i åbne rapporter", default=5, validators=between(3, 50)
    )

    class Meta(DatedDefinition.Meta):
        verbose_name = "forventninger"
        verbose_name_plural = "forventninger"
        default_related_name = "expectations"
        constraints = [
            *DatedDefinition.Meta.constraints,
            models.CheckConstraint(
                condition=Q(youngest__lte=F("oldest")),
                name="youngest_is_not_older_than_oldest",
                violation_error_message="Den yngste kan ikke være ældre end den ældste.",
            ),
        ]

    def __str__(self):
        return f"{self.youngest}–{self.oldest} år fra {long_date(self.effective_on)}"

    @property
    def words(self):
        """'16–25 år, mand. Ses efter 14 dage uden kontakt og 90 dage med samme status. ...'"""
        who = Gender(self.expected_gender).label if self.expected_gender else "alle"
        return (
            f"{self.youngest}–{self.oldest} år, {who}. Ses efter {self.inactive_after_days} dage "
            f"uden kontakt og {self.review_after_days} dage med samme status. Åbne rapporter viser "
            f"ingen tal under {self.disclosure_threshold}."
        )
