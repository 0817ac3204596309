from django.core.exceptions import ValidationError
from django.db import models

from cases.models import FieldChange, Programme
from cases.models.second_person import ProposalQuerySet, SecondPersonModel, confirmed_by_another
from cases.roles import programmes_where

FIELD = "two_to_issue"
ON, PROPOSED, OFF = "ja", "ja, foreslået slået fra", "nej"


class SingleIssuerQuerySet(ProposalQuerySet):
    def visible_to(self, user):
        return self.filter(programme__in=programmes_where(user, "reporting.answer_proposals"))

    def propose(self, programme, *, by):
        """Raise ValidationError if one waits already."""
        if self.waiting().filter(programme=programme).exists():
            raise ValidationError("Det er allerede foreslået. En anden skal sige ja.")
        FieldChange.objects.record(programme, {FIELD: (ON, PROPOSED)}, by=by)
        return self.create(programme=programme, recorded_by=by)


class SingleIssuerProposal(SecondPersonModel):
    """To switch `two_to_issue` of the programme off. Each step leaves a FieldChange."""

    programme = models.ForeignKey(
        Programme, models.PROTECT, related_name="single_issuer_proposals", editable=False
    )

    objects = SingleIssuerQuerySet.as_manager()

    class Meta(SecondPersonModel.Meta):
        verbose_name = "forslag om én udsender"
        verbose_name_plural = "forslag om én udsender"
        constraints = [*SecondPersonModel.Meta.constraints, confirmed_by_another()]

    def __str__(self):
        return f"{self.programme}: rapporter må udsendes af den, der har skrevet dem"

    def confirm(self, *, by):
        super().confirm(by=by)
        change = PROPOSED, OFF
        FieldChange.objects.change_setting(self.programme, FIELD, False, change, by=by)

    def drop(self, *, by):
        super().drop(by=by)
        FieldChange.objects.record(self.programme, {FIELD: (PROPOSED, ON)}, by=by)
