"""Validators of free text."""

import re

from django.core.exceptions import ValidationError

from web.dates import today

# DDMMYY and four digits or crosses.
CPR = re.compile(r"(?<!\d)(0[1-9]|[12]\d|3[01])(0[1-9]|1[0-2])\d{2}[\s\-–]?[\dxX]{4}(?!\d)")
UUID = re.compile(r"\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b", re.IGNORECASE)
PHONE = re.compile(
    r"(?<!\d)(?<!\d\.)(?:(?:\+|00)45[\s-]?)?\d{2}[\s-]?\d{2}[\s-]?\d{2}[\s-]?\d{2}(?!\.?\d)"
)
# Anchored: otherwise 4,000 letters take 0.1 seconds.
EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+")


def no_cpr(text):
    """Raise ValidationError for a likely CPR number."""
    if CPR.search(UUID.sub(" ", text)):  # some UUIDs look like one
        raise ValidationError("Skriv ikke CPR-numre. Fjern nummeret fra teksten.", code="cpr")


def ways_to_reach_others(text, own=()):
    """Return phone numbers and e-mail addresses not in `own`."""

    def normal(contact):
        return re.sub(r"[\s-]|^(\+|00)45", "", contact).casefold()

    known = {normal(contact) for contact in own if contact}
    contacts = [
        match.group().strip() for pattern in (PHONE, EMAIL) for match in pattern.finditer(text)
    ]
    return [contact for contact in contacts if normal(contact) not in known]


def not_in_the_future(day):
    """Raise ValidationError if the day is later than today."""
    if day > today():
        raise ValidationError(
            "Dagen ligger i fremtiden. Vælg i dag eller en tidligere dag.", code="in_the_future"
        )
