"""Reads the tables of the demo programmes: a line per young person, cells separated by |."""

import re

STEP = re.compile(r"(?:(?P<day>-?\d\S*) )?(?P<what>[^()]*?)(?: \((?P<detail>.+)\))?")


def rows(table):
    """Return lists of cells; '-' is empty, a line starting with | or > continues the last."""
    lines = re.sub(r"\n\s*([>|])", r" \1", table.strip()).splitlines()
    return [
        ["" if cell.strip() == "-" else cell.strip() for cell in line.split("|")] for line in lines
    ]


def names(table):
    return [name for name, *_ in rows(table)]


def steps(cell):
    """'school > 13/8 education (hf)' -> [('', 'school', ''), ('13/8', 'education', 'hf')]"""
    found = [STEP.fullmatch(step.strip()).groups(default="") for step in cell.split(">")]
    return [(day, "" if what == "-" else what, detail) for day, what, detail in found]
