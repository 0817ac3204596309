"""Danish letters: searching without regard to them, sorting by them, counting in words."""

import unicodedata

ROUND = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "ı": "i", "đ": "d", "ł": "l"})
AFTER_Z = str.maketrans({"æ": "{", "ø": "|", "å": "}"})  # the three characters after z


def without_accents(text):
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


def fold(text):
    """`text` for searching: one case, æ ø å written out, other accents gone, so both databases find the same.

    'ÅSE' -> 'aase', 'Søren' -> 'soeren', 'Özgür' -> 'ozgur'
    """
    return without_accents(unicodedata.normalize("NFC", text).casefold().translate(ROUND))


def danish_order(text):
    """A key for sorting as a Danish dictionary does: æ, ø, å after z, case and other accents aside."""
    return without_accents(unicodedata.normalize("NFC", text).casefold().translate(AFTER_Z))


def listed(words):
    """'Skole, Praktik og Arbejde'"""
    *most, last = words
    return f"{', '.join(most)} og {last}" if most else last


def signed(number):
    """'+2', '−1' with a real minus, '0'."""
    return f"+{number}" if number > 0 else str(number).replace("-", "−")
