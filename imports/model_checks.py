"""Validate unsaved model instances without queries."""

from functools import partial

from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.db import models


def model_errors(instance, *exclude):
    """Return the ValidationError of fields, except `exclude`, and of clean(); or None."""
    errors = {}
    clean_fields = partial(instance.clean_fields, exclude={*exclude, "recorded_by", "uuid"})
    for check in (clean_fields, instance.clean, partial(check_text_lengths, instance)):
        try:
            check()
        except ValidationError as error:
            errors = error.update_error_dict(errors)
    return ValidationError(errors) if errors else None


def check_text_lengths(instance):
    """Models leave the max_length of a TextField to forms."""
    for field in instance._meta.fields:
        if isinstance(field, models.TextField) and field.max_length:
            try:
                MaxLengthValidator(field.max_length)(getattr(instance, field.name))
            except ValidationError as error:
                raise ValidationError({field.name: error}) from None
