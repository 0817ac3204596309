"""Find CPR numbers (Danish personal identification numbers) in what people type.

A number is a day of birth, DDMMYY, and four digits: https://cpr.dk/cpr-systemet/opbygning-af-cpr-nummeret.
Replacement numbers (erstatnings-CPR) add 60 to the day. People also write the year in full, put
signs between the parts, and mask the end. Ten digits that begin with a date are taken for one.
"""

import re
import unicodedata

DAY = r"(?:0[1-9]|[12]\d|3[01]|6[1-9]|[78]\d|9[01])"
MONTH = r"(?:0[1-9]|1[0-2])"
CENTURY = r"(?:18|19|20)"
YEAR = rf"(?:{CENTURY}\d\d|\d\d)"
END = r"[\dx*#×•●_]{4}(?!\d|-\d\d-\d\d)"  # not the year of an ISO date
# A full stop or a comma with a space after it ends a clause: "f. 120307, 4600 Køge".
SIGN = r"(?:[^\w.,:;!?…]|_|[.,:;](?!\s)|(?<=\s)[.,:;])"
IN_DATE = r" ?[-./\\_ ] ?"
# Not from the middle of a longer row: a date after a date, or after a phone number in pairs.
SPACED_DAY = rf"(?<!\d[-./])(?:{DAY} ?[-./\\_] ?|(?<!\d\d ){DAY} )"

CPR = re.compile(
    "|".join(
        rf"(?<!\d)(?:{pattern})"
        for pattern in (
            rf"{DAY}{MONTH}{YEAR}{SIGN}{{0,5}}{END}",
            rf"{SPACED_DAY}{MONTH}{IN_DATE}{YEAR}{SIGN}{{1,5}}{END}",
            rf"(?<!\d[-./])(?<!\d\d ){DAY}([-./ ]){MONTH}\1{YEAR}{END}",
            # Five pairs, "01 01 07 12 34"; with one pair more or less it is something else.
            rf"(?<!\d\d[-./ ]){DAY}([-./ ]){MONTH}(?:\2\d\d){{3}}(?!\2?\d|[-./]\d)",
            rf"(?<!\d[-./]){CENTURY}\d\d(-?){MONTH}\3{DAY}-?{END}",
        )
    )
)
UUID = re.compile(r"\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b", re.IGNORECASE)
SIX_DIGITS = re.compile(r"(?:\d\D*){6}")


def has_cpr(text):
    """Whether the text holds what is likely a CPR number, however it is written."""
    text = unicodedata.normalize("NFKC", text)
    if not SIX_DIGITS.search(text):
        return False
    plain = "".join(map(plain_sign, text)).lower()
    return bool(CPR.search(UUID.sub(" ", plain)))


def plain_sign(sign):
    """Return an ASCII digit, hyphen or space for what looks like one, "" for what is not seen."""
    category = unicodedata.category(sign)
    if category == "Nd":
        return str(unicodedata.decimal(sign))
    if category == "Pd" or sign == "−":
        return "-"
    if category in ("Cf", "Mn", "Me"):
        return ""
    return " " if sign.isspace() else sign
