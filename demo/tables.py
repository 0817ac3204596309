"""Reading the tables the demo programmes are declared in: one line a young person, cells parted by |."""

import re

STEP = re.compile(r"(?:(?P<day>-?\d\S*) )?(?P<what>[^()]*?)(?: \((?P<detail>.+)\))?")


def rows(table):
    """The lines as lists of cells; '-' is an empty cell. A line that begins with | or > goes on with the one before."""
    lines = re.sub(r"\n\s*([>|])", r" \1", table.strip()).splitlines()
    return [
        ["" if cell.strip() == "-" else cell.strip() for cell in line.split("|")] for line in lines
    ]


def names(table):
    """The first cells."""
    return [name for name, *_ in rows(table)]


def steps(cell):
    """'school > 13/8 education (hf)' as [('', 'school', ''), ('13/8', 'education', 'hf')]; '-' is nothing."""
    found = [STEP.fullmatch(step.strip()).groups(default="") for step in cell.split(">")]
    return [(day, "" if what == "-" else what, detail) for day, what, detail in found]
