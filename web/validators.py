"""Validators raise ValidationError, in sentences that never repeat what was typed.

Each text field has one of `valid_text`, `valid_line`, `valid_label`, `valid_name`, `valid_phone`
and `valid_address`, e-mails have `no_cpr`: mentorship/tests/test_validators.py.
"""

import re
from contextlib import contextmanager
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator

from web.characters import BREAKS, HIDDEN, REPLACED
from web.cpr import has_cpr
from web.dates import today, years_after

PHONE = re.compile(
    r"(?<!\d)(?<!\d\.)(?:(?:\+|00)45[\s-]?)?\d{2}[\s-]?\d{2}[\s-]?\d{2}[\s-]?\d{2}(?!\.?\d)"
)
# Anchored: otherwise 4,000 letters take 0.1 seconds.
EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
# Danish: eight digits, the first not 0 or 1. Abroad: a country code, at most 15 digits (E.164).
PHONE_DIGITS = re.compile(r"(?:(?:\+|00)?45)?[2-9]\d{7}|(?:\+|00)(?!45)[1-9]\d{7,14}")
PLANNED_YEARS = 2


@contextmanager
def at_field(name):
    try:
        yield
    except ValidationError as error:
        raise ValidationError({name: error}) from None


def no_cpr(text):
    if has_cpr(text):
        raise ValidationError("Skriv ikke CPR-numre. Fjern nummeret fra teksten.", code="cpr")


def valid_text(text):
    """No CPR number, and no characters that nobody sees."""
    no_cpr(text)
    if HIDDEN.search(text):
        raise ValidationError("Teksten har usynlige tegn. Skriv den igen.", code="hidden")
    if REPLACED in text:
        raise ValidationError(
            "Nogle af bogstaverne kom ikke rigtigt frem. Ret dem, der står som �.",
            code="not_utf_8",
        )


def valid_line(text):
    """As valid_text, on one line."""
    valid_text(text)
    if "\n" in text or "\t" in text or BREAKS.search(text):
        raise ValidationError("Skriv det på én linje.", code="lines")


def valid_label(text):
    """As valid_line, with a letter or a digit."""
    valid_line(text)
    if not any(character.isalnum() for character in text):
        raise ValidationError("Skriv et navn med bogstaver.", code="nothing")


def valid_labels(texts):
    for text in texts:
        valid_label(str(text))


def valid_name(text):
    """Of a person: as valid_line, with letters, and without a comma.

    The first word is shown as the given name, which it is not in "Al-Sayed, Ali".
    """
    valid_line(text)
    if not any(character.isalpha() for character in text):
        raise ValidationError("Skriv et navn med bogstaver.", code="nothing")
    if any(comma in text for comma in ",،，"):
        raise ValidationError("Skriv fornavnet først, og intet komma.", code="comma")


def valid_phone(text):
    """One phone number, Danish or with a country code."""
    valid_line(text)
    if not PHONE_DIGITS.fullmatch(re.sub(r"[ \xa0()./\u2010-\u2015-]", "", text)):
        raise ValidationError(
            "Skriv et telefonnummer med otte cifre, eller med + og landekode.", code="phone"
        )


def valid_address(text):
    """An https address without a user's name, a password or a CPR number in it."""
    valid_line(text)
    no_cpr(text)
    try:
        URLValidator(schemes=["https"])(text)
        parts = urlsplit(text)
    except (ValidationError, ValueError):
        parts = None
    if parts is None or "@" in parts.netloc:
        raise ValidationError("Skriv en adresse, der begynder med https://.", code="address")


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
    if day > today():
        raise ValidationError(
            "Dagen ligger i fremtiden. Vælg i dag eller en tidligere dag.", code="in_the_future"
        )


def not_far_ahead(day):
    if day > years_after(today(), PLANNED_YEARS):
        raise ValidationError("Vælg en dag inden for de næste to år.", code="far_ahead")


def not_too_long(first, last):
    if last > years_after(first, PLANNED_YEARS):
        raise ValidationError("Vælg en dag, der højst er to år efter den første.", code="too_long")
