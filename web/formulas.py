"""Text that a spreadsheet would take for a formula."""

import re

# A spreadsheet takes a text that begins so for a formula, also after blanks it trims away.
FORMULA = re.compile(r"\s*[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")


def harmless(text):
    """The text as CSV may hold it: with an apostrophe in front, the mark of text, when it would be a formula."""
    return f"'{text}" if FORMULA.match(text) else text
