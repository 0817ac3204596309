"""Signs that cannot stand in an Excel file as they are: written as '_x000B_', and read back.

Excel and openpyxl each undo some of it; what is left over is undone here, and nothing twice.
"""

import re

WRITTEN = re.compile("_x(?=[0-9A-Fa-f]{4}_)|[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
READ = re.compile("_x(005F|00[01][0-9A-F]|FFF[EF]|D[89A-F][0-9A-F]{2})_", re.IGNORECASE)


def escaped(text):
    """The text as it may stand in the file. A text that looks like an escaped sign is marked as text."""
    return WRITTEN.sub(
        lambda found: "_x005F_x" if found[0] == "_x" else f"_x{ord(found[0]):04X}_", text
    )


def unescaped(text):
    return READ.sub(lambda found: chr(int(found[1], 16)), text)
