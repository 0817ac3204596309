"""Texts erased from the register: one asks, another agrees."""

from collections import defaultdict
from typing import NamedTuple

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone

from web import expired_session
from web.dates import today
from web.validators import valid_text

from .agreement import Agreement
from .append_only import WithdrawableModel
from .facts import StatusChange
from .field_change import FieldChange
from .meeting import Attendance, Meeting
from .membership import Membership, Role
from .mentee import Mentee, MenteeOwnedQuerySet


class Texts(NamedTuple):
    """A column to be emptied in the rows; without a column the rows themselves go."""

    rows: models.QuerySet
    column: str = ""

    def keys(self):
        return set(self.rows.values_list("pk", flat=True))

    def words(self):
        words = self.rows.values_list(self.column, flat=True) if self.column else ()
        return {*words} - {""}

    def erase(self, keys):
        rows = self.rows.model._base_manager.filter(pk__in=keys)
        if self.column:
            rows.update(**{self.column: ""})
        else:
            rows.delete()


class StrikeQuerySet(MenteeOwnedQuerySet):
    def open(self):
        return self.known().filter(agreed_at=None)


class Strike(WithdrawableModel):
    """The wish to erase a text that no longer holds, and another person's consent.

    `kind` and `row` name what it was asked about. `struck`, {table: keys}, are the rows whose texts
    have gone: the triggers let go of no others (cases/triggers.py). Withdrawn: refused or taken
    back.
    """

    set_once = (*WithdrawableModel.set_once, "agreed_at", "agreed_by", "struck")

    class Kind(models.TextChoices):
        MEETING = "meeting", "møde"
        STATUS = "status", "status"
        AGREEMENT = "agreement", "aftale"
        DETAILS = "details", "oplysninger"

    mentee = models.ForeignKey(Mentee, models.PROTECT, related_name="strikes", editable=False)
    kind = models.CharField(max_length=9, choices=Kind, editable=False)
    row = models.PositiveBigIntegerField(editable=False)
    reason = models.CharField("hvorfor", max_length=300, validators=[valid_text])
    agreed_at = models.DateTimeField("slettet", null=True, editable=False)
    agreed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )
    struck = models.JSONField(default=dict, editable=False)

    objects = StrikeQuerySet.as_manager()

    class Meta(WithdrawableModel.Meta):
        verbose_name = "slettet tekst"
        verbose_name_plural = "slettede tekster"
        ordering = ["recorded_at", "pk"]
        constraints = [
            *WithdrawableModel.Meta.constraints,
            models.CheckConstraint(
                condition=Q(agreed_at=None, agreed_by=None)
                | Q(agreed_at__isnull=False, agreed_by__isnull=False, withdrawn_at=None),
                name="strike_is_agreed_to_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(agreed_by=None) | ~Q(agreed_by=F("recorded_by")),
                name="strike_takes_two",
                violation_error_message="En anden end den, der har bedt om det, skal sige ja.",
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.reason}"

    def ask(self, *, by):
        """Raise ValidationError without a text, or if it is asked already."""
        self.recorded_by = by
        self.full_clean()
        if not self.words():
            raise ValidationError("Der er ingen tekst at slette.", code="no_text")
        if Strike.objects.open().filter(kind=self.kind, row=self.row).exists():
            raise ValidationError("Der er allerede bedt om det.", code="asked")
        self.save(force_insert=True)
        return self

    def about(self):
        return MODELS[self.kind].objects.get(pk=self.row)

    def texts(self):
        """Return the Texts that go, of what no longer holds."""
        return TEXTS_OF[self.kind](self.about(), self.mentee)

    def words(self):
        return set().union(*(part.words() for part in self.texts()))

    def may_be_agreed_to_by(self, user):
        """The user may read all about the mentee; one of the two is a coordinator."""
        coordinators = Membership.objects.users(self.mentee.programme, Role.COORDINATOR, on=today())
        two = (user.pk, self.recorded_by_id)
        return user.pk != self.recorded_by_id and coordinators.filter(pk__in=two).exists()

    @transaction.atomic
    def agree(self, *, by):
        """Erase for good. Raise ValidationError if `by` may not, or it is answered."""
        if not self.may_be_agreed_to_by(by):
            raise ValidationError("En tovholder skal sige ja.", code="needs_another")
        texts = [(part, part.keys()) for part in self.texts()]
        words, struck = self.words(), defaultdict(set)
        for part, keys in texts:
            struck[part.rows.model._meta.db_table] |= keys
        changed = (
            Strike.objects.open()
            .filter(pk=self.pk)
            .update(
                agreed_at=timezone.now(),
                agreed_by=by,
                struck={table: sorted(keys) for table, keys in struck.items()},
            )
        )
        if not changed:
            raise ValidationError("Det er allerede besvaret.", code="answered")
        for part, keys in texts:
            part.erase(keys)
        expired_session.forget(words, about=str(self.mentee.uuid))
        self.refresh_from_db()


def of_meeting(meeting, mentee):
    """Of its withdrawn versions: the mentee's note and topics, and the place."""
    versions = [version.pk for version in meeting.versions() if version.withdrawn_at]
    attendances = Attendance.objects.filter(meeting__in=versions, mentee=mentee)
    topics = Attendance.topics.through.objects.filter(attendance__in=attendances)
    meetings = Meeting.objects.filter(pk__in=versions)
    return [Texts(attendances, "note"), Texts(meetings, "place"), Texts(topics)]


def of_status(status, mentee):
    withdrawn = StatusChange.objects.filter(pk=status.pk, withdrawn_at__isnull=False)
    return [Texts(withdrawn, "detail")]


def of_agreement(agreement, mentee):
    """Also of those it was moved from and to, once the last one is closed."""
    chain = agreement.chain()
    rows = [] if chain[-1].is_open else [row.pk for row in chain]
    return [Texts(Agreement.objects.filter(pk__in=rows), "what")]


def of_details(change, mentee):
    """What stood before the change, in all changes of the field that quote it."""
    same = FieldChange.objects.filter(mentee=mentee, field=change.field)
    return [Texts(same.filter(**{column: change.before}), column) for column in ("before", "after")]


Kind = Strike.Kind
MODELS = {
    Kind.MEETING: Meeting,
    Kind.STATUS: StatusChange,
    Kind.AGREEMENT: Agreement,
    Kind.DETAILS: FieldChange,
}
TEXTS_OF = {
    Kind.MEETING: of_meeting,
    Kind.STATUS: of_status,
    Kind.AGREEMENT: of_agreement,
    Kind.DETAILS: of_details,
}
