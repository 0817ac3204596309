from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Case, Exists, F, OuterRef, Q, Subquery, When
from django.utils import timezone

from web.addresses import address
from web.danish import fold
from web.dates import age, today
from web.validators import (
    at_field,
    no_cpr,
    not_far_ahead,
    not_in_the_future,
    not_too_long,
    valid_line,
    valid_name,
    valid_phone,
    valid_text,
)

from .append_only import AppendOnlyModel, AppendOnlyQuerySet, WithdrawableQuerySet
from .facts import Match, Pause, Residence, StatusChange
from .membership import Membership, Role
from .programme import Partner, Programme
from .substitution import Substitution

OLDEST = 100  # above it, the year is mistyped


class Gender(models.TextChoices):
    MALE = "male", "dreng"
    FEMALE = "female", "pige"
    OTHER = "other", "andet"


def roles_of(user, on):
    """Nothing gives rights to a user who cannot sign in."""
    return Membership.objects.running(on).filter(user_id=user.pk, user__is_active=True)


def mentor_on(on):
    return Subquery(
        Match.objects.in_force(on=on).filter(mentee=OuterRef("pk")).values("mentor")[:1]
    )


class MenteeQuerySet(AppendOnlyQuerySet):
    def visible_to(self, user, on=None):
        """Mentees the user may see on the day `on` (None: today); every view starts from this.

        Coordinators: the programme's. Mentors: those whose mentor they are or substitute for
        that day. Others, and users who cannot sign in: none.
        """
        on = on or today()
        running = roles_of(user, on)
        coordinated = running.filter(role=Role.COORDINATOR).values("programme")
        mentored = running.filter(role=Role.MENTOR).values("programme")
        substitutions = Substitution.objects.running(on).filter(substitute_id=user.pk)
        ever_matched = Match.objects.filter(
            Q(mentor_id=user.pk) | Q(mentor__in=substitutions.values("mentor"))
        ).values("mentee")
        substituted = substitutions.filter(
            mentor=OuterRef("mentor_then"), programme=OuterRef("programme")
        )
        matched = (
            Mentee.objects.filter(pk__in=ever_matched, programme__in=mentored)
            .annotate(mentor_then=mentor_on(on))
            .filter(Q(mentor_then=user.pk) | Exists(substituted))
        )
        return self.filter(Q(programme__in=coordinated) | Q(pk__in=matched.values("pk")))

    def with_substitution(self, user, on=None):
        """Annotate `substituting_since` of mentees the user may see on the day (None: today).

        The first day of the substitution that alone lets them; None for mentor and coordinator.
        """
        on = on or today()
        coordinated = roles_of(user, on).filter(
            role=Role.COORDINATOR, programme=OuterRef("programme")
        )
        substituted = Substitution.objects.running(on).filter(
            substitute_id=user.pk, mentor=OuterRef("mentor_then"), programme=OuterRef("programme")
        )
        since = Subquery(substituted.order_by("-starts_on").values("starts_on")[:1])
        return self.annotate(mentor_then=mentor_on(on)).annotate(
            substituting_since=Case(When(Exists(coordinated), then=None), default=since)
        )

    def namesakes(self, programme, name, born_on):
        """Those with that birthday and name, however it is written."""
        return self.filter(
            programme=programme, born_on=born_on, search_key=search_key_of(name)
        ).order_by("enrolled_on", "pk")

    def bulk_create(self, mentees, **options):
        for mentee in mentees:
            mentee.make_search_key()
        return super().bulk_create(mentees, **options)

    @transaction.atomic
    def enrol(self, mentee, *, status, by, detail="", area=None, mentor=None, at=None):
        """Save mentee and first facts, recorded at `at` (None: now). Raise ValidationError."""
        mentee.recorded_by = by
        mentee.recorded_at = at or timezone.now()
        mentee.full_clean()
        mentee.save(force_insert=True)
        day = mentee.enrolled_on
        mentee.change_status(status, on=day, by=by, detail=detail, at=at)
        mentee.move(area, on=day, by=by, at=at)
        mentee.match(mentor, on=day, by=by, at=at)
        return mentee


def search_key_of(name):
    return fold(name)[:160]  # folding turns æ into two letters


class Mentee(AppendOnlyModel):
    """Data minimisation: no CPR number, ethnicity or offences.

    `key` identifies the mentee in spreadsheets; mostly empty.
    """

    set_once = None  # details are mended; FieldChange keeps what they were

    CRITERIA = (
        ("at_risk_of_dropping_out", "frafaldstruet"),
        ("dropped_out_lately", "har afbrudt en uddannelse inden for det seneste år"),
        ("on_public_support", "på offentlig forsørgelse"),
        ("at_risk_of_crime", "kriminalitetstruet"),
    )

    programme = models.ForeignKey(
        Programme, models.PROTECT, related_name="mentees", editable=False, verbose_name="indsats"
    )
    key = models.CharField(
        "nøgle", max_length=40, blank=True, editable=False, validators=[valid_line]
    )
    name = models.CharField("navn", max_length=120, validators=[valid_name])
    search_key = models.CharField(max_length=160, editable=False)
    born_on = models.DateField("født")
    gender = models.CharField("køn", max_length=6, choices=Gender)
    phone = models.CharField("telefon", max_length=20, blank=True, validators=[valid_phone])
    email = models.EmailField("e-mail", blank=True, validators=[no_cpr])
    enrolled_on = models.DateField("indskrevet")
    referred_by = models.ForeignKey(
        Partner, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="henvist af"
    )
    own_goal = models.TextField("mit mål", max_length=400, blank=True, validators=[valid_text])
    own_goal_on = models.DateField("sagt den", null=True, blank=True)
    at_risk_of_dropping_out = models.BooleanField("frafaldstruet", default=False)
    dropped_out_lately = models.BooleanField(
        "har afbrudt en uddannelse inden for det seneste år", default=False
    )
    on_public_support = models.BooleanField("på offentlig forsørgelse", default=False)
    at_risk_of_crime = models.BooleanField("kriminalitetstruet", default=False)
    informed_on = models.DateField(
        "har fået brevet om sine oplysninger",
        null=True,
        blank=True,
        validators=[not_in_the_future],
    )
    # Raised by triggers when anything about the mentee is written (decision 028).
    version = models.PositiveBigIntegerField(default=0, editable=False)

    objects = MenteeQuerySet.as_manager()

    class Meta:
        verbose_name = "ung"
        verbose_name_plural = "unge"
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(born_on__lt=F("enrolled_on")),
                name="mentee_is_born_before_enrolment",
                violation_error_message="Fødselsdagen skal ligge før indskrivningen.",
            ),
            models.UniqueConstraint(
                fields=["programme", "key"],
                condition=~Q(key=""),
                name="one_mentee_per_key",
                violation_error_message="Nøglen er en anden ungs i indsatsen.",
            ),
        ]

    def __str__(self):
        return self.name

    def save(self, *args, **kwargs):
        self.make_search_key()
        super().save(*args, **kwargs)

    def make_search_key(self):
        self.search_key = search_key_of(self.name)

    def clean(self):
        if self.enrolled_on and self.enrolled_on > today():
            raise ValidationError(
                {"enrolled_on": "Dagen ligger i fremtiden. Vælg i dag eller en tidligere dag."}
            )
        if self.born_on and self.born_on > today():
            raise ValidationError({"born_on": "Fødselsdagen ligger i fremtiden."})
        if self.born_on and age(self.born_on, today()) > OLDEST:
            raise ValidationError({"born_on": f"Så er den unge over {OLDEST} år. Ret årstallet."})
        if self.born_on and self.enrolled_on and self.born_on >= self.enrolled_on:
            raise ValidationError({"born_on": "Fødselsdagen skal ligge før indskrivningen."})
        if self.enrolled_on and self.programme_id and self.enrolled_on < self.programme.starts_on:
            raise ValidationError({"enrolled_on": "Indsatsen var ikke begyndt den dag."})
        if self.enrolled_on and self.programme_id:
            self.programme.check_not_ended(self.enrolled_on, "enrolled_on")

    def get_absolute_url(self):
        return address("mentee", self.uuid)

    @property
    def sheet_key(self):
        return self.key or str(self.uuid)

    @property
    def given_name(self):
        return self.name.split(maxsplit=1)[0]

    def age(self, on):
        return age(self.born_on, on)

    # Of a mentee read `with_substitution`.

    @property
    def is_substituted(self):
        """Whether the user stands in for the mentor, and is nothing else to the mentee."""
        return self.substituting_since is not None

    @property
    def readable_from(self):
        """First day of the history that the user may read; None: all of it."""
        weeks = self.programme.substitute_sees_weeks
        if not self.is_substituted or weeks is None:
            return None
        return self.substituting_since - timedelta(weeks=weeks)

    def may_read(self, day):
        return self.readable_from is None or day >= self.readable_from

    # These methods record a fact from the day `on`, at the moment `at` (None: now), and return it
    # or raise ValidationError. The import and the demo bulk_create the same facts instead.

    def _record(self, fact, by, at):
        fact.mentee, fact.recorded_by = self, by
        if at:
            fact.recorded_at = at
        fact.full_clean()
        fact.save(force_insert=True)
        return fact

    def change_status(self, status, *, on, by, detail="", at=None):
        return self._record(StatusChange(status=status, detail=detail, effective_on=on), by, at)

    def move(self, area, *, on, by, at=None):
        """`area` None: outside the areas, or unknown."""
        return self._record(Residence(area=area, effective_on=on), by, at)

    def match(self, mentor, *, on, by, at=None):
        """`mentor`: a User, or None."""
        return self._record(Match(mentor=mentor, effective_on=on), by, at)

    @transaction.atomic
    def pause(self, reason, *, on, by, last_day=None, at=None):
        """Return the facts: the start and, with `last_day` (included), the end."""
        pause = self._record(Pause(paused=True, reason=reason, effective_on=on), by, at)
        if last_day is None:
            return [pause]
        if last_day < on:
            raise ValidationError({"last_day": "Pausen kan ikke slutte, før den begynder."})
        with at_field("last_day"):
            not_too_long(on, last_day)
            not_far_ahead(last_day + timedelta(days=1))
        return [pause, self.end_pause(on=last_day + timedelta(days=1), by=by, at=at)]

    def end_pause(self, *, on, by, at=None):
        """`on`: the first day after the pause."""
        return self._record(Pause(paused=False, effective_on=on), by, at)


class MenteeOwnedQuerySet(WithdrawableQuerySet):
    def visible_to(self, user):
        return self.filter(mentee__in=Mentee.objects.visible_to(user))
