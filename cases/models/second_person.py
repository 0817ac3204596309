from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from web.dates import today

from .append_only import AppendOnlyModel, AppendOnlyQuerySet
from .membership import Membership, Role


class Answer(models.TextChoices):
    WAITING = "", "venter"
    CONFIRMED = "confirmed", "bekræftet"
    DROPPED = "dropped", "taget tilbage"


class ProposalQuerySet(AppendOnlyQuerySet):
    def waiting(self):
        return self.filter(answer=Answer.WAITING)

    def confirmed(self):
        return self.filter(answer=Answer.CONFIRMED)


class SecondPersonModel(AppendOnlyModel):
    """A proposal of `recorded_by`. It holds when somebody else has confirmed it.

    Either of them can drop it before. Answered once.
    """

    set_once = ("answer", "answered_at", "answered_by")

    answer = models.CharField("svar", max_length=9, choices=Answer, blank=True, editable=False)
    answered_at = models.DateTimeField("besvaret", null=True, editable=False)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )

    set_by_program = (*AppendOnlyModel.set_by_program, "answered_by")

    objects = ProposalQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["-recorded_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(answer=Answer.WAITING, answered_at=None, answered_by=None)
                | ~Q(answer=Answer.WAITING)
                & Q(answered_at__isnull=False, answered_by__isnull=False),
                name="%(class)s_answer_says_who_and_when",
            )
        ]

    @property
    def is_waiting(self):
        return self.answer == Answer.WAITING

    def confirm(self, *, by):
        """Raise ValidationError for the proposer, or if it is answered already."""
        if by == self.recorded_by:
            raise ValidationError("Det skal være en anden end den, der har foreslået det.")
        self.give(Answer.CONFIRMED, by)

    def drop(self, *, by):
        """Raise ValidationError if it is answered already."""
        self.give(Answer.DROPPED, by)

    def give(self, answer, by):
        values = {"answer": answer, "answered_at": timezone.now(), "answered_by": by}
        if not type(self).objects.waiting().filter(pk=self.pk).update(**values):
            raise ValidationError("Der er allerede svaret.")
        self.refresh_from_db(fields=list(values))


def confirmed_by_another(unless=None):
    """`unless`: a Q of exceptions."""
    condition = ~Q(answer=Answer.CONFIRMED) | ~Q(answered_by=F("recorded_by"))
    return models.CheckConstraint(
        condition=condition | unless if unless else condition,
        name="%(class)s_is_confirmed_by_another",
    )


def second_people(programme, *roles, but=()):
    """Users who can sign in and have one of the roles today; `but`: keys of others."""
    users = Membership.objects.users(programme, *roles, on=today()).filter(is_active=True)
    return users.exclude(pk__in=but)


def who_can_confirm(programme, proposer):
    return second_people(programme, Role.COORDINATOR, Role.OPERATOR, but=[proposer.pk])
