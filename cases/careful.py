"""Careful words: what must not be written in a note."""

import re

from django.core.exceptions import ValidationError

# Day, month and year, then four digits (or crosses in their place), together or parted, and no digit on either side.
CPR = re.compile(r"(?<!\d)(0[1-9]|[12]\d|3[01])(0[1-9]|1[0-2])\d{2}[\s\-–]?[\dxX]{4}(?!\d)")


def no_cpr(text):
    """A validator: raises ValidationError when the text seems to hold a CPR number."""
    if CPR.search(text):
        raise ValidationError("Skriv ikke CPR-numre. Fjern nummeret fra teksten.", code="cpr")
