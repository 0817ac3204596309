"""Reading a page in a test: its tables by caption, and its words."""

from html.parser import HTMLParser


class Reader(HTMLParser):
    """The tables of a page, each (caption, rows of texts); and all its text."""

    def __init__(self, page):
        super().__init__()
        self.tables, self.words, self.cell, self.caption = [], [], None, None
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        if tag == "table":
            self.tables.append(["", []])
        elif tag == "caption":
            self.caption = []
        elif tag == "tr":
            self.tables[-1][1].append([])
        elif tag in ("td", "th"):
            self.cell = []
        elif tag not in ("b", "wbr"):
            self.handle_data(" ")

    def handle_endtag(self, tag):
        if tag in ("td", "th"):
            self.tables[-1][1][-1].append(flat(self.cell))
            self.cell = None
        elif tag == "caption":
            self.tables[-1][0] = flat(self.caption)
            self.caption = None

    def handle_data(self, data):
        self.words.append(data)
        for part in (self.cell, self.caption):
            if part is not None:
                part.append(data)

    @property
    def text(self):
        return flat(self.words)

    def table(self, caption):
        """The rows of the table whose caption begins so."""
        return next(rows for words, rows in self.tables if words.startswith(caption))


def flat(parts):
    return " ".join("".join(parts).replace("\N{NO-BREAK SPACE}", " ").split())
