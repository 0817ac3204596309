"""A programme made like an earlier one: never people, meetings, roles or contact persons."""

from itertools import count

from django.db import transaction
from django.utils.text import slugify

from cases.definitions import definitions_of
from cases.models import FieldChange, HousingArea, Membership, Partner, Programme, Role, Topic
from cases.models.field_change import COPIES
from web import security_log
from web.danish import fold
from web.dates import today

# Who issues reports follows the new programme's own default, and the grant is of the old one.
TEXTS = ("sender", "committee", "data_controller", "dpo_contact", "retention")
SETTINGS = (*TEXTS, "keeps_drafts", "phones_stay_signed_in", "substitute_sees_weeks")
# {model: the fields that are copied}; a row whose name the target has is left as it is.
ROWS = {
    HousingArea: ("name", "aliases", "position"),
    Partner: ("name", "kind"),
    Topic: ("name", "position"),
}


@transaction.atomic
def copy_settings(source, target):
    """Copy areas, partners and topics in use, and settings to the stored programme `target`."""
    for name in SETTINGS:
        setattr(target, name, getattr(source, name))
    target.save(update_fields=SETTINGS)
    copy_rows(source, target)


def copy_texts(source, target, by):
    """Copy the texts that `target` has left empty, with a trace."""
    for name in TEXTS:
        text = getattr(source, name)
        if text and not getattr(target, name):
            words = "", text
            FieldChange.objects.change_setting(target, name, text, words, by=by, logged="copied")


def copy_rows(source, target):
    """Copy areas, and partners and topics in use, that `target` does not have by name."""
    for model, fields in ROWS.items():
        had = set(model.objects.filter(programme=target).values_list("name", flat=True))
        rows = model.objects.filter(programme=source, in_use=True).exclude(name__in=had)
        model.objects.bulk_create(
            model(programme=target, **{name: getattr(row, name) for name in fields}) for row in rows
        )


@transaction.atomic
def copy_programme(source, name, starts_on, *, continues, by):
    """`by` is its coordinator from today; `continues`: whether it follows `source`."""
    programme = Programme(
        name=name,
        slug=free_slug(name),
        starts_on=starts_on,
        predecessor=source if continues else None,
    )
    definitions = definitions_of(source)
    programme.save(
        goal=definitions.goal(starts_on).decides,
        expectations=definitions.expectation(starts_on).decides,
    )
    copy_settings(source, programme)
    Membership.objects.create(
        programme=programme, user=by, role=Role.COORDINATOR, starts_on=today(), recorded_by=by
    )
    FieldChange.objects.record(source, {COPIES: ("", name)}, by=by)
    security_log.record_after_commit(
        "setting_changed", programme=programme.slug, setting="copied_from", value=source.slug
    )
    return programme


def free_slug(name):
    """One that no programme has: 'koege', 'koege-2' ..."""
    base = slugify(fold(name))[:40].strip("-") or "indsats"
    taken = set(Programme.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    candidates = (base if number == 1 else f"{base}-{number}" for number in count(1))
    return next(slug for slug in candidates if slug not in taken)
