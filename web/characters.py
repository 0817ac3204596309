"""Characters that nobody sees, or that turn the direction of what is read.

Pasted text brings them: from Word, a mail, a phone's contacts. They hide one text in another, make
two names look the same, and databases and Word files refuse some of them.
"""

import re

# Joiners (U+200C, U+200D) are kept: Persian names are spelled with one, emoji are made with them.
BREAKS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
HIDDEN = re.compile(
    "["
    "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f"  # control
    "\xad\u034f\u061c\u180b-\u180e\u200b\u200e\u200f\u2060-\u206f\ufeff\ufff9-\ufffb"  # format
    "\u202a-\u202e\U0001d173-\U0001d17a\U000e0000-\U000e007f"
    "\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0"  # blanks that count as letters
    "\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"  # no characters
    "]"
)
REPLACED = "\ufffd"  # what Django reads for bytes that are not UTF-8


def remove_hidden(text):
    """Return the text without hidden characters, its lines ended by a plain line break."""
    return HIDDEN.sub("", BREAKS.sub("\n", text))
