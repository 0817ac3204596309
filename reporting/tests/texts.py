"""The text of a page, a PDF or a response, for comparison."""

import html
import re


def flat(text):
    """Collapse white space, and drop the rules drawn in plain text."""
    return " ".join(word for word in text.split() if word.strip("-"))


def visible_text(page):
    """Return the text of the HTML as it is read, without tags."""
    text = re.sub(r"<(b|/b|wbr)>", "", page)
    return flat(html.unescape(re.sub(r"<[^>]+>", " ", text)))


def text_of(response):
    return html.unescape(response.content.decode()).replace("\N{NO-BREAK SPACE}", " ")
