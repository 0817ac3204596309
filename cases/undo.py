"""Rows just written are withdrawn, unless something builds on them.

The offer is a signed list of the rows, in the message that says they are saved.
"""

from datetime import timedelta

from django.core import signing
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone

from cases.models import (
    Agreement,
    Appointment,
    Match,
    Meeting,
    Mentee,
    Pause,
    Residence,
    StatusChange,
    Substitution,
)
from cases.roles import programmes_where

SALT = "cases.undo"
WITHIN = timedelta(minutes=30)
REASON = "Fortrudt med det samme"
PERMISSIONS = {
    StatusChange: "cases.change_facts",
    Residence: "cases.change_facts",
    Pause: "cases.change_facts",
    Match: "cases.match_mentor",
    Agreement: "cases.make_agreement",
    Appointment: "cases.make_agreement",
    Meeting: "cases.record_meeting",
    Substitution: "cases.run_programme",
}
MODELS = {model._meta.model_name: model for model in PERMISSIONS}


def offer(rows, *, by, back):
    """Return a signed text; "" without rows. `back`: the address to go to afterwards."""
    if not rows:
        return ""
    names = [(row._meta.model_name, row.pk) for row in rows]
    return signing.dumps([by.pk, names, back], salt=SALT)


def read_offer(text, user):
    """(rows, address to go to).

    Raise ValueError if the offer is not the user's, or a row is out of their sight.
    """
    try:
        author, names, back = signing.loads(text, salt=SALT)
    except signing.BadSignature as error:
        raise ValueError(text) from error
    rows = [row for name, pk in names for row in visible(MODELS[name], user).filter(pk=pk)]
    if author != user.pk or len(rows) < len(names):
        raise ValueError(text)
    return rows, back


def visible(model, user):
    mentees = Mentee.objects.visible_to(user)
    if model is Meeting:
        whose = Q(pk__in=Meeting.objects.visible_to(user))
    elif model is Substitution:
        whose = Q(programme__in=programmes_where(user, PERMISSIONS[model]))
    else:
        whose = Q(mentee__in=mentees)
    return model.objects.filter(whose)


def undo(rows, *, by):
    """Raise ValidationError if it is too late."""
    for row in rows:
        if row.withdrawn_at:
            raise ValidationError("Det er allerede rettet eller trukket tilbage.")
        if timezone.now() - row.recorded_at > WITHIN or row.is_built_on(rows):
            raise ValidationError(
                "Det kan ikke fortrydes længere, men det kan stadig trækkes tilbage eller rettes."
            )
    for row in reversed(rows):
        row.undo(by=by, reason=REASON)
