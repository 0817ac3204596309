import re

from django.utils.html import format_html

DATE_OR_SHARE = re.compile(r"pr\. \d+\. \w+ \d+|\d+ af \d+")


def unbroken(text):
    """Put no-break spaces in dates and '30 af 40'."""
    return DATE_OR_SHARE.sub(lambda match: match[0].replace(" ", "\N{NO-BREAK SPACE}"), text)


def number_in_bold(text):
    """'<b>14</b> ledige pladser'"""
    number, rest = text.split(maxsplit=1)
    return format_html('<b class="num">{}</b> {}', number, rest)


def sum_in_bold(control_line):
    """'25 + 1 + 0 = <b>26</b>'"""
    parts, total = control_line.split(" = ")
    return format_html("{} = <b>{}</b>", parts, total)
