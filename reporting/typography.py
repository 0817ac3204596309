"""No-break spaces and bold numbers in the sentences of a report."""

import re

from django.utils.html import format_html

DATE_OR_SHARE = re.compile(r"pr\. \d+\. \w+ \d+|\d+ af \d+")


def unbroken(text):
    """Return the text with no-break spaces inside dates and inside '30 af 40'."""
    return DATE_OR_SHARE.sub(lambda match: match[0].replace(" ", "\N{NO-BREAK SPACE}"), text)


def number_in_bold(text):
    """Return the HTML of '14 ledige pladser' with its leading number in bold."""
    number, rest = text.split(maxsplit=1)
    return format_html('<b class="num">{}</b> {}', number, rest)


def sum_in_bold(control_line):
    """Return the HTML of '25 + 1 + 0 = 26' with what stands after '=' in bold."""
    parts, total = control_line.split(" = ")
    return format_html("{} = <b>{}</b>", parts, total)
