"""A young person who goes on in another programme."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import F, Q

from web.dates import long_date, today

from .append_only import AppendOnlyModel, AppendOnlyQuerySet
from .membership import Membership
from .mentee import Mentee
from .status import ENDED

CARRIED = (
    *("name", "born_on", "gender", "phone", "email", "own_goal", "own_goal_on"),
    *(name for name, _ in Mentee.CRITERIA),
)


class TransferQuerySet(AppendOnlyQuerySet):
    def visible_to(self, user):
        """Those who may see the person in both programmes."""
        visible = Mentee.objects.visible_to(user)
        return self.filter(mentee__in=visible, entered__in=visible)

    def about(self, mentee):
        return self.filter(Q(mentee=mentee) | Q(entered=mentee))

    @transaction.atomic
    def move(self, mentee, programme, *, last_day, by):
        """Enrol the mentee in `programme` from the day after `last_day`, and return the Transfer.

        The new row has the person's details, the status, and area, partner and mentor if the
        programme has them too: no notes, and no letter, which the new programme gives itself. The
        old row keeps its status, so that its programme's figures stay; its mentor ends with the
        day. Raise ValidationError.
        """
        first_day = last_day + timedelta(days=1)
        if first_day > today():
            raise ValidationError(
                f"{mentee.given_name} kan først flyttes dagen efter {long_date(last_day)}."
            )
        if programme.has_ended(first_day):
            raise ValidationError(f"{programme} er sluttet.")
        if Mentee.objects.namesakes(programme, mentee.name, mentee.born_on).exists():
            raise ValidationError(f"{mentee.given_name} står allerede i {programme}.")
        status = mentee.statuschange_set.in_force(on=last_day).first()
        if status is None or status.status in ENDED:
            raise ValidationError(f"{mentee.given_name} er ikke i forløb.")
        residence = mentee.residence_set.in_force(on=last_day).select_related("area").first()
        match = mentee.match_set.in_force(on=last_day).select_related("mentor").first()
        area, mentor = residence and residence.area, match and match.mentor
        partner = mentee.referred_by
        entered = Mentee.objects.enrol(
            Mentee(
                programme=programme,
                enrolled_on=first_day,
                referred_by=partner and programme.partners.filter(name=partner.name).first(),
                **{name: getattr(mentee, name) for name in CARRIED},
            ),
            status=status.status,
            detail=status.detail,
            area=area and programme.areas.filter(name=area.name).first(),
            mentor=Membership.objects.mentors_of(programme, today())
            .filter(pk=mentor and mentor.pk)
            .first(),
            by=by,
        )
        mentee.match(None, on=first_day, by=by)
        return self.create(mentee=mentee, entered=entered, recorded_by=by)


class Transfer(AppendOnlyModel):
    set_once = ()

    mentee = models.OneToOneField(Mentee, models.PROTECT, related_name="left_for", editable=False)
    entered = models.OneToOneField(Mentee, models.PROTECT, related_name="came_from", editable=False)

    objects = TransferQuerySet.as_manager()

    class Meta:
        verbose_name = "flytning"
        verbose_name_plural = "flytninger"
        ordering = ["recorded_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(mentee=F("entered")), name="transfer_leads_to_another_row"
            )
        ]

    def __str__(self):
        return f"Flyttet til {self.entered.programme}"
