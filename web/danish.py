import unicodedata

ROUND = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "ı": "i", "đ": "d", "ł": "l"})
AFTER_Z = str.maketrans({"æ": "{", "ø": "|", "å": "}"})  # sort after z


def without_accents(text):
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


def fold(text):
    """'ÅSE' -> 'aase', so that both databases find the same."""
    return without_accents(unicodedata.normalize("NFC", text).casefold().translate(ROUND))


def simplify(word):
    """'Født den' -> 'foedtden', as it is compared in lists and spreadsheets"""
    return "".join(c for c in fold(str(word)) if c.isalnum())


def has_words(name, text):
    """Whether each word is there, however typed."""
    folded = fold(name)
    return all(word in folded for word in fold(text).split())


def danish_order(text):
    """Sort key: æ, ø, å after z."""
    return without_accents(unicodedata.normalize("NFC", text).casefold().translate(AFTER_Z))


def listed(words):
    """'Skole, Praktik og Arbejde'"""
    *most, last = words
    return f"{', '.join(most)} og {last}" if most else last


def thousands(number):
    """'20.000'"""
    return f"{number:,}".replace(",", ".")


def signed(number):
    """'+2', '−1' (minus sign), '0'"""
    return f"+{number}" if number > 0 else str(number).replace("-", "−")
